"""Forgetting a column of an event's list: everybody's values are deleted, except on certificates.

The column is on the list until the last value is deleted, so that an interruption hides nothing:
forgetting it again does the rest.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from shared.acts import ConcludedAct, Counted, Tally, Turn
from shared.acts.run import apply, run
from shared.errors import SettingRefused
from shared.events import event_for_change
from shared.language import N_
from shared.log import audit
from shared.log.actor import Actor
from shared.storage.database import Database
from shared.storage.models import Action, Event, Volunteer
from shared.storage.turns import Progress, unseen, write_in_turns
from shared.volunteers.lists.column_mapping import LEFT_OUT, kept
from shared.volunteers.lists.list_columns import (
    bring_back,
    count_out,
    drop_title,
    known_column,
    values_in,
)
from shared.volunteers.lists.qualifying import conditions_of
from shared.volunteers.people.list_changes import end_undoing, forget_old_imports
from shared.volunteers.people.stood import Stood


@dataclass(frozen=True)
class ForgetColumn(ConcludedAct):
    """Delete everybody's value in a column. Raises SettingRefused if the column has groups, or
    decides who gets a certificate."""

    title: str

    label = N_("Deleting the column …")
    summary = (
        Counted(
            "The column of {count} person is deleted.", "The column of {count} people is deleted."
        ),
    )
    may_grow = True
    leaves_no_trace = True

    def store(self, turn: Turn, ids: Sequence[int]) -> int:
        theirs = [person for person in turn.people(ids) if self.title in person.columns]
        had = sum(person.columns[self.title] != "" for person in theirs)
        count_out(turn.session, turn.event, theirs, self.title)
        for person in theirs:
            person.columns = _without(person.columns, self.title)
            person.secrets = _without(person.secrets or {}, self.title) or None
            person.stood = Stood.of(person).without(self.title).as_row()["stood"]
        # Of those whose value is not empty.
        return had

    def settle(self, database: Database, event_id: int, collected: Tally) -> None:
        with database.reading() as session:
            event = session.get_one(Event, event_id)
            # People who were added or corrected in the meantime.
            left = session.scalars(_having(session, event, self.title)).all()
        write_in_turns(
            database, left, lambda session, ids: apply(session, self, event_id, ids).done
        )
        drop(database, event_id, self._unwanted)

    def _unwanted(self, session: Session, event: Event) -> Collection[str]:
        """Note that the column is not wanted any more, and return it. Raises SettingRefused."""
        _refuse_in_use(event, self.title)
        forgotten = {kept(self.title): LEFT_OUT}
        event.list_mappings = {
            key: mapping
            | {
                "kinds": {
                    title: forgotten.get(kind, kind) for title, kind in mapping["kinds"].items()
                }
            }
            for key, mapping in event.list_mappings.items()
        }
        # Undoing a list does not bring it back, either.
        end_undoing(session, event)
        return {self.title}


def count_values(session: Session, event: Event, title: str) -> int:
    """Return how many people have a value in this column; reads the whole list.

    Raises ProductError.
    """
    known_column(event, title)
    value, source = values_in(session, title)
    counted = select(func.count()).select_from(source)
    return session.scalars(counted.where(Volunteer.event_id == event.id, value != "")).one()


def drop(
    database: Database, event_id: int, unused: Callable[[Session, Event], Collection[str]]
) -> None:
    """Drop the columns that `unused` returns once the event is locked, in which nobody was seen to
    have a value; the list, which may be long, is read while nothing is locked."""
    with database.writing() as session:
        event = event_for_change(session, event_id)
        gone = unused(session, event)
        for title in gone:
            drop_title(session, event, title)
    # Whoever brought a value just before found that the column was there.
    with database.reading() as session:
        back = used_columns(session, session.get_one(Event, event_id), gone)
    if back:
        with database.writing() as session:
            bring_back(session, event_for_change(session, event_id), back)


def used_columns(session: Session, event: Event, titles: Collection[str]) -> set[str]:
    """Return those of these columns that anybody has, even empty; reads the list up to the first
    who does."""
    return {title for title in titles if session.scalar(_having(session, event, title).limit(1))}


def _having(session: Session, event: Event, title: str) -> Select[int]:
    """Return the ids of people who have the column, even an empty one."""
    value, source = values_in(session, title)
    people = select(Volunteer.id).select_from(source)
    return people.where(Volunteer.event_id == event.id, value.is_not(None))


def begin_forgetting(session: Session, event: Event, title: str, count: int) -> ForgetColumn:
    """Return the act, after logging that `count` people lose a value; call with the event locked.

    Raises ProductError, and SettingRefused for a column that has groups, or decides who gets a
    certificate.
    """
    known_column(event, title)
    _refuse_in_use(event, title)
    # Also if nobody has a value, since the column is deleted.
    audit.record(session, Action.COLUMN_FORGOTTEN, event.id, count=count)
    return ForgetColumn(title)


def forget_column(
    database: Database,
    event_id: int,
    title: str,
    progress: Progress = unseen,
    by: Actor | None = None,
) -> int:
    """Delete a column and everybody's value in it; return how many people had one.

    Issued certificates are unchanged. The next list with such a column is offered without it, and
    earlier lists can no longer be undone. Raises EventUnknown, and what `begin_forgetting` raises;
    then nothing is changed.
    """
    with database.reading() as session:
        count = count_values(session, session.get_one(Event, event_id), title)
    with database.writing(by=by) as session:
        act = begin_forgetting(session, event_for_change(session, event_id), title, count)
    run(database, act, event_id, progress=progress)
    forget_old_imports(database)
    return count


def _refuse_in_use(event: Event, title: str) -> None:
    if title in {group.column_title for group in event.groups}:
        raise SettingRefused(
            field="column", reason=N_("has groups. Remove them before you delete it.")
        )
    if title in {condition.column for condition in conditions_of(event)}:
        reason = N_("decides who gets a certificate. Change that before you delete it.")
        raise SettingRefused(field="column", reason=reason)


def _without(values: dict[str, str], title: str) -> dict[str, str]:
    return {other: value for other, value in values.items() if other != title}
