"""Adding a list to an event's: adding it twice is harmless."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from shared.acts.act import Act, Tally, Turn
from shared.acts.run import run
from shared.log.actor import Actor
from shared.storage.database import Database
from shared.storage.models import Action, Event
from shared.storage.sealing.tokens import Seal
from shared.storage.turns import Progress, unseen
from shared.volunteers.lists.list_parser import Recipient, RecipientList
from shared.volunteers.people import list_changes
from shared.volunteers.people.roster import ListCheck, add_volunteers


@dataclass(frozen=True)
class AddList(Act):
    """People erased from the event are among the refused."""

    seal: Seal
    pasted: RecipientList
    # What became of each of its lines so far.
    found: ListCheck = field(init=False)
    # Numbers on it, which nobody without one may get.
    numbers: frozenset[str] = field(init=False)
    # The id of its ListImport, by which it can be undone, once something was stored.
    import_ids: list[int] = field(init=False, default_factory=list)

    action = Action.LIST_ADDED

    def __post_init__(self) -> None:
        found = ListCheck([], [], self.pasted.repeated, list(self.pasted.refused))
        object.__setattr__(self, "found", found)
        numbers = frozenset(one.number for one in self.pasted.accepted if one.number)
        object.__setattr__(self, "numbers", numbers)

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
        if not self.import_ids:
            begun = list_changes.begin_import(turn.session, turn.event, self.pasted.reading)
            self.import_ids.append(begun.id)
        return self.import_ids[0]


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
