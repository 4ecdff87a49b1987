"""Bringing a list again: who is new is added, and who is there gets what it says otherwise.

A person is the address. Listed name, columns and group change, and the number of who was never
written to; never a name that somebody entered, a status or a link. Who is missing stays.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy.orm import Session

from shared.acts import Tally, Turn
from shared.acts.add_list import AddList
from shared.acts.run import run
from shared.certificates.designs.fit_sheet import look_again_at_all
from shared.certificates.issuing.outdated import Listed, overtaken
from shared.log.actor import Actor
from shared.mail.queue import transitions
from shared.storage.database import Database
from shared.storage.models import Action, Event, Volunteer
from shared.storage.models.volunteer import HAS_SUBMITTED
from shared.storage.sealing.secret_values import ListedValues
from shared.storage.sealing.tokens import Seal
from shared.storage.traits import holds
from shared.storage.turns import Progress, unseen
from shared.volunteers.lists.list_columns import note_columns
from shared.volunteers.lists.list_parser import Recipient, RecipientList, with_last_lines
from shared.volunteers.lists.remembered_mappings import forget_readings
from shared.volunteers.people import list_changes
from shared.volunteers.people.comparison import (
    Changed,
    Comparison,
    Said,
    compare,
    count_missing,
    said_by,
)
from shared.volunteers.people.list_changes import write_values
from shared.volunteers.people.roster import ListCheck


@dataclass
class ListUpdated(ListCheck):
    """What became of each line, by what it did, and how many people of the event have none."""

    updated: list[Recipient] = field(default_factory=list)
    missing: int = 0


@dataclass
class UpdateList(AddList):
    """`empty_erases`: where the list is empty for somebody, what is stored there goes.

    Of several lines with one address the last one counts: see `with_last_lines`. Raises
    SettingRefused if a secret value cannot be opened.
    """

    empty_erases: bool = False

    action = Action.LIST_UPDATED

    @cached_property
    def found(self) -> ListUpdated:
        return ListUpdated([], [], self.pasted.repeated, list(self.pasted.refused))

    @cached_property
    def said(self) -> Said | None:
        return said_by(self.pasted.accepted) if self.empty_erases else None

    def whom(self, session: Session, event: Event) -> Sequence[Recipient]:
        found = self._compare(session, event, self.pasted)
        self.found.already_there.extend(found.unchanged)
        self.found.refused[:] = found.refused
        self.found.missing = count_missing(session, event, found)
        return [*(one.recipient for one in found.changed), *found.new]

    def store(self, turn: Turn, ids: Sequence[Any]) -> Tally:
        found = self._compare(turn.session, turn.event, RecipientList(list(ids), [], []))
        self.found.already_there.extend(found.unchanged)
        self.found.refused.extend(found.refused)
        if found.changed:
            self._update(turn, found.changed)
        added = self.add(turn, found.new)
        return added + Tally(done=len(found.changed), refused=len(found.refused))

    def _compare(self, session: Session, event: Event, pasted: RecipientList) -> Comparison:
        said, erases = self.said, self.empty_erases
        return compare(session, self.seal, event, pasted, said=said, empty_erases=erases)

    def _update(self, turn: Turn, changed: Sequence[Changed]) -> None:
        session, event = turn.session, turn.event
        note_columns(session, event, [one.recipient for one in changed])
        by_id = {one.known.id: one for one in changed}
        locked = {one.id: one for one in turn.people(list(by_id))}
        # In the order in which numbers become free.
        people = [locked[id] for id in by_id if id in locked]
        wanted = {
            one: ListedValues(said.name, said.number, dict(said.columns))
            for one in people
            if (said := by_id[one.id].difference)
        }
        before = write_values(session, self.seal, event, wanted)
        renamed = [one for one in people if by_id[one.id].difference.name is not None]
        try_names_again(session, event, renamed)
        changes = overtaken(session, event, {id: Listed.after(by_id[id]) for id in locked})
        list_changes.note_updated(session, self.seal, self.begun(turn), before, changes)
        replaced = [
            one.id
            for one, was in before.items()
            if was.name or was.number or any(was.columns.values())
        ]
        readings = list_changes.readings_replaced(session, self.begun(turn), replaced)
        forget_readings(event, readings - {self.pasted.reading})
        self.found.updated.extend(by_id[one.id].recipient for one in people)


def try_names_again(session: Session, event: Event, renamed: Sequence[Volunteer]) -> None:
    """These people, locked, have other names on the list: nobody is held for the old one."""
    waiting = [one for one in renamed if not holds(HAS_SUBMITTED, one)]
    if flagged := [one.id for one in waiting if one.problem]:
        transitions.names_to_try_again(session, Volunteer.id.in_(flagged))
    look_again_at_all(session, event, waiting)


def update_list(
    database: Database,
    seal: Seal,
    event_id: int,
    pasted: RecipientList,
    *,
    empty_erases: bool = False,
    by: Actor | None = None,
    progress: Progress = unseen,
) -> ListUpdated:
    """Bring a list again; after an interruption, bringing it again does the rest.

    Raises EventUnknown, and what UpdateList raises.
    """
    act = UpdateList(seal, with_last_lines(pasted), empty_erases)
    run(database, act, event_id, by=by, progress=progress)
    act.found.refused.sort(key=lambda line: line.line)
    return act.found
