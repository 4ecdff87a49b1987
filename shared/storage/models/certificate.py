"""What was issued."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shared.storage.models.base import Base, now
from shared.storage.models.design import Design
from shared.storage.models.event import Event
from shared.storage.models.volunteer import Volunteer
from shared.storage.partial_indexes import HAS_SECRETS, STANDING, WITHDRAWN, partial_index


class Certificate(Base):
    """What was issued: enough to draw the same picture again, byte for byte."""

    __tablename__ = "certificate"
    __table_args__ = (
        UniqueConstraint("volunteer_id", "revision"),
        Index(
            "ix_certificate_not_set",
            "id",
            sqlite_where=text("typesetting IS NULL"),
            postgresql_where=text("typesetting IS NULL"),
        ),
        # Counting what stands, and one page after the other of each design.
        partial_index(
            "ix_certificate_standing",
            *("event_id", "design_id", "volunteer_id", "replaced_at", "withdrawn_at"),
            where=STANDING,
        ),
        partial_index("ix_certificate_secrets", "id", where=HAS_SECRETS),
        partial_index("ix_certificate_withdrawn", "event_id", "volunteer_id", where=WITHDRAWN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id"))
    design_id: Mapped[int] = mapped_column(ForeignKey("design.id"), index=True)
    # In which group its owner was when it was issued.
    group_id: Mapped[int | None]
    revision: Mapped[int]
    name: Mapped[str]
    number: Mapped[str]
    date: Mapped[date]
    columns: Mapped[dict[str, str]] = mapped_column(default=dict)
    # Those of them that its verification page shows, as long as they are public.
    public_columns: Mapped[list[str]] = mapped_column(default=list, server_default="[]")
    # title -> what is sealed of those that its owner's own PDF shows in full.
    secrets: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    # In which the date is written: the event's, when it was issued.
    language: Mapped[str]
    # How its texts were set when it was issued; None as in Design.
    typesetting: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    created_at: Mapped[datetime] = mapped_column(default=now)
    # Set when a corrected certificate took its place.
    replaced_at: Mapped[datetime | None]
    # It took the place of one that had been mailed.
    is_correction: Mapped[bool] = mapped_column(default=False, server_default=false())
    # An organizer issued it, in the place of an earlier one or with the name on the list.
    by_organizer: Mapped[bool] = mapped_column(default=False, server_default=false())
    # Set while it does not count: an organizer took it back, for a reason that its owner reads, or
    # its owner was erased, without a reason.
    withdrawn_at: Mapped[datetime | None]
    withdrawal_reason: Mapped[str] = mapped_column(default="", server_default="")
    # Withdrawals that ended, oldest first: {"at", "undone_at"} in ISO 8601, and "reason".
    undone_withdrawals: Mapped[list[dict[str, str]]] = mapped_column(
        JSON, default=list, server_default="[]"
    )

    volunteer: Mapped[Volunteer] = relationship()
    event: Mapped[Event] = relationship()
    design: Mapped[Design] = relationship()

    @property
    def is_erased(self) -> bool:
        """Whether it was withdrawn with its owner's data: organizers always give a reason."""
        return self.withdrawn_at is not None and not self.withdrawal_reason

    @property
    def is_void(self) -> bool:
        """Whether it counts no more: a corrected one took its place, or it was withdrawn."""
        return self.replaced_at is not None or self.withdrawn_at is not None
