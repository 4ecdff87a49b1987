"""Events, with everything that their organizers entered."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, Index, false, or_, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shared.storage.models.base import Numbered, now
from shared.storage.states import Naming, Sending
from shared.storage.traits import trait

if TYPE_CHECKING:
    from shared.storage.models.design import Design
    from shared.storage.models.lists import Group, ListColumn
    from shared.storage.models.sending_account import SendingAccount

# Bytes of the whole mail with the certificate: a picture of 1 000 pixels, and the PDF if there is
# room (`issuing.drawing.render_mailed`).
SMALL_MAIL = 300_000


class Event(Numbered):
    """Something that volunteers are thanked for, with everything that its organizer entered."""

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_issue_at", "issue_at"),
        Index("ix_event_page_id", "page_id", unique=True),
    )

    name: Mapped[str]
    language: Mapped[str] = mapped_column(default="zh")
    time_zone: Mapped[str]
    organization: Mapped[str] = mapped_column(default="")
    website: Mapped[str] = mapped_column(default="")
    # Whom volunteers write to, and who gets the replies to mails; empty: the sending account.
    contact_address: Mapped[str] = mapped_column(default="", server_default="")
    # Who is responsible for people's data, and whom they ask; empty: the two above.
    responsible_organization: Mapped[str] = mapped_column(default="", server_default="")
    privacy_contact: Mapped[str] = mapped_column(default="", server_default="")
    # language -> the privacy text; if there is none, the program's own.
    privacy_texts: Mapped[dict[str, str]] = mapped_column(default=dict, server_default="{}")
    frontend_url: Mapped[str] = mapped_column(default="")
    # The owner entered it, so it may be in a private network.
    frontend_url_by_owner: Mapped[bool] = mapped_column(default=False)
    organizer_token_hash: Mapped[str] = mapped_column(unique=True)
    # The date on the certificates; None: the day on which each is made.
    certificate_date: Mapped[date | None]
    # When it was, for signed credentials; None: nobody has said so, or on that one day.
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    # "#" stands for a digit of the running number: 2026-###### gives 2026-000123.
    number_pattern: Mapped[str]
    next_number: Mapped[int] = mapped_column(default=1)
    # The design for certificates made from now on; each certificate keeps its own.
    design_id: Mapped[int | None] = mapped_column(ForeignKey("design.id", use_alter=True))
    # kind of mail -> {"subject", "body"}, where the organizer changed the text.
    wording: Mapped[dict[str, Any]] = mapped_column(default=dict)
    # kind of mail -> part -> {"text", "instead_of"}: what is written, and not used yet.
    wording_drafts: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    sending: Mapped[Sending] = mapped_column(default=Sending.RUNNING)
    # When a person last decided about mails that were held (see `Owner.held_at`).
    hold_ended_at: Mapped[datetime | None]
    # Counts its sendings, so that none is ordered twice by people who see an earlier state.
    sendings: Mapped[int] = mapped_column(default=0, server_default="0")
    # Ids of the first few who were written to while the others wait; empty: nobody waits for them.
    first_few: Mapped[list[int]] = mapped_column(default=list, server_default="[]")
    # For mails whose outcome is unknown: sent again with the same Message-ID, or left to a person.
    ask_when_unsure: Mapped[bool] = mapped_column(default=False)
    # Who decides the names, and until which day people may check theirs.
    naming: Mapped[Naming] = mapped_column(default=Naming.ASK, server_default=Naming.ASK.value)
    names_until: Mapped[date | None]
    # When the worker issues for people who were asked to check; None: done, or not needed.
    issue_at: Mapped[datetime | None]
    # Volunteers may correct their name after the certificate was mailed.
    corrections_allowed: Mapped[bool] = mapped_column(default=True)
    # SMALL_MAIL, or roughly how many bytes the whole image in a certificate's mail may have.
    mailed_picture_limit: Mapped[int] = mapped_column(default=SMALL_MAIL)
    # The titles of the list's further columns, in the order in which they came.
    list_columns: Mapped[list[str]] = mapped_column(default=list)
    # How lists were read, by their titles (`lists.remembered_mappings`), newest last.
    list_mappings: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    # Who gets a certificate (`lists.qualifying`); None: everybody.
    qualifying: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    # Counts the changes of its groups and their designs; 0: it never had any. Then: up to whom in
    # the list it is known what follows from the columns, the group and whether they qualify; None:
    # of everybody.
    groups_version: Mapped[int] = mapped_column(default=0, server_default="0")
    grouped_until: Mapped[int | None]
    # Positions in pixels that arrived before there was an image to apply them to.
    early_positions: Mapped[dict[str, Any]] = mapped_column(default=dict)
    # The account that it sends from, which other events may share, and the sender's address; empty:
    # the user name there.
    account_id: Mapped[int | None] = mapped_column(ForeignKey("sending_account.id"), index=True)
    from_address: Mapped[str] = mapped_column(default="", server_default="")
    # The addresses that get no more mail from it are still to be looked up; nothing is sent before.
    suppressions_due: Mapped[bool] = mapped_column(default=False, server_default=false())
    # Settings of a mail account that arrived before its username; the password is sealed.
    early_account: Mapped[dict[str, Any]] = mapped_column(default=dict)
    # Since when its mails go out to people; None: they stay in the rehearsal mailbox.
    live_at: Mapped[datetime | None]
    # Set while what the rehearsal left is being removed in turns.
    is_forgetting_rehearsal: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[datetime] = mapped_column(default=now)
    # For how many days after the last event addresses are kept; None: forever. Then: when to look
    # next for those whose time is over.
    retention_days: Mapped[int | None]
    retention_at: Mapped[datetime | None]
    # It is over and off the list of events; nothing else changes.
    archived_at: Mapped[datetime | None]
    # Its own public page: the id in its address, which stays, since when it is public (None: it is
    # not), whether search engines may list it, and thanks in the organizer's words.
    page_id: Mapped[str | None]
    page_published_at: Mapped[datetime | None]
    page_is_listed: Mapped[bool] = mapped_column(default=False, server_default=false())
    page_thanks: Mapped[str] = mapped_column(default="", server_default="")
    # Its certificates stand in their owners' records, beside those of other events.
    on_records: Mapped[bool] = mapped_column(default=True, server_default=true())
    # The installation's own, which nobody organizes and no list shows: it has the account by which
    # the installation itself mails (`mail.accounts.own`), and no people.
    is_own: Mapped[bool] = mapped_column(default=False, server_default=false())
    # Hidden from everybody; the worker removes it.
    deleted_at: Mapped[datetime | None]
    # Whether its certificates were withdrawn with it.
    certificates_withdrawn: Mapped[bool] = mapped_column(default=False, server_default=false())

    design: Mapped["Design | None"] = relationship(foreign_keys=[design_id])
    account: Mapped["SendingAccount | None"] = relationship()
    # What is known about the `list_columns` that are not just text.
    known_columns: Mapped[list["ListColumn"]] = relationship(
        order_by="ListColumn.id", viewonly=True
    )
    # In order of creation: people who match two are in the first.
    groups: Mapped[list["Group"]] = relationship(order_by="Group.id", passive_deletes="all")

    @property
    def live_account(self) -> "SendingAccount | None":
        """The account that sends mails to people; None in rehearsal, even if one was entered."""
        return self.account if self.live_at else None


# It was not deleted: every look-up, by token, link or number, asks this.
ALIVE = Event.deleted_at.is_(None)
# It is known who of its list qualifies; until then nothing is sent to people.
JUDGED = or_(Event.grouped_until.is_(None), Event.qualifying.is_(None))
# Somebody organizes it.
ORGANIZED = trait(ALIVE, Event.is_own.is_(False))
