"""What is known about the further columns of a list, besides their titles."""

from sqlalchemy import ForeignKey, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from shared.storage.models.base import Base
from shared.storage.models.states import ColumnKind
from shared.storage.traits import partial_index


class ListColumn(Base):
    """A column of an event's list about which something was set or found; without a row it is text.

    Its values are stored with the people: secret ones as a mask in `Volunteer.columns` and sealed
    in `Volunteer.secrets`.
    """

    __tablename__ = "list_column"
    __table_args__ = (UniqueConstraint("event_id", "title"),)

    id: Mapped[int] = mapped_column(primary_key=True)
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
CATCHING_UP = ListColumn.backlog > 0
partial_index("ix_list_column_backlog", ListColumn.id, where=CATCHING_UP)


class UnreadValue(Base):
    """People whose value in a column of numbers or dates is not one: the first few, for an
    organizer."""

    __tablename__ = "unread_value"

    column_id: Mapped[int] = mapped_column(
        ForeignKey("list_column.id", ondelete="CASCADE"), primary_key=True
    )
    volunteer_id: Mapped[int] = mapped_column(
        ForeignKey("volunteer.id", ondelete="CASCADE"), primary_key=True, index=True
    )
