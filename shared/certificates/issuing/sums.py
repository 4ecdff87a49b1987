"""Sums of an event's certificates that count: how many there are, and their hours. They change with
each certificate that is issued, replaced or withdrawn, so that no long list is counted.

The row of an event is the last that a transaction locks for a person's certificate, so that submits
at the same time wait for each other only to commit, and never in a circle.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from shared.certificates.issuing.columns import is_hours, value_of
from shared.storage.models import Certificate, ColumnKind, Event, StandingSum
from shared.storage.models.certificate import STANDING
from shared.storage.traits import holds
from shared.volunteers.people.results import Sums


@dataclass(frozen=True)
class SumShare:
    """The part that some certificates of one event have in its sums."""

    certificates: int = 0
    hours: Mapping[str, Decimal] = field(default_factory=dict)

    def __sub__(self, other: "SumShare") -> "SumShare":
        titles = {*self.hours, *other.hours}
        hours = {
            title: self.hours.get(title, _NONE) - other.hours.get(title, _NONE) for title in titles
        }
        return SumShare(self.certificates - other.certificates, hours)


_NONE = Decimal(0)


def share_of(certificates: Iterable[Certificate]) -> SumShare:
    """Return what those of these certificates that count add to the sums of their event."""
    standing = [certificate for certificate in certificates if holds(STANDING, certificate)]
    hours: dict[str, Decimal] = defaultdict(Decimal)
    for certificate in standing:
        for title, number in _hours_said(certificate):
            hours[title] += number
    return SumShare(len(standing), hours)


def _hours_said(certificate: Certificate) -> list[tuple[str, Decimal]]:
    if (values := certificate.values) is None:
        # One from before values were kept; its page reads them so, too.
        known = certificate.event.known_columns if certificate.public_columns else []
        values = {column.title: value_of(certificate, column) or {} for column in known}
    said = [(title, values.get(title, {})) for title in certificate.public_columns]
    return [(title, Decimal(value["number"])) for title, value in said if is_hours(value)]


def change(session: Session, event_id: int, share: SumShare) -> None:
    """Add this to the sums of the event: the share of what counts now, less that of what counted
    before."""
    if not share.certificates and not any(share.hours.values()):
        return
    row = _counted(session, event_id, share.certificates)
    row.hours = row.hours | {
        title: f"{Decimal(row.hours.get(title, 0)) + number:f}"
        for title, number in share.hours.items()
    }
    session.flush()


def _counted(session: Session, event_id: int, more: int) -> StandingSum:
    """Count these certificates in the event's row, and return it, which stays locked."""
    kept = update(StandingSum).where(StandingSum.event_id == event_id)
    kept = kept.values(certificates=StandingSum.certificates + more)
    counted = kept.returning(StandingSum).execution_options(
        populate_existing=True, synchronize_session=False
    )
    if found := session.scalar(counted):
        return found
    # Two transactions may both issue the first certificate.
    with suppress(IntegrityError), session.begin_nested():
        session.add(StandingSum(event_id=event_id))
    return session.scalars(counted).one()


def sums_of(session: Session, event: Event) -> Sums:
    """Return the sums of the event's certificates, with hours only of columns that are public
    now."""
    row = session.get(StandingSum, event.id)
    if row is None:
        return Sums(0, None)
    public = {
        column.title
        for column in (event.known_columns if event.list_columns else [])
        if column.is_public and column.kind is not ColumnKind.SECRET
    }
    said = [Decimal(number) for title, number in row.hours.items() if title in public]
    return Sums(row.certificates, sum(said, _NONE) or None)
