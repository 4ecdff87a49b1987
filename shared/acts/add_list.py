"""Adding a list to an event's: adding it twice is harmless."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Self

from shared.acts import Act, Context, Tally, Turn
from shared.acts.run import run
from shared.events import event_for_change
from shared.log import audit
from shared.log.actor import Actor
from shared.storage.database import Database
from shared.storage.models import Action
from shared.storage.sealing.tokens import Seal
from shared.storage.turns import Progress, unseen
from shared.volunteers.lists.recipients import Recipient, RecipientList, Refusal
from shared.volunteers.people import list_changes
from shared.volunteers.people.comparison import Said, said_by
from shared.volunteers.people.roster import ListCheck, add_volunteers


@dataclass(frozen=True)
class Lines:
    """Lines of a list that a runner stores, and holds until they wait as rows of the database: an
    act does it to them by their places among those that are `left`."""

    pasted: RecipientList
    left: Sequence[Recipient]

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Numbers on the whole list, which nobody without one may get."""
        return frozenset(one.number for one in self.pasted.accepted if one.number)

    @cached_property
    def said(self) -> Said:
        """What the whole list speaks of."""
        return said_by(self.pasted.accepted)


@dataclass
class Brought(Tally):
    """What became of lines."""

    new: list[Recipient] = field(default_factory=list)
    already_there: list[Recipient] = field(default_factory=list)
    updated: list[Recipient] = field(default_factory=list)
    # People erased from the event are among them.
    not_accepted: list[Refusal] = field(default_factory=list)

    def __iadd__(self, turn: Self) -> Self:
        self.new += turn.new
        self.already_there += turn.already_there
        self.updated += turn.updated
        self.not_accepted += turn.not_accepted
        return super().__iadd__(turn)


@dataclass(frozen=True)
class AddList(Act):
    """Add who is not on the event's list."""

    # The id of its ListImport, by which it can be undone.
    list_id: int

    tally = Brought

    def ids(self, turn: Turn) -> Sequence[int]:
        return range(len(turn.lines.left))

    def store(self, turn: Turn, ids: Sequence[int]) -> Brought:
        return self.add(turn, [turn.lines.left[place] for place in ids])

    def add(self, turn: Turn, people: Sequence[Recipient]) -> Brought:
        """Add those of them who are not on the list."""
        session, event, some = turn.session, turn.event, RecipientList(list(people), [], [])
        checked = add_volunteers(session, event, some, turn.lines.numbers, turn.seal)
        if checked.stored:
            list_changes.note_added(session, turn.seal, self.list_id, checked.stored)
        return Brought(
            done=len(checked.new),
            refused=len(checked.refused),
            new=checked.new,
            already_there=checked.already_there,
            not_accepted=checked.refused,
        )


def bring(
    database: Database,
    seal: Seal,
    event_id: int,
    lines: Lines,
    act: Callable[[int], AddList],
    action: Action,
    *,
    by: Actor | None,
    progress: Progress,
) -> Brought:
    """Do the act, given the list's id, to what is left of it; nothing if there is nothing.

    What the log says of it stands in the transaction in which the list gets its id. Raises
    EventUnknown, and what the act raises.
    """
    if not lines.left:
        return Brought()
    with database.writing(by=by) as session:
        event = event_for_change(session, event_id)
        audit.record(session, action, event_id, count=len(lines.left))
        list_id = list_changes.begin_import(session, event, lines.pasted.reading).id
    context = Context(seal, lines=lines)
    found = run(database, act(list_id), event_id, context, progress=progress)
    assert isinstance(found, Brought)
    return found


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
    lines = Lines(pasted, pasted.accepted)
    action = Action.LIST_ADDED
    found = bring(database, seal, event_id, lines, AddList, action, by=by, progress=progress)
    refused = sorted([*pasted.refused, *found.not_accepted], key=lambda line: line.line)
    return ListCheck(found.new, found.already_there, pasted.repeated, refused)
