"""Certificates, and what stays known of those that are gone."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    ForeignKey,
    Row,
    UniqueConstraint,
    and_,
    false,
)
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shared.storage.models.base import Base, Numbered, now
from shared.storage.models.design import Design
from shared.storage.models.event import Event
from shared.storage.models.volunteer import Volunteer
from shared.storage.states import NameFrom
from shared.storage.traits import holds, partial_index, trait


class Certificate(Numbered):
    """An issued certificate: enough to draw the same image again, byte for byte."""

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
    # None: issued before this was noted.
    name_from: Mapped[NameFrom | None]
    number: Mapped[str]
    date: Mapped[date]
    columns: Mapped[dict[str, str]] = mapped_column(default=dict)
    # title -> the number or date that a text of `columns` means (`column_values.Value`), in no
    # language. None: from before these were kept.
    values: Mapped[dict[str, dict[str, str]] | None] = mapped_column(JSON(none_as_null=True))
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
    typesetting: Mapped[dict[str, Any]] = mapped_column(JSON(none_as_null=True), nullable=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    # Set when a corrected certificate took its place.
    replaced_at: Mapped[datetime | None]
    # When it was taken back before anybody could have seen it; then it is also replaced.
    taken_back_at: Mapped[datetime | None]
    # It replaced one that had been mailed.
    is_correction: Mapped[bool] = mapped_column(default=False, server_default=false())
    # An organizer issued it, replacing an earlier one or with the name on the list.
    by_organizer: Mapped[bool] = mapped_column(default=False, server_default=false())
    # Since when the list differs from it: see `issuing.outdated`.
    outdated_at: Mapped[datetime | None]
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

    @hybrid_property
    def is_erased(self) -> bool:
        """True if erasure withdrew it; withdrawals by organizers always have a reason."""
        return self.withdrawn_at is not None and not self.withdrawal_reason

    @is_erased.inplace.expression
    @classmethod
    def _is_erased_in_sql(cls) -> ColumnElement[bool]:
        return and_(cls.withdrawn_at.is_not(None), cls.withdrawal_reason == "")

    @property
    def is_corrected(self) -> bool:
        """True if another took its place, so that only its owner reads what it said."""
        return self.replaced_at is not None

    @property
    def is_void(self) -> bool:
        """True if it is no longer valid: a corrected one took its place, or it was withdrawn."""
        return not holds(STANDING, self)


class State(StrEnum):
    """The state of a certificate, as anybody with its public id may know it."""

    VALID = "valid"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"
    NEVER_SENT = "never_sent"
    UNKNOWN = "unknown"


def state_of(certificate: Certificate | Row[*tuple[Any, ...]]) -> State:
    """The state of a certificate, or of a row with these columns of one."""
    if certificate.is_erased:
        return State.ERASED
    if certificate.taken_back_at:
        return State.NEVER_SENT
    if certificate.withdrawn_at:
        return State.WITHDRAWN
    return State.REPLACED if certificate.replaced_at else State.VALID


# The one that its owner has now, even if it was withdrawn.
CURRENT = Certificate.replaced_at.is_(None)
# Valid: neither replaced nor withdrawn.
STANDING = trait(CURRENT, Certificate.withdrawn_at.is_(None))
# Valid, and older than what the list says.
OUTDATED = trait(Certificate.outdated_at.is_not(None), STANDING)
# Valid, and its owner has agreed that the event's page shows it.
ON_THE_WALL = trait(Certificate.on_wall_at.is_not(None), STANDING)
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
partial_index("ix_certificate_secrets", Certificate.id, where=Certificate.secrets.is_not(None))
partial_index(
    "ix_certificate_outdated",
    *(_EVENT, _OWNER, Certificate.outdated_at, _REPLACED, Certificate.withdrawn_at),
    where=OUTDATED,
)
partial_index(
    "ix_certificate_wall",
    *(_EVENT, Certificate.id, Certificate.on_wall_at, _REPLACED, Certificate.withdrawn_at),
    where=ON_THE_WALL,
)


class StandingSum(Base):
    """The number of an event's valid certificates, and their hours: see `issuing.sums`."""

    __tablename__ = "standing_sum"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    certificates: Mapped[int] = mapped_column(default=0)
    # Title of a column -> the sum of the hours that it says on them, exact as a decimal text: of
    # the columns that were public when they were issued, whatever these are by now.
    hours: Mapped[dict[str, str]] = mapped_column(default=dict)


class IssuedId(Base):
    """A public id of a certificate that is gone: nothing says whose it was, or of which event."""

    __tablename__ = "issued_id"

    public_id: Mapped[str] = mapped_column(primary_key=True)
    # One of `State`, and since which day; a valid one since it was issued.
    state: Mapped[str]
    day: Mapped[date]
    # When its event was deleted; None: only its person was removed.
    event_deleted: Mapped[date | None]
    # The list, and the place in it, by which others verify it (`hooks.Hooks.places`); None: none.
    status_list_id: Mapped[int | None]
    index: Mapped[int | None]
