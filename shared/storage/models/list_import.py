"""The lists that were brought lately, and what each changed about whom: to undo it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from shared.storage.models.base import Base, now


class ListImport(Base):
    """One list that was added to an event's, or that updated it. Kept for a few days."""

    __tablename__ = "list_import"
    __table_args__ = (Index("ix_list_import_age", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=now)
    # By which its reading is found in `Event.list_mappings`; "" for a list without titles.
    reading: Mapped[str] = mapped_column(default="")
    # How many people it brought, and changed, so far.
    added: Mapped[int] = mapped_column(default=0)
    updated: Mapped[int] = mapped_column(default=0)


class ListChange(Base):
    """What a list changed about somebody; for a person whom it brought, `sealed_before` is None."""

    __tablename__ = "list_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(
        ForeignKey("list_import.id", ondelete="CASCADE"), index=True
    )
    volunteer_id: Mapped[int] = mapped_column(
        ForeignKey("volunteer.id", ondelete="CASCADE"), index=True
    )
    # A keyed hash of the row as the list left it, which tells whether it was changed since.
    left_as: Mapped[str]
    # What stood there before, as JSON: see `sealing.values_before`.
    sealed_before: Mapped[str | None]
    # The certificate that would be another one since. No foreign key: it may be gone.
    certificate_id: Mapped[int | None]
