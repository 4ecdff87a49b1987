"""Groups and qualification of people, which follow from the list's columns: updated in turns after
a change."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, select, update
from sqlalchemy.orm import Session

from shared.events.groups import chooser, value_key
from shared.mail.kinds.registry import is_one
from shared.mail.queue import transitions
from shared.storage.clock import database_time
from shared.storage.database import Database
from shared.storage.many_values import among
from shared.storage.models import ALIVE, Event, Group, Mail, Status, Volunteer
from shared.storage.models.volunteer import HAS_SUBMITTED, IN_A_GROUP
from shared.storage.rows import change_unread
from shared.storage.traits import holds
from shared.volunteers.lists.list_columns import values_in
from shared.volunteers.lists.qualifying import Judge

# Seconds for which a list is updated while somebody waits; the worker continues with longer ones.
WAITED_SECONDS = 0.5
_ROWS_OF_A_TURN = 1_000
_REST_SECONDS = 0.03
# A column with more values has texts, not values to choose from.
MOST_VALUES = 500


@dataclass(frozen=True)
class Value:
    """A value of a column in its most frequent spelling, and how many people have it."""

    value: str
    people: int


_FOLLOWING = (Volunteer.group_id, Volunteer.unqualified_at)
_JUDGED_BY = (
    *(Volunteer.qualified_by_hand_at, Volunteer.erased_at, Volunteer.status),
    Volunteer.reopened_at,
)


def following(session: Session, event: Event) -> Callable[[Mapping[str, str], Any], dict[str, Any]]:
    """Return a function from a person's columns and row, None if new, to `group_id` and
    `unqualified_at`.

    A person who does not qualify already keeps the time since when. People who were qualified by
    hand qualify, and erased ones are not judged.
    """
    choose = chooser(event.groups) if event.groups_version else lambda _: None
    judge, at = Judge.of(event), database_time(session) if event.qualifying else None

    def follow(columns: Mapping[str, str], person: Any) -> dict[str, Any]:
        group, since = choose(columns), None
        is_judged = person is None or not (person.qualified_by_hand_at or person.erased_at)
        if is_judged and judge.shortfalls(columns):
            since = (person and person.unqualified_at) or at
        return {"group_id": group.id if group else None, "unqualified_at": since}

    return follow


def drops_out(person: Volunteer | Row[*tuple[Any, ...]], follows: Mapping[str, Any]) -> bool:
    """Return whether somebody without a certificate qualified before, and no longer does."""
    is_asked = holds(~HAS_SUBMITTED, person) and person.reopened_at is None
    return is_asked and follows["unqualified_at"] is not None and person.unqualified_at is None


def drop_out(session: Session, people: Sequence[int]) -> None:
    """Cancel the invitations and reminders of people who no longer qualify.

    Call it before they are locked, since mails are locked before their people.
    """
    asking = is_one(lambda kind: kind.is_asking and kind.may_opt_out)
    if people:
        transitions.taken_back(session, among(Mail.volunteer_id, people), asking)


def go_through(database: Database, event_id: int, seconds: float | None = None) -> bool:
    """Update people's groups and qualification for about `seconds`, or with None until all are
    done; return whether all are.

    The next call continues after an interruption; two at once share the work.
    """
    with database.reading() as session:
        waiting = select(Event.grouped_until).where(Event.id == event_id)
        if session.scalar(waiting) is None:
            # Usually finished; then no write transaction is needed.
            return True
    until = None if seconds is None else time.monotonic() + seconds
    while not (is_whole := _one_turn(database, event_id)):
        if until is not None and time.monotonic() > until:
            break
        time.sleep(_REST_SECONDS)
    return is_whole


def unfinished(session: Session) -> Sequence[int]:
    """Return the ids of events whose people are not all updated after a change."""
    waiting = select(Event.id).where(Event.grouped_until.is_not(None), ALIVE)
    return session.scalars(waiting).all()


def share_done(session: Session, event: Event) -> float:
    """Return the share of the list that is updated, from 0 to 1, by its first and last person."""
    if event.grouped_until is None:
        return 1.0
    ids = select(Volunteer.id).where(Volunteer.event_id == event.id).limit(1)
    first = session.scalar(ids.order_by(Volunteer.id))
    last = session.scalar(ids.order_by(Volunteer.id.desc()))
    if first is None or last is None:
        return 1.0
    return min(max((event.grouped_until - first + 1) / (last - first + 1), 0.0), 1.0)


def values_of(session: Session, event: Event, title: str) -> list[Value]:
    """Return the values of this column, most frequent first; reads the whole list.

    Spellings that belong to one group are one value.
    """
    value, source = values_in(session, title)
    counted = select(value, func.count()).select_from(source)
    counted = counted.where(Volunteer.event_id == event.id, value.is_not(None), value != "")
    counted = counted.group_by(value).order_by(func.count().desc(), value).limit(MOST_VALUES)
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for spelling, count in session.execute(counted):
        spellings[value_key(spelling)][spelling] += count
    found = [
        Value(counter.most_common(1)[0][0], counter.total())
        for key, counter in spellings.items()
        if key
    ]
    return sorted(found, key=lambda value: (-value.people, value.value))


def count_people(session: Session, event: Event) -> dict[int, dict[Status, int]]:
    """Count the people of each group by status, by the groups' ids; from an index only."""
    # A count for each takes a fraction of GROUP BY, which sorts everybody.
    of_group = select(func.count()).where(
        Volunteer.event_id == event.id, Volunteer.group_id == Group.id, IN_A_GROUP
    )
    counts_by_status = [
        of_group.where(Volunteer.status == status).correlate(Group).scalar_subquery()
        for status in Status
    ]
    counted = select(Group.id, *counts_by_status).where(Group.event_id == event.id)
    return {
        group_id: dict(zip(Status, counts, strict=True))
        for group_id, *counts in session.execute(counted.order_by(Group.id))
    }


def is_anybody_in(session: Session, group: Group) -> bool:
    some = select(Volunteer.id).where(
        Volunteer.event_id == group.event_id, Volunteer.group_id == group.id
    )
    return session.scalar(some.limit(1)) is not None


def _one_turn(database: Database, event_id: int) -> bool:
    with database.writing() as session:
        # Others who add people or change groups wait, and the next turn sees their changes.
        event = session.get(Event, event_id, with_for_update=True, populate_existing=True)
        if event is None or event.grouped_until is None:
            return True
        next_rows = (
            select(Volunteer.id, Volunteer.columns, *_FOLLOWING, *_JUDGED_BY)
            .where(Volunteer.event_id == event.id, Volunteer.id > event.grouped_until)
            .order_by(Volunteer.id)
            .limit(_ROWS_OF_A_TURN)
        )
        rows, follow = session.execute(next_rows).all(), following(session, event)
        found = [(row, follow(row.columns, row)) for row in rows]
        drop_out(session, [row.id for row, follows in found if drops_out(row, follows)])
        moved: dict[tuple[Any, ...], list[int]] = defaultdict(list)
        for row, follows in found:
            if any(getattr(row, name) != value for name, value in follows.items()):
                moved[tuple(follows.items())].append(row.id)
        for values, ids in moved.items():
            locked = select(Volunteer.id).where(Volunteer.id.in_(ids)).order_by(Volunteer.id)
            session.execute(locked.with_for_update())
            move = update(Volunteer).where(Volunteer.id.in_(ids))
            change_unread(session, move.values(dict(values)))
        is_whole = len(rows) < _ROWS_OF_A_TURN
        event.grouped_until = None if is_whole else rows[-1].id
    return is_whole
