"""What was issued."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint, and_, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shared.storage.models.base import Numbered, now
from shared.storage.models.design import Design
from shared.storage.models.event import Event
from shared.storage.models.volunteer import Volunteer
from shared.storage.traits import partial_index


class Certificate(Numbered):
    """What was issued: enough to draw the same image again, byte for byte."""

    __tablename__ = "certificate"
    __table_args__ = (UniqueConstraint("volunteer_id", "revision"),)

    public_id: Mapped[str] = mapped_column(unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id"))
    design_id: Mapped[int] = mapped_column(ForeignKey("design.id"), index=True)
    # The group of its owner when it was issued.
    group_id: Mapped[int | None]
    revision: Mapped[int]
    name: Mapped[str]
    number: Mapped[str]
    date: Mapped[date]
    columns: Mapped[dict[str, str]] = mapped_column(default=dict)
    # The columns shown on its verification page, as long as they are public.
    public_columns: Mapped[list[str]] = mapped_column(default=list, server_default="[]")
    # title -> sealed value, for those that its owner's own PDF shows in full.
    secrets: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    # What it thanks for, and who thanks: the event's name and organization when it was issued.
    event_name: Mapped[str] = mapped_column(default="", server_default="")
    organization: Mapped[str] = mapped_column(default="", server_default="")
    # The language of the date: the event's when it was issued.
    language: Mapped[str]
    # How its texts were set when it was issued; None as in Design.
    typesetting: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    created_at: Mapped[datetime] = mapped_column(default=now)
    # Set when a corrected certificate took its place.
    replaced_at: Mapped[datetime | None]
    # When it was taken back before anybody could have seen it; then it is also replaced.
    taken_back_at: Mapped[datetime | None]
    # It replaced one that had been mailed.
    is_correction: Mapped[bool] = mapped_column(default=False, server_default=false())
    # An organizer issued it, replacing an earlier one or with the name on the list.
    by_organizer: Mapped[bool] = mapped_column(default=False, server_default=false())
    # The worker signs its credential as soon as there is an address for it.
    credential_due: Mapped[bool] = mapped_column(default=False, server_default=false())
    # Set while it is withdrawn: by an organizer, for a reason that its owner reads, or because its
    # owner was erased, without a reason.
    withdrawn_at: Mapped[datetime | None]
    withdrawal_reason: Mapped[str] = mapped_column(default="", server_default="")
    # Past withdrawals, oldest first: {"at", "undone_at"} in ISO 8601, and "reason".
    undone_withdrawals: Mapped[list[dict[str, str]]] = mapped_column(
        JSON, default=list, server_default="[]"
    )

    # Since when its owner has agreed that the event's public page shows it.
    on_wall_at: Mapped[datetime | None]

    volunteer: Mapped[Volunteer] = relationship()
    event: Mapped[Event] = relationship()
    design: Mapped[Design] = relationship()

    @property
    def is_erased(self) -> bool:
        """Whether it was withdrawn by erasure; withdrawals by organizers always have a reason."""
        return self.withdrawn_at is not None and not self.withdrawal_reason

    @property
    def is_void(self) -> bool:
        """Whether it is no longer valid: a corrected one took its place, or it was withdrawn."""
        return self.replaced_at is not None or self.withdrawn_at is not None


# Traits of certificates.

# Valid: neither replaced nor withdrawn.
STANDING = and_(Certificate.replaced_at.is_(None), Certificate.withdrawn_at.is_(None))
# Valid, and its owner has agreed that the event's page shows it.
ON_THE_WALL = and_(
    Certificate.on_wall_at.is_not(None),
    Certificate.replaced_at.is_(None),
    Certificate.withdrawn_at.is_(None),
)
# Few among a million.
WITHDRAWN = Certificate.withdrawn_at.is_not(None)

_EVENT, _OWNER, _REPLACED = Certificate.event_id, Certificate.volunteer_id, Certificate.replaced_at
# For counting, and paging through those of each design.
partial_index(
    "ix_certificate_standing",
    *(_EVENT, Certificate.design_id, _OWNER, _REPLACED, Certificate.withdrawn_at),
    where=STANDING,
)
# All that is asked, or SQLite goes through all certificates of the event.
partial_index(
    "ix_certificate_withdrawn",
    *(_EVENT, _OWNER, _REPLACED, Certificate.withdrawn_at, Certificate.withdrawal_reason),
    where=WITHDRAWN,
)
partial_index("ix_certificate_not_set", Certificate.id, where=Certificate.typesetting.is_(None))
partial_index("ix_certificate_secrets", Certificate.id, where=Certificate.secrets.is_not(None))
partial_index(
    "ix_certificate_wall",
    *(_EVENT, Certificate.id, Certificate.on_wall_at, _REPLACED, Certificate.withdrawn_at),
    where=ON_THE_WALL,
)
