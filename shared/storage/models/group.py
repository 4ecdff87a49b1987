"""Groups of an event's people, each with a design and texts of its own."""

from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shared.storage.models.base import Numbered
from shared.storage.models.design import Design


class Group(Numbered):
    """The people of an event who have a certain value in one column of its list.

    `Volunteer.group_id` names the group of each: see `events.groups`.
    """

    __tablename__ = "event_group"
    __table_args__ = (
        UniqueConstraint("event_id", "column_title", "value"),
        # What was made for a group that was removed goes on naming it.
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

    design: Mapped[Design | None] = relationship()
