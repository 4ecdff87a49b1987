"""The most crowded names of a list, to be checked before a sending."""

from sqlalchemy import ForeignKey, Index, false
from sqlalchemy.orm import Mapped, mapped_column

from shared.storage.models.base import Base


class FitProgress(Base):
    """How far an event's list was searched, in the order of its rows, for one design."""

    __tablename__ = "fit_progress"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    design_id: Mapped[int]
    # `Event.groups_version` at the time.
    groups_version: Mapped[int] = mapped_column(default=0, server_default="0")
    # The last volunteer that was examined.
    volunteer_id: Mapped[int] = mapped_column(default=0)
    is_whole: Mapped[bool] = mapped_column(default=False, server_default=false())


class CrowdedName(Base):
    """Somebody whose name is among the most crowded of the list.

    The name itself stays only with the person, so that it goes when they do.
    """

    __tablename__ = "crowded_name"
    __table_args__ = (Index("ix_crowded_name_event", "event_id", "crowding"),)

    volunteer_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    # See `rendering.placed`.
    crowding: Mapped[float]
