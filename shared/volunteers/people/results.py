"""The results of an event: people and hours, and the numbers of invitations, names, certificates
and returned mails by day, from what is known anyway. Nobody is tracked in mails or on pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, literal, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from shared.mail.kinds.certificate import CERTIFICATE
from shared.storage.models import ColumnKind, Event, ListColumn, Mail, Volunteer
from shared.storage.models.message import RETURNED
from shared.storage.rows import count_where
from shared.volunteers.lists.column_values import HOURS
from shared.volunteers.lists.list_columns import total_of

# The most spans of days, however long an event lasts.
MOST_SPANS = 30
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Sums:
    """A number of people, and the sum of their public hours; None if there are none."""

    people: int
    hours: Decimal | None


@dataclass(frozen=True)
class Span:
    """The counts from the first to the last of these days, in the event's time zone."""

    first: date
    last: date
    invited: int
    entered: int
    mailed: int
    came_back: int


def sums_of(session: Session, event_id: int) -> Sums:
    """Return the sums, from the count of the list and the sum that is stored with the column."""
    people = count_where(session, Volunteer.event_id == event_id)
    numbers = select(ListColumn).where(
        ListColumn.event_id == event_id,
        ListColumn.kind == ColumnKind.NUMBER,
        ListColumn.is_public.is_(True),
    )
    hours = [
        total_of(column)
        for column in session.scalars(numbers)
        if column.unit.strip().casefold() in HOURS
    ]
    return Sums(people, sum(hours, Decimal()) if hours else None)


def spans_of(session: Session, event: Event) -> list[Span]:
    """Return the spans from the first day to the last, each counted from an index."""
    moments: list[datetime] = []
    for at, where in _measures(event):
        known = select(at).where(*where, at.is_not(None)).limit(1)
        ends = [session.scalar(known.order_by(end)) for end in (at, at.desc())]
        moments += [moment for moment in ends if moment is not None]
    if not moments:
        return []
    zone = ZoneInfo(event.time_zone)
    first, last = (at.astimezone(zone).date() for at in (min(moments), max(moments)))
    days = -(-((last - first).days + 1) // MOST_SPANS)
    starts = [first + day * _DAY for day in range(0, (last - first).days + 1, days)]
    counted = [_counts(session, measure, starts, days, zone) for measure in _measures(event)]
    return [
        Span(start, min(start + (days - 1) * _DAY, last), *counts)
        for start, *counts in zip(starts, *counted, strict=True)
        if any(counts)
    ]


_Measure = tuple[InstrumentedAttribute[datetime | None], list[ColumnElement[bool]]]


def _measures(event: Event) -> list[_Measure]:
    """Return the times that are counted, with their conditions, in the order of a span."""
    certificate = [Mail.event_id == event.id, Mail.kind == CERTIFICATE.name]
    return [
        (Volunteer.asked_at, [Volunteer.event_id == event.id]),
        (Volunteer.submitted_at, [Volunteer.event_id == event.id]),
        (Mail.sent_at, certificate),
        (Mail.returned_at, [Mail.event_id == event.id, RETURNED]),
    ]


def _counts(
    session: Session, measure: _Measure, starts: Sequence[date], days: int, zone: ZoneInfo
) -> list[int]:
    """Count one measure in each span, with one statement."""
    at, where = measure

    def midnight(day: date) -> datetime:
        return datetime.combine(day, time(), zone)

    spans = (
        select(literal(number), func.count()).where(
            *where, at >= midnight(start), at < midnight(start + days * _DAY)
        )
        for number, start in enumerate(starts)
    )
    counted = {number: count for number, count in session.execute(union_all(*spans))}
    return [counted[number] for number in range(len(starts))]
