"""Events, with everything that their organizers have entered."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, Index, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shared.storage.models.base import Base, now
from shared.storage.models.states import Naming, Sending

if TYPE_CHECKING:
    from shared.storage.models.design import Design
    from shared.storage.models.group import Group
    from shared.storage.models.list_column import ListColumn
    from shared.storage.models.sending_account import SendingAccount


class Event(Base):
    """What volunteers are thanked for, with everything its organizer has entered."""

    __tablename__ = "event"
    __table_args__ = (Index("ix_event_issue_at", "issue_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    language: Mapped[str] = mapped_column(default="zh")
    time_zone: Mapped[str] = mapped_column(default="Asia/Shanghai")
    organization: Mapped[str] = mapped_column(default="")
    website: Mapped[str] = mapped_column(default="")
    # Whom volunteers write to, and who gets the answers to mails; empty: the account that sends.
    contact_address: Mapped[str] = mapped_column(default="", server_default="")
    # Who answers for what is kept of people, and whom they ask; empty: the two above.
    responsible_organization: Mapped[str] = mapped_column(default="", server_default="")
    privacy_contact: Mapped[str] = mapped_column(default="", server_default="")
    # language -> what people are told about it; without any: what the program tells.
    privacy_texts: Mapped[dict[str, str]] = mapped_column(default=dict, server_default="{}")
    frontend_url: Mapped[str] = mapped_column(default="")
    # The owner entered it: it may lie in a private network.
    frontend_url_by_owner: Mapped[bool] = mapped_column(default=False)
    organizer_token_hash: Mapped[str] = mapped_column(unique=True)
    # The date on the certificates; None: the day on which each is made.
    certificate_date: Mapped[date | None]
    # "#" stands for a digit of the running number: 2026-###### gives 2026-000123.
    number_pattern: Mapped[str]
    next_number: Mapped[int] = mapped_column(default=1)
    # The design for certificates made from now on; each certificate keeps its own.
    design_id: Mapped[int | None] = mapped_column(ForeignKey("design.id", use_alter=True))
    # kind of mail -> {"subject", "body"} where the organizer changed the words.
    wording: Mapped[dict[str, Any]] = mapped_column(default=dict)
    sending: Mapped[Sending] = mapped_column(default=Sending.RUNNING)
    # A mail whose outcome is unknown: sent again with the same Message-ID, or left to a person.
    ask_when_unsure: Mapped[bool] = mapped_column(default=False)
    # Who says the names, and until which day people check theirs.
    naming: Mapped[Naming] = mapped_column(default=Naming.ASK, server_default=Naming.ASK.value)
    names_until: Mapped[date | None]
    # When the worker issues for those who were asked to check; None: it has, or has nothing to.
    issue_at: Mapped[datetime | None]
    # Volunteers may correct their name after the certificate was mailed.
    corrections_allowed: Mapped[bool] = mapped_column(default=True)
    # About how many bytes the picture in a certificate's mail may have.
    mailed_picture_limit: Mapped[int] = mapped_column(default=1_000_000)
    # The titles of the list's further columns, in the order in which they came.
    list_columns: Mapped[list[str]] = mapped_column(default=list)
    # How lists were read, by what their titles are (shared.volunteers.remembered_mappings), the
    # newest last.
    list_mappings: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    # Counts the changes of its groups and of their designs; 0: it never had any. And up to whom in
    # the list it is known who is in which; None: of everybody.
    groups_version: Mapped[int] = mapped_column(default=0, server_default="0")
    grouped_until: Mapped[int | None]
    # Positions in pixels that arrived before there was a picture to place them on.
    early_positions: Mapped[dict[str, Any]] = mapped_column(default=dict)
    # The account that it sends from, which other events may use as well, and as whom: an address
    # of its own; empty: the user name there.
    account_id: Mapped[int | None] = mapped_column(ForeignKey("sending_account.id"), index=True)
    from_address: Mapped[str] = mapped_column(default="", server_default="")
    # Settings of a mail account that arrived before its username; the password is sealed.
    early_account: Mapped[dict[str, Any]] = mapped_column(default=dict)
    # Since when its mails leave for people; None: they stay in the rehearsal mailbox.
    live_at: Mapped[datetime | None]
    # From the first turn to the last in which what the rehearsal left is forgotten.
    is_forgetting_rehearsal: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[datetime] = mapped_column(default=now)
    # Addresses are kept for so many days after the last that happened; None: for good. And when it
    # is looked next whose time is over.
    retention_days: Mapped[int | None]
    retention_at: Mapped[datetime | None]
    # It is over and left the list of events; nothing else changes.
    archived_at: Mapped[datetime | None]
    # Nobody finds it any more, and the worker removes it.
    deleted_at: Mapped[datetime | None]

    design: Mapped["Design | None"] = relationship(foreign_keys=[design_id])
    account: Mapped["SendingAccount | None"] = relationship()
    # What is known of those of `list_columns` that are not just text.
    known_columns: Mapped[list["ListColumn"]] = relationship(
        order_by="ListColumn.id", viewonly=True
    )
    # In the order in which they were added: who could be in two is in the first.
    groups: Mapped[list["Group"]] = relationship(order_by="Group.id", passive_deletes="all")

    @property
    def live_account(self) -> "SendingAccount | None":
        """What mails to people leave from; None in rehearsal, whatever account was entered."""
        return self.account if self.live_at else None
