"""What came of an event: people and hours, and how many were invited, entered a name, were mailed
and came back, from what is known anyway. Nobody is followed: mails and pages count nothing."""

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
from shared.volunteers.lists.column_values import HOURS
from shared.volunteers.lists.list_columns import total_of

# So many spans of days at most, however long an event goes on.
MOST_SPANS = 30
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class ListSums:
    """How many people are on the list, and the sum of its public hours; None: it has none."""

    people: int
    hours: Decimal | None


@dataclass(frozen=True)
class Span:
    """What happened from the first to the last of these days of the event's place."""

    first: date
    last: date
    invited: int
    entered: int
    mailed: int
    came_back: int


def sums_of(session: Session, event_id: int) -> ListSums:
    """From the count of the list and the sum that is stored with the column, however long the list
    is."""
    people = session.scalars(select(func.count()).where(Volunteer.event_id == event_id)).one()
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
    return ListSums(people, sum(hours, Decimal()) if hours else None)


def spans_of(session: Session, event: Event) -> list[Span]:
    """All that happened, from the first day to the last; each span is counted from an index."""
    moments: list[datetime] = []
    for at, where in _measures(event):
        known = select(at).where(*where, at.is_not(None)).limit(1)
        ends = [session.scalar(known.order_by(end)) for end in (at, at.desc())]
        moments += [moment for moment in ends if moment is not None]
    if not moments:
        return []
    zone = ZoneInfo(event.time_zone)
    first, last = (one.astimezone(zone).date() for one in (min(moments), max(moments)))
    days = -(-((last - first).days + 1) // MOST_SPANS)
    starts = [first + day * _DAY for day in range(0, (last - first).days + 1, days)]
    counted = [_counts(session, one, starts, days, zone) for one in _measures(event)]
    return [
        Span(start, min(start + (days - 1) * _DAY, last), *counts)
        for start, *counts in zip(starts, *counted, strict=True)
        if any(counts)
    ]


_Measure = tuple[InstrumentedAttribute[datetime | None], list[ColumnElement[bool]]]


def _measures(event: Event) -> list[_Measure]:
    """The times by which is counted, and whose, in the order of a span."""
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
    """How many there are in each span, by one statement."""
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
