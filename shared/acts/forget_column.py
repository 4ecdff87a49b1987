"""Forgetting a column of an event's list: its values go for everybody, certificates keep theirs.

The column stays on the list until the last value is gone, so that an interruption hides nothing:
forgetting it again does the rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from shared.acts import ConcludedAct, Tally, Turn
from shared.acts.run import run
from shared.errors import SettingRefused
from shared.language import N_
from shared.log import audit
from shared.log.actor import Actor
from shared.storage.database import Database
from shared.storage.models import Action, ColumnKind, Event, ListImport, Volunteer
from shared.storage.turns import Progress, unseen
from shared.volunteers.lists.column_mapping import LEFT_OUT, kept
from shared.volunteers.lists.list_columns import count_out, drop_title, known_column, values_in
from shared.volunteers.lists.qualifying import conditions_of
from shared.volunteers.people.list_changes import forget_imports
from shared.volunteers.people.stood import Stood


@dataclass(frozen=True)
class ForgetColumn(ConcludedAct):
    """Everybody with the column, also an empty one. Raises SettingRefused if it has groups, or
    decides who gets a certificate."""

    title: str

    def whom(self, session: Session, event: Event) -> Select[int]:
        value, source = values_in(session, self.title)
        found = select(Volunteer.id).select_from(source)
        found = found.where(Volunteer.event_id == event.id, value.is_not(None))
        return found.order_by(Volunteer.id)

    def store(self, turn: Turn, ids: Sequence[int]) -> int:
        self._forget_values(turn.session, turn.event, ids)
        return len(ids)

    def conclude(self, session: Session, event: Event, collected: Tally) -> None:
        _refuse_in_use(event, self.title)
        # Of people who were added or corrected in the meantime.
        left = session.scalars(self.whom(session, event)).all()
        self._forget_values(session, event, left)
        drop_title(session, event, self.title)
        forgotten = {kept(self.title): LEFT_OUT}
        event.list_mappings = {
            key: mapping
            | {"kinds": {one: forgotten.get(kind, kind) for one, kind in mapping["kinds"].items()}}
            for key, mapping in event.list_mappings.items()
        }

    def _forget_values(self, session: Session, event: Event, ids: Sequence[int]) -> None:
        people = select(Volunteer).where(Volunteer.id.in_(ids), Volunteer.event_id == event.id)
        for person in session.scalars(people.order_by(Volunteer.id).with_for_update()):
            count_out(session, event, [person], self.title)
            person.columns = _without(person.columns, self.title)
            person.secrets = _without(person.secrets or {}, self.title) or None
            person.stood = Stood.of(person).without(self.title).as_row()["stood"]


def count_values(session: Session, event: Event, title: str) -> int:
    """How many people have something in this column; reads the whole list.

    Raises ProductError.
    """
    known_column(event, title)
    value, source = values_in(session, title)
    counted = select(func.count()).select_from(source)
    return session.scalars(counted.where(Volunteer.event_id == event.id, value != "")).one()


def anybody_with(session: Session, event: Event, title: str) -> bool:
    """Whether somebody has the column, also an empty one; reads the list up to the first."""
    people = ForgetColumn(title).whom(session, event).order_by(None)
    return session.scalar(people.limit(1)) is not None


def forget_column(
    database: Database,
    event_id: int,
    title: str,
    progress: Progress = unseen,
    by: Actor | None = None,
) -> int:
    """Remove a column and everybody's value in it; returns how many people had one.

    What was issued stays as it is. The next list with such a column is offered without it, and no
    earlier list can be undone any more. Raises EventUnknown, ProductError, and SettingRefused
    for a column that has groups, or decides who gets a certificate, with nothing changed.
    """
    with database.reading() as session:
        event = session.get_one(Event, event_id)
        count = count_values(session, event, title)
        is_secret = known_column(event, title).kind is ColumnKind.SECRET
        _refuse_in_use(event, title)
    # Also if nobody has a value: the column goes.
    with database.writing(by=by) as session:
        audit.record(session, Action.COLUMN_FORGOTTEN, event_id, count=count)
    run(database, ForgetColumn(title), event_id, progress=progress)
    # Nor does undoing a list bring it back.
    with database.reading() as session:
        its_lists = select(ListImport.id).where(ListImport.event_id == event_id)
        imports = session.scalars(its_lists).all()
    forget_imports(database, imports)
    if is_secret:
        database.empty_journal()
    return count


def _refuse_in_use(event: Event, title: str) -> None:
    if title in {group.column_title for group in event.groups}:
        raise SettingRefused(
            field="column", reason=N_("has groups. Remove them before you delete it.")
        )
    if title in {one.column for one in conditions_of(event)}:
        reason = N_("decides who gets a certificate. Change that before you delete it.")
        raise SettingRefused(field="column", reason=reason)


def _without(values: dict[str, str], title: str) -> dict[str, str]:
    return {other: value for other, value in values.items() if other != title}
