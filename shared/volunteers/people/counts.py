"""An event's people by status, and its messages by kind and state, counted from indexes alone.

Separate counts take half the time of GROUP BY if a million rows are one group.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    SQLColumnExpression,
    bindparam,
    func,
    literal,
    select,
)
from sqlalchemy.orm import Session

from shared.mail.kinds.registry import Kinds, is_to_people
from shared.storage.models import Event, Mail, MailState, Status, Volunteer
from shared.storage.models.message import RETURNED
from shared.storage.prepared import with_constants
from shared.storage.traits import literal_sql

# Beyond so many, SQLite does not count what the rest of the list tells.
_FEW = 10_000
# Up to so many in other events are counted in order to know how many are in this one.
_FEW_ELSEWHERE = 100_000


@dataclass(frozen=True)
class Counts:
    """Counts of an event. `by_status` has all statuses, `mails` what there is of each kind, by its
    name, in each state."""

    # People whom somebody has to look at.
    problems: int
    # Mails to volunteers that a server accepted and that came back.
    came_back: int
    by_status: dict[Status, int]
    mails: dict[tuple[str, MailState], int]


def count(session: Session, known: Kinds, event: Event) -> Counts:
    """The current counts of an event, and of these kinds of message.

    SQLite compares each entry that it counts with the end of the stretch, except for counting a
    whole table, which is ten times as fast: of what is many, one count is what the others leave.
    All statements of a session see the same moment.
    """
    wanted = {"event": event.id}
    if session.get_bind().dialect.name != "sqlite":
        return _named(known, session.execute(_counts(known), wanted).one())
    counted = session.execute(_counts(known, _FEW + 1), wanted).one()
    several, people, mails = counted[:2], counted[2 : 2 + len(Status)], counted[2 + len(Status) :]
    exact = [
        *several,
        *_completed(session, event.id, _people(), people),
        *_completed(session, event.id, _mails(known), mails),
    ]
    return _named(known, exact)


def count_each(session: Session, known: Kinds, events: Sequence[Event]) -> dict[int, Counts]:
    """The same for many events, by their ids and by one statement."""
    wanted = {"events": [event.id for event in events]}
    rows = session.execute(_counts_of_each(known), wanted)
    return {row[0]: _named(known, row[1:]) for row in rows}


def _named(known: Kinds, counted: Sequence[int]) -> Counts:
    problems, came_back, *others = counted
    people, mails = others[: len(Status)], others[len(Status) :]
    named = zip(_kinds_and_states(known), mails, strict=True)
    by_status = dict(zip(Status, people, strict=True))
    return Counts(problems, came_back, by_status, {which: some for which, some in named if some})


def _kinds_and_states(known: Kinds) -> list[tuple[str, MailState]]:
    return [(kind.name, state) for kind in known for state in MailState]


# A constant: building it takes longer than running it on a short list.
@cache
def _counts(known: Kinds, most: int | None = None) -> Select[*tuple[Any, ...]]:
    return select(*_counts_of(known, bindparam("event"), most))


@cache
def _counts_of_each(known: Kinds) -> Select[*tuple[Any, ...]]:
    wanted = Event.id.in_(bindparam("events", expanding=True))
    return select(Event.id, *_counts_of(known, Event.id)).where(wanted)


def _counts_of(
    known: Kinds, event_id: SQLColumnExpression[int], most: int | None = None
) -> list[ScalarSelect[int]]:
    """In the order of `_named`. `most`: statuses, and kinds in a state, are counted up to this."""
    of_people, of_mails = Volunteer.event_id == event_id, Mail.event_id == event_id
    return [
        _count(of_people, Volunteer.problem.is_not(None)),
        _count(of_mails, literal_sql(RETURNED), is_to_people()),
        *(_count(of_people, *part, most=most) for part in _people().parts),
        *(_count(of_mails, *part, most=most) for part in _mails(known).parts),
    ]


def _count(*which: ColumnElement[bool], most: int | None = None) -> ScalarSelect[int]:
    if most is None:
        return select(func.count()).where(*which).scalar_subquery()
    some = select(literal(1)).where(*which).limit(most).subquery()
    # Constants are compared faster. PostgreSQL, to which `most` does not apply, would look for a
    # state in an index that lacks the kind.
    return with_constants(select(func.count()).select_from(some).scalar_subquery())


@dataclass(frozen=True)
class _Division:
    """What the rows that an event has in a table are counted by, and whether a row may be in no
    part."""

    table: type[Volunteer] | type[Mail]
    parts: list[list[ColumnElement[bool]]]
    between: list[list[ColumnElement[bool]]]


@cache
def _people() -> _Division:
    return _Division(Volunteer, [[Volunteer.status == status] for status in Status], [])


@cache
def _mails(known: Kinds) -> _Division:
    parts = [[Mail.kind == kind, Mail.state == state] for kind, state in _kinds_and_states(known)]
    # Messages of kinds that only another version of the program knows.
    names = sorted(kind.name for kind in known)
    between = [[Mail.kind > one, Mail.kind < next] for one, next in pairwise(names)]
    return _Division(Mail, parts, [[Mail.kind < names[0]], *between, [Mail.kind > names[-1]]])


def _completed(
    session: Session, event_id: int, division: _Division, counted: Sequence[int]
) -> Sequence[int]:
    """The counts, of which those above `_FEW` are only known to be more."""
    many = [place for place, count in enumerate(counted) if count > _FEW]
    if not many:
        return counted
    left, *others = many
    of_event = division.table.event_id == event_id
    in_others = [_count(of_event, *division.parts[place]) for place in others]
    in_none = [_count(of_event, *which) for which in division.between]
    found = session.execute(select(literal(0), *in_others, *in_none)).one()[1:]
    exact = [*counted]
    for place, count in zip([left, *others], [0, *found[: len(others)]], strict=True):
        exact[place] = count
    exact[left] = _all(session, division.table, event_id) - sum(exact) - sum(found[len(others) :])
    return exact


def _all(session: Session, table: type[Volunteer] | type[Mail], event_id: int) -> int:
    """How many rows an event has in a table."""
    sides = [table.event_id < event_id, table.event_id > event_id]
    elsewhere = session.execute(select(*(_count(side, most=_FEW_ELSEWHERE + 1) for side in sides)))
    if (others := elsewhere.one()) and max(others) <= _FEW_ELSEWHERE:
        return session.scalars(select(func.count()).select_from(table)).one() - sum(others)
    return session.scalars(select(_count(table.event_id == event_id))).one()
