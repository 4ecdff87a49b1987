"""Bringing a list again: new people are added, and others get what it says now.

A person is identified by the address. Listed name, columns and group change, and the number of
people who were never mailed; never a name that somebody entered, a status or a link. People who are
missing on the list are left.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from shared.acts import Counted, Turn
from shared.acts.add_list import AddList, Brought, Lines, bring
from shared.certificates.designs.fit_sheet import examine_all_again
from shared.certificates.issuing.outdated import Listed, note_outdated
from shared.events import alive
from shared.log.actor import Actor
from shared.mail.queue import transitions
from shared.rendering.names import alike
from shared.storage.database import Database
from shared.storage.models import Action, Event, ListImport, Volunteer
from shared.storage.models.volunteer import HAS_SUBMITTED
from shared.storage.sealing.secret_values import ListedValues
from shared.storage.sealing.tokens import Seal
from shared.storage.traits import holds
from shared.volunteers.lists.list_columns import note_titles, secret_titles
from shared.volunteers.lists.list_parser import with_last_lines
from shared.volunteers.lists.recipients import Recipient, RecipientList, further_columns
from shared.volunteers.lists.remembered_mappings import forget_readings
from shared.volunteers.people import list_changes
from shared.volunteers.people.comparison import Changed, Said, compare, count_missing, said_by
from shared.volunteers.people.list_changes import write_values
from shared.volunteers.people.roster import ListCheck
from shared.volunteers.people.stood import Stood, hashed_for


@dataclass
class ListUpdated(ListCheck):
    """The outcome of each line, and the number of people of the event without one."""

    updated: list[Recipient] = field(default_factory=list)
    missing: int = 0


@dataclass(frozen=True)
class UpdateList(AddList):
    """Add new people, and change the others.

    With `erases`, the columns and names of the whole list, values that are empty for somebody are
    deleted. With `keeps_corrected`, corrected values are kept, and it is noted that the list says
    something else. Raises SettingRefused if a secret value cannot be opened.
    """

    erases: Said | None = None
    keeps_corrected: bool = False

    action = Action.LIST_UPDATED
    summary = (
        *AddList.summary,
        Counted("{count} volunteer was updated.", "{count} volunteers were updated.", "changed"),
    )
    mails_first = True

    def bring(self, turn: Turn, people: Sequence[Recipient]) -> Brought:
        found = compare(
            turn.session, turn.seal, turn.event, RecipientList(list(people), [], []),
            said=self.erases, empty_erases=self.erases is not None,
            keeps_corrected=self.keeps_corrected,
        )  # fmt: skip
        collected = Brought(
            done=len(found.changed),
            refused=len(found.refused),
            changed=len(found.changed),
            reasons=Counter(line.reason for line in found.refused),
            already_there=[*found.unchanged, *(change.recipient for change in found.kept)],
            not_accepted=list(found.refused),
        )
        if found.changed:
            collected.updated += self._update(turn, found.changed)
        if found.kept:
            self._write(turn, found.kept)
        collected += self.add(turn, found.new)
        return collected

    def _write(self, turn: Turn, changed: Sequence[Changed]) -> dict[Volunteer, ListedValues]:
        """Store the changes for people who are still concerned; return the values before."""
        by_id = {change.known.id: change for change in changed}
        locked = {person.id: person for person in turn.people(list(by_id))}
        wanted = {
            # In the order in which numbers become free.
            locked[id]: ListedValues(
                change.difference.name,
                change.difference.number,
                dict(change.difference.columns),
                _stood(turn, locked[id], change).as_row(),
            )
            for id, change in by_id.items()
            if id in locked
        }
        return write_values(turn.session, turn.seal, turn.event, wanted)

    def _update(self, turn: Turn, changed: Sequence[Changed]) -> list[Recipient]:
        session, event = turn.session, turn.event
        note_titles(session, event, further_columns(change.recipient for change in changed))
        by_id = {change.known.id: change for change in changed}
        before = self._write(turn, changed)
        people = list(before)
        renamed = [person for person in people if by_id[person.id].difference.name is not None]
        try_names_again(session, event, renamed)
        note_outdated(
            session, event, {person.id: Listed.after(by_id[person.id]) for person in people}
        )
        list_changes.note_updated(session, turn.seal, self.list_id, before)
        replaced = [
            person.id
            for person, was in before.items()
            if was.name or was.number or any(was.columns.values())
        ]
        readings = list_changes.readings_replaced(session, self.list_id, replaced)
        forget_readings(event, readings - {session.get_one(ListImport, self.list_id).reading})
        return [by_id[person.id].recipient for person in people]


def _stood(turn: Turn, person: Volunteer, change: Changed) -> Stood:
    """Return what the list says of somebody, where other values are stored once it is brought."""
    stood, other, line = Stood.of(person), change.difference, change.recipient
    if change.is_readdressed:
        stood = replace(stood, key=line.as_listed.key)
    if other.name is not None or None in other.kept:
        stored = person.listed_name if other.name is None else other.name
        is_tidied = line.before is not None and alike(stored, line.name)
        stood = stood.with_name(line.as_listed.name, stored, is_tidied=is_tidied)
    for written in other.columns:
        stood = stood.without(written)
    secret, hashed = secret_titles(turn.event), hashed_for(turn.session, turn.seal, person)
    for title, said in other.kept.items():
        if title is not None:
            kept = change.known.columns.get(title, "")
            stood = stood.with_value(title, said, kept, hashed if title in secret else None)
    return stood


def try_names_again(session: Session, event: Event, renamed: Sequence[Volunteer]) -> None:
    """Release these people, who are locked, from a hold for their earlier name, and have the new
    names examined."""
    waiting = [person for person in renamed if not holds(HAS_SUBMITTED, person)]
    if flagged := [person.id for person in waiting if person.problem]:
        transitions.names_to_try_again(session, Volunteer.id.in_(flagged))
    examine_all_again(session, event, waiting)


def updating(
    pasted: RecipientList, *, empty_erases: bool = False, keeps_corrected: bool = False
) -> Callable[[int], UpdateList]:
    """Return the function that makes the act of bringing this list again, from the id of its
    import."""
    erases = said_by(pasted.accepted) if empty_erases else None
    return partial(UpdateList, erases=erases, keeps_corrected=keeps_corrected)


def update_list(
    database: Database,
    seal: Seal,
    event_id: int,
    pasted: RecipientList,
    *,
    by: Actor | None = None,
    **how: Any,
) -> ListUpdated:
    """Bring a list again, and return what became of its lines; after an interruption, bringing it
    again does the rest. `how` is as for `updating`.

    Of several lines with one address, the last one counts: see `with_last_lines`. Raises
    EventUnknown, and what UpdateList raises.
    """
    pasted = with_last_lines(pasted)
    with database.reading() as session:
        event = alive(session.get(Event, event_id))
        before = compare(session, seal, event, pasted, **how)
        missing = count_missing(session, event, before)
    left = [*(change.recipient for change in (*before.changed, *before.kept)), *before.new]
    lines = Lines(pasted, left)
    found = bring(database, seal, event_id, lines, updating(pasted, **how), by=by)
    return ListUpdated(
        new=found.new,
        already_there=[*before.unchanged, *found.already_there],
        repeated=before.repeated,
        refused=sorted([*before.refused, *found.not_accepted], key=lambda line: line.line),
        updated=found.updated,
        missing=missing,
    )
