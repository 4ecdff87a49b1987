"""Adding a list to an event's: adding it twice is harmless."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from shared.acts.act import Act, Tally, Turn
from shared.acts.run import run
from shared.log.actor import Actor
from shared.storage.database import Database
from shared.storage.models import Action, Event
from shared.storage.sealing.tokens import Seal
from shared.storage.turns import Progress, unseen
from shared.volunteers.lists.list_parser import Recipient, RecipientList
from shared.volunteers.people.roster import ListCheck, add_volunteers, erased_on, forgotten_on


@dataclass(frozen=True)
class AddList(Act):
    """People erased from the event are among the refused."""

    seal: Seal
    pasted: RecipientList
    # What became of each of its lines so far.
    found: ListCheck = field(init=False)
    # Numbers on it, which nobody without one may get.
    numbers: frozenset[str] = field(init=False)

    action = Action.LIST_ADDED

    def __post_init__(self) -> None:
        found = ListCheck([], [], self.pasted.repeated, list(self.pasted.refused))
        object.__setattr__(self, "found", found)
        numbers = frozenset(one.number for one in self.pasted.accepted if one.number)
        object.__setattr__(self, "numbers", numbers)

    def whom(self, session: Session, event: Event) -> Sequence[Recipient]:
        return self.pasted.accepted

    def store(self, turn: Turn, ids: Sequence[Recipient]) -> Tally:
        session, event, some = turn.session, turn.event, RecipientList(list(ids), [], [])
        erased = erased_on(session, self.seal, event, some)
        forgotten = forgotten_on(session, self.seal, event, some)
        checked = add_volunteers(session, event, some, self.numbers, erased, forgotten, self.seal)
        self.found.new.extend(checked.new)
        self.found.already_there.extend(checked.already_there)
        self.found.refused.extend(checked.refused)
        return Tally(done=len(checked.new), refused=len(checked.refused))


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
