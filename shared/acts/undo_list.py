"""Undoing a list that was brought: who came with it goes, and who was changed is as before.

Each for themselves, until the next change of their row: who was written to since, or corrected,
stays as they are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Self

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from shared.acts import ConcludedAct, Counted, Tally, Turn
from shared.acts.forget_column import anybody_with
from shared.acts.remove import take_off
from shared.acts.update_list import try_names_again
from shared.certificates.issuing.outdated import Listed, note_outdated
from shared.language import N_
from shared.storage.many_values import among
from shared.storage.models import Action, Event, ListChange, ListImport, Volunteer
from shared.storage.models.volunteer import UNREACHED
from shared.storage.sealing.secret_values import ListedValues, open_before
from shared.storage.sealing.tokens import Seal
from shared.storage.traits import holds
from shared.volunteers.lists.list_columns import drop_title, is_as_it_came
from shared.volunteers.lists.remembered_mappings import forget_readings
from shared.volunteers.people.list_changes import is_left_as, write_values, written_to_since
from shared.volunteers.people.roster import owners_of

_COUNTED_AT_ONCE = 500


@dataclass(frozen=True)
class Undone:
    """How many go again, how many are as before, and how many stay as they are."""

    removed: int = 0
    restored: int = 0
    staying: int = 0


@dataclass
class Undoing(Tally):
    # Columns that some had by this list, and have no longer.
    titles: set[str] = field(default_factory=set)

    def __iadd__(self, turn: Self) -> Self:
        self.titles |= turn.titles
        return super().__iadd__(turn)


@dataclass(frozen=True)
class UndoList(ConcludedAct):
    """Undo a list, and forget how its columns were read; those who stay are among the refused.

    After an interruption, the same again does the rest. Columns that came only with it go as well,
    unless somebody has said something about them. Raises SettingRefused if what was before cannot
    be opened.
    """

    list_id: int

    action = Action.LIST_UNDONE
    label = N_("Undoing the list …")
    told = (Counted("Undone for {count} person.", "Undone for {count} people."),)
    tally = Undoing
    mails_first = True

    def whom(self, session: Session, event: Event) -> Sequence[int]:
        # The last first: a number is free again once who got it last has given it back.
        theirs = select(ListChange.id).join(ListImport, ListImport.id == ListChange.import_id)
        theirs = theirs.where(ListImport.id == self.list_id, ListImport.event_id == event.id)
        return session.scalars(theirs.order_by(ListChange.id.desc())).all()

    def conclude(self, session: Session, event: Event, collected: Undoing) -> None:
        undone = session.get(ListImport, self.list_id)
        if undone is not None and undone.event_id == event.id:
            forget_readings(event, {undone.reading})
            session.delete(undone)
        for title in collected.titles.intersection(event.list_columns):
            if is_as_it_came(event, title) and not anybody_with(session, event, title):
                drop_title(session, event, title)

    def store(self, turn: Turn, ids: Sequence[int]) -> Undoing:
        session, event = turn.session, turn.event
        changes = session.scalars(_latest_first(ids)).all()
        people = {one.id: one for one in turn.people([one.volunteer_id for one in changes])}
        before = dict(_undoable(session, turn.seal, changes, people, set()))
        session.execute(delete(ListChange).where(among(ListChange.id, ids)))
        collected = Undoing(done=len(before), refused=len(ids) - len(before))
        for one, values in before.items():
            gone = values.columns.items() if values else dict.fromkeys(one.columns).items()
            collected.titles.update(title for title, value in gone if value is None)
        take_off(session, event, [one for one, values in before.items() if values is None])
        restored = {one: values for one, values in before.items() if values is not None}
        write_values(session, turn.seal, event, restored)
        renamed = [one for one, values in restored.items() if values.name is not None]
        try_names_again(session, event, renamed)
        listed = {
            one.id: Listed(one.listed_name, one.columns, values.columns)
            for one, values in restored.items()
        }
        note_outdated(session, event, listed)
        return collected


def count_undoable(session: Session, seal: Seal, event: Event, import_id: int) -> Undone:
    """What undoing this list would do now; reads all that it changed."""
    ids, given_back = UndoList(import_id).whom(session, event), set[int]()
    found = Undone()
    for start in range(0, len(ids), _COUNTED_AT_ONCE):
        changes = session.scalars(_latest_first(ids[start : start + _COUNTED_AT_ONCE])).all()
        theirs = among(Volunteer.id, [one.volunteer_id for one in changes])
        people = {one.id: one for one in session.scalars(select(Volunteer).where(theirs))}
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
    """The people whose change can be undone, and what stood there before: None for who came with
    the list. `given_back`: those whose number is free by then, to whom these are added."""
    left = [
        (people[one.volunteer_id], one)
        for one in changes
        if one.volunteer_id in people and is_left_as(seal, people[one.volunteer_id], one.left_as)
    ]
    if not left:
        return
    at = session.get_one(ListImport, changes[0].import_id).at
    written_to = written_to_since(session, at, [person.id for person, _ in left])
    before = {
        person: open_before(seal, person.id, one.sealed_before) if one.sealed_before else None
        for person, one in left
        if person.id not in written_to and (one.sealed_before or holds(UNREACHED, person))
    }
    event = session.get_one(Event, left[0][0].event_id)
    wished = [values.number for values in before.values() if values and values.number]
    owner_of = owners_of(session, event, wished)
    for person, values in before.items():
        owner = owner_of.get(values.number or "") if values else None
        if owner in (None, person.id) or owner in given_back:
            given_back.add(person.id)
            yield person, values
