"""Further columns of lists, groups of people by the values in one, and the changes that each of the
last lists made, so that they can be undone."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shared.storage.models.base import Base, Numbered, now
from shared.storage.models.design import Design
from shared.storage.states import ColumnKind
from shared.storage.traits import partial_index, trait


class ListColumn(Numbered):
    """A column of an event's list about which something was set or found; without a row it is text.

    Its values are stored with the people: secret ones as a mask in `Volunteer.columns` and sealed
    in `Volunteer.secrets`.
    """

    __tablename__ = "list_column"
    __table_args__ = (UniqueConstraint("event_id", "title"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    title: Mapped[str]
    kind: Mapped[ColumnKind] = mapped_column(default=ColumnKind.TEXT)
    # What a number counts: hours, 小时, km.
    unit: Mapped[str] = mapped_column(default="")
    # It is shown on the verification page of certificates issued from now on.
    is_public: Mapped[bool] = mapped_column(default=False, server_default=false())
    # A secret that is shown in full in its own person's PDF, and nowhere else.
    is_in_full: Mapped[bool] = mapped_column(default=False, server_default=false())
    # People up to this id do not match the kind yet; 0: all do.
    backlog: Mapped[int] = mapped_column(default=0)
    # The sum of the numbers, exact as a decimal text; how many values were read, and how many are
    # no number or date. All three follow every change of the list.
    total: Mapped[str] = mapped_column(default="0")
    read_count: Mapped[int] = mapped_column(default=0)
    unread_count: Mapped[int] = mapped_column(default=0)


# Its values are being read, sealed or unsealed.
CATCHING_UP = trait(ListColumn.backlog > 0)
partial_index("ix_list_column_backlog", ListColumn.id, where=CATCHING_UP)


class UnreadValue(Base):
    """A person whose value in a column of numbers or dates is not one; only the first few."""

    __tablename__ = "unread_value"

    column_id: Mapped[int] = mapped_column(
        ForeignKey("list_column.id", ondelete="CASCADE"), primary_key=True
    )
    volunteer_id: Mapped[int] = mapped_column(
        ForeignKey("volunteer.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Group(Numbered):
    """The people of an event who have a certain value in one column of its list.

    `Volunteer.group_id` names the group of each: see `events.groups`.
    """

    __tablename__ = "event_group"
    __table_args__ = (
        UniqueConstraint("event_id", "column_title", "value"),
        # What was made for a removed group still names it.
        {"sqlite_autoincrement": True},
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    column_title: Mapped[str]
    value: Mapped[str]
    name: Mapped[str]
    # None: the event's.
    design_id: Mapped[int | None] = mapped_column(ForeignKey("design.id"), index=True)
    # Like `Event.wording`; kinds missing here use the event's text.
    wording: Mapped[dict[str, Any]] = mapped_column(default=dict)
    # Like `Event.wording_drafts`.
    wording_drafts: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")

    design: Mapped[Design | None] = relationship()


class ListImport(Numbered):
    """One list that was added to an event's, or that updated it. Kept for a few days."""

    __tablename__ = "list_import"
    __table_args__ = (Index("ix_list_import_age", "at"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=now)
    # By which its reading is found in `Event.list_mappings`; "" for a list without titles.
    reading: Mapped[str] = mapped_column(default="")
    # How many people it brought, and changed, so far.
    added: Mapped[int] = mapped_column(default=0)
    updated: Mapped[int] = mapped_column(default=0)


class ListLine(Numbered):
    """A line of a list that waits until a job stores it; it goes in the same transaction."""

    __tablename__ = "list_line"
    __table_args__ = (Index("ix_list_line_number", "list_id", "number"),)

    list_id: Mapped[int] = mapped_column(ForeignKey("list_import.id", ondelete="CASCADE"))
    # By which it goes when its person is erased: see `own_keys.address_hashes`.
    address_hash: Mapped[str] = mapped_column(index=True)
    # The same of the address that the list has, if somebody corrected it.
    listed_hash: Mapped[str | None] = mapped_column(index=True)
    # Reserved until the line is stored; "" if the line has none.
    number: Mapped[str] = mapped_column(default="")
    # The person, as JSON: see `sealing.secret_values`. None: no key opens it any more.
    sealed: Mapped[str | None]


class ListChange(Numbered):
    """A list's change of somebody; `sealed_before` is None for a person whom it brought."""

    __tablename__ = "list_change"

    import_id: Mapped[int] = mapped_column(
        ForeignKey("list_import.id", ondelete="CASCADE"), index=True
    )
    volunteer_id: Mapped[int] = mapped_column(
        ForeignKey("volunteer.id", ondelete="CASCADE"), index=True
    )
    # A keyed hash of the row as the list left it, which tells whether it was changed since.
    left_as: Mapped[str]
    # What stood there before, as JSON: see `sealing.secret_values`.
    sealed_before: Mapped[str | None]
    # Of version 0.2.0: the certificate that would be another one since (`Certificate.outdated_at`).
    certificate_id: Mapped[int | None]
