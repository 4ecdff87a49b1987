"""How many certificates of an event stand, and the hours that they say: sums that change with each
that is issued, replaced or withdrawn, so that nobody counts a long list.

Its row is the last that a transaction locks for a person's certificate, so that those who submit at
the same time wait for each other only to commit, and never in a circle.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from shared.certificates.issuing.columns import is_hours, value_of
from shared.storage.models import Certificate, ColumnKind, Event, StandingSum
from shared.storage.models.certificate import STANDING
from shared.storage.traits import holds


@dataclass(frozen=True)
class Sums:
    """How many people have a certificate that stands, and the sum of its public hours; None: it
    says none."""

    people: int
    hours: Decimal | None


@dataclass(frozen=True)
class SumShare:
    """What some certificates of one event add to its sums."""

    certificates: int = 0
    hours: Mapping[str, Decimal] = field(default_factory=dict)

    def __sub__(self, other: "SumShare") -> "SumShare":
        titles = {*self.hours, *other.hours}
        hours = {one: self.hours.get(one, _NONE) - other.hours.get(one, _NONE) for one in titles}
        return SumShare(self.certificates - other.certificates, hours)


_NONE = Decimal(0)


def share_of(certificates: Iterable[Certificate]) -> SumShare:
    """What those of these certificates that stand add to the sums of their event."""
    standing = [one for one in certificates if holds(STANDING, one)]
    hours: dict[str, Decimal] = defaultdict(Decimal)
    for one in standing:
        for title, number in _hours_said(one):
            hours[title] += number
    return SumShare(len(standing), hours)


def _hours_said(certificate: Certificate) -> list[tuple[str, Decimal]]:
    if (values := certificate.values) is None:
        # From before they were kept: as its page reads them.
        known = certificate.event.known_columns if certificate.public_columns else []
        values = {one.title: value_of(certificate, one) or {} for one in known}
    said = [(title, values.get(title, {})) for title in certificate.public_columns]
    return [(title, Decimal(value["number"])) for title, value in said if is_hours(value)]


def change(session: Session, event_id: int, share: SumShare) -> None:
    """Add this to the sums of the event: what stands now, less what stood before."""
    if not share.certificates and not any(share.hours.values()):
        return
    row = _locked(session, event_id)
    row.certificates += share.certificates
    row.hours = row.hours | {
        title: f"{Decimal(row.hours.get(title, 0)) + number:f}"
        for title, number in share.hours.items()
    }
    session.flush()


def _locked(session: Session, event_id: int) -> StandingSum:
    kept = select(StandingSum).where(StandingSum.event_id == event_id)
    kept = kept.with_for_update(key_share=True).execution_options(populate_existing=True)
    if found := session.scalar(kept):
        return found
    # The first two of an event may come at once.
    with suppress(IntegrityError), session.begin_nested():
        session.add(StandingSum(event_id=event_id))
    return session.scalars(kept).one()


def sums_of(session: Session, event: Event) -> Sums:
    """What the certificates of the event that stand say to everybody by now."""
    row = session.get(StandingSum, event.id)
    if row is None:
        return Sums(0, None)
    public = {
        one.title
        for one in (event.known_columns if event.list_columns else [])
        if one.is_public and one.kind is not ColumnKind.SECRET
    }
    said = [Decimal(number) for title, number in row.hours.items() if title in public]
    return Sums(row.certificates, sum(said, _NONE) or None)
