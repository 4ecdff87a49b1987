"""Undoing a list: people who came with it are removed, and others are as before.

Each row can be undone until its next change: people who were mailed or corrected since are left.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from shared.acts import ConcludedAct, Counted, Tally, Turn
from shared.acts.forget_column import drop, used_columns
from shared.acts.remove import take_off
from shared.acts.update_list import try_names_again
from shared.certificates.issuing.outdated import Listed, note_outdated
from shared.language import N_
from shared.storage.database import Database
from shared.storage.many_values import among
from shared.storage.models import Action, Event, ListChange, ListImport, Volunteer
from shared.storage.models.volunteer import UNREACHED
from shared.storage.sealing.secret_values import ListedValues, binding_before, open_json
from shared.storage.sealing.tokens import Seal
from shared.storage.traits import holds
from shared.volunteers.lists.list_columns import is_as_it_came
from shared.volunteers.lists.remembered_mappings import forget_readings
from shared.volunteers.people.list_changes import is_left_as, write_values, written_to_since
from shared.volunteers.people.roster import owners_of

_COUNTED_AT_ONCE = 500


@dataclass(frozen=True)
class Undone:
    """The numbers of people removed, restored, and left as they are."""

    removed: int = 0
    restored: int = 0
    staying: int = 0


@dataclass
class Undoing(Tally):
    """The tally of undoing a list."""

    # Columns that some people had by this list, and no longer have.
    titles: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class UndoList(ConcludedAct):
    """Undo a list, and forget how its columns were read; people who are left count as refused.

    After an interruption, the same again does the rest. Columns that came only with this list are
    deleted as well, unless somebody has changed their settings. Raises SettingRefused if earlier
    values cannot be opened.
    """

    list_id: int

    action = Action.LIST_UNDONE
    label = N_("Undoing the list …")
    summary = (Counted("Undone for {count} person.", "Undone for {count} people."),)
    tally = Undoing
    mails_first = True

    def whom(self, session: Session, event: Event) -> Sequence[int]:
        # Last first: a number is free again once its last owner has given it back.
        theirs = select(ListChange.id).join(ListImport, ListImport.id == ListChange.import_id)
        theirs = theirs.where(ListImport.id == self.list_id, ListImport.event_id == event.id)
        return session.scalars(theirs.order_by(ListChange.id.desc())).all()

    def settle(self, database: Database, event_id: int, collected: Undoing) -> None:
        with database.reading() as session:
            event = session.get_one(Event, event_id)
            unused = collected.titles - used_columns(session, event, collected.titles)

        def as_they_came(_: Session, event: Event) -> list[str]:
            listed = unused.intersection(event.list_columns)
            return [title for title in listed if is_as_it_came(event, title)]

        if unused:
            drop(database, event_id, as_they_came)

    def conclude(self, session: Session, event: Event, collected: Undoing) -> None:
        undone = session.get(ListImport, self.list_id)
        if undone is not None and undone.event_id == event.id:
            forget_readings(event, {undone.reading})
            session.delete(undone)

    def store(self, turn: Turn, ids: Sequence[int]) -> Undoing:
        session, event = turn.session, turn.event
        changes = session.scalars(_latest_first(ids)).all()
        changed = turn.people([change.volunteer_id for change in changes])
        people = {person.id: person for person in changed}
        before = dict(_undoable(session, turn.seal, changes, people, set()))
        session.execute(delete(ListChange).where(among(ListChange.id, ids)))
        collected = Undoing(done=len(before), refused=len(ids) - len(before))
        for person, values in before.items():
            gone = values.columns.items() if values else dict.fromkeys(person.columns).items()
            collected.titles.update(title for title, value in gone if value is None)
        take_off(session, event, [person for person, values in before.items() if values is None])
        restored = {person: values for person, values in before.items() if values is not None}
        write_values(session, turn.seal, event, restored)
        renamed = [person for person, values in restored.items() if values.name is not None]
        try_names_again(session, event, renamed)
        listed = {
            person.id: Listed(person.listed_name, person.columns, values.columns)
            for person, values in restored.items()
        }
        note_outdated(session, event, listed)
        return collected


def count_undoable(session: Session, seal: Seal, event: Event, import_id: int) -> Undone:
    """Return what undoing this list would do now; reads all that it changed."""
    ids, given_back = UndoList(import_id).whom(session, event), set[int]()
    found = Undone()
    for start in range(0, len(ids), _COUNTED_AT_ONCE):
        changes = session.scalars(_latest_first(ids[start : start + _COUNTED_AT_ONCE])).all()
        theirs = among(Volunteer.id, [change.volunteer_id for change in changes])
        changed = session.scalars(select(Volunteer).where(theirs))
        people = {person.id: person for person in changed}
        before = dict(_undoable(session, seal, changes, people, given_back))
        removed = sum(values is None for values in before.values())
        found = Undone(
            found.removed + removed,
            found.restored + len(before) - removed,
            found.staying + len(changes) - len(before),
        )
        session.expunge_all()
    return found


def _latest_first(ids: Sequence[int]) -> Select[ListChange]:
    return select(ListChange).where(among(ListChange.id, ids)).order_by(ListChange.id.desc())


def _undoable(
    session: Session,
    seal: Seal,
    changes: Sequence[ListChange],
    people: dict[int, Volunteer],
    given_back: set[int],
) -> Iterator[tuple[Volunteer, ListedValues | None]]:
    """Yield people whose change can be undone, with the values before it; None if they came with
    the list. Their ids are added to `given_back`, the owners whose number is free by then."""
    left = [
        (people[change.volunteer_id], change.sealed_before)
        for change in changes
        if change.volunteer_id in people
        and is_left_as(seal, people[change.volunteer_id], change.left_as)
    ]
    if not left:
        return
    at = session.get_one(ListImport, changes[0].import_id).at
    written_to = written_to_since(session, at, [person.id for person, _ in left])
    before = {
        person: ListedValues(**open_json(seal, sealed, binding_before(person.id)))
        if sealed
        else None
        for person, sealed in left
        if person.id not in written_to and (sealed or holds(UNREACHED, person))
    }
    event = session.get_one(Event, left[0][0].event_id)
    wished = [values.number for values in before.values() if values and values.number]
    owner_of = owners_of(session, event, wished)
    for person, values in before.items():
        owner = owner_of.get(values.number or "") if values else None
        if owner in (None, person.id) or owner in given_back:
            given_back.add(person.id)
            yield person, values
