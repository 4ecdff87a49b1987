"""Adding a list to an event's: adding it twice is harmless."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy.orm import Session

from shared.acts import Act, Tally, Turn
from shared.acts.run import run
from shared.log.actor import Actor
from shared.storage.database import Database
from shared.storage.models import Action, Event
from shared.storage.sealing.tokens import Seal
from shared.storage.turns import Progress, unseen
from shared.volunteers.lists.list_parser import Recipient, RecipientList
from shared.volunteers.people import list_changes
from shared.volunteers.people.roster import ListCheck, add_volunteers


@dataclass
class AddList(Act):
    """People erased from the event are among the refused."""

    seal: Seal
    pasted: RecipientList
    # The id of its ListImport, by which it can be undone, once something was stored.
    import_id: int | None = field(init=False, default=None)

    action = Action.LIST_ADDED

    @cached_property
    def found(self) -> ListCheck:
        """What became of each of its lines so far."""
        return ListCheck([], [], self.pasted.repeated, list(self.pasted.refused))

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Numbers on it, which nobody without one may get."""
        return frozenset(one.number for one in self.pasted.accepted if one.number)

    def whom(self, session: Session, event: Event) -> Sequence[Any]:
        return self.pasted.accepted

    def store(self, turn: Turn, ids: Sequence[Any]) -> Tally:
        return self.add(turn, ids)

    def add(self, turn: Turn, people: Sequence[Recipient]) -> Tally:
        """Add those of them who are not on the list."""
        session, event, some = turn.session, turn.event, RecipientList(list(people), [], [])
        checked = add_volunteers(session, event, some, self.numbers, self.seal)
        if checked.stored:
            list_changes.note_added(session, self.seal, self.begun(turn), checked.stored)
        self.found.new.extend(checked.new)
        self.found.already_there.extend(checked.already_there)
        self.found.refused.extend(checked.refused)
        return Tally(done=len(checked.new), refused=len(checked.refused))

    def begun(self, turn: Turn) -> int:
        """The id of its ListImport."""
        if self.import_id is None:
            reading = self.pasted.reading
            self.import_id = list_changes.begin_import(turn.session, turn.event, reading).id
        return self.import_id


def add_list(
    database: Database,
    seal: Seal,
    event_id: int,
    pasted: RecipientList,
    *,
    by: Actor | None = None,
    progress: Progress = unseen,
) -> ListCheck:
    """Add a list; after an interruption, adding it again adds the rest. Raises EventUnknown."""
    act = AddList(seal, pasted)
    run(database, act, event_id, by=by, progress=progress)
    act.found.refused.sort(key=lambda line: line.line)
    return act.found
