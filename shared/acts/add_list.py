"""Adding a list to an event's list; adding it twice is harmless."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any, ClassVar

from sqlalchemy import Select
from sqlalchemy.orm import Session

from shared.acts import Act, Context, Counted, Tally, Turn
from shared.acts.run import run
from shared.events import event_for_change
from shared.language import N_, translate
from shared.log.actor import Actor
from shared.storage.database import Database
from shared.storage.models import Action, Event
from shared.storage.sealing.tokens import Seal
from shared.storage.turns import Progress, unseen
from shared.volunteers.lists.recipients import Recipient, RecipientList, RejectedLine
from shared.volunteers.people import list_changes, waiting_lines
from shared.volunteers.people.roster import ListCheck, Reserved, add_volunteers


@dataclass(frozen=True)
class Lines:
    """Lines that a runner has in memory, so that they need not wait as rows (`waiting_lines`); an
    act finds them by their places in `left`."""

    pasted: RecipientList
    left: Sequence[Recipient]

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers on the whole list, which nobody without one may get."""
        return frozenset(line.number for line in self.pasted.accepted if line.number)


@dataclass
class Brought(Tally):
    """The outcome of lines: counts of people added and changed, and of lines refused for each
    reason; for lines in memory, also the lines."""

    added: int = 0
    changed: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    new: list[Recipient] = field(default_factory=list)
    already_there: list[Recipient] = field(default_factory=list)
    updated: list[Recipient] = field(default_factory=list)
    # With people erased from the event.
    not_accepted: list[RejectedLine] = field(default_factory=list)


NOT_STORED = Counted("{count} line was not stored.", "{count} lines were not stored.", "refused")


@dataclass(frozen=True)
class AddList(Act):
    """Add people who are not on the event's list."""

    # The id of its ListImport, by which it can be undone.
    list_id: int

    action = Action.LIST_ADDED
    label = N_("Saving the list …")
    summary: ClassVar[Sequence[Counted | str]] = (
        Counted("{count} volunteer was added.", "{count} volunteers were added.", "added"),
        NOT_STORED,
    )
    tally = Brought

    def whom(self, session: Session, event: Event) -> Select[int]:
        return waiting_lines.of_list(event, self.list_id)

    def ids(self, turn: Turn) -> Sequence[int]:
        held = turn.context.lines
        return range(len(held.left)) if held else super().ids(turn)

    def store(self, turn: Turn, ids: Sequence[int]) -> Brought:
        collected = self.bring(turn, self._people(turn, ids))
        if turn.context.lines:
            return collected
        # Of lines that wait as rows, only counts are kept.
        return replace(collected, new=[], already_there=[], updated=[], not_accepted=[])

    def bring(self, turn: Turn, people: Sequence[Recipient]) -> Brought:
        """Store what these lines say."""
        return self.add(turn, people)

    def _people(self, turn: Turn, ids: Sequence[int]) -> list[Recipient]:
        if held := turn.context.lines:
            return [held.left[place] for place in ids]
        return waiting_lines.take(turn.session, turn.seal, self.list_id, ids)

    def _reserved(self, turn: Turn) -> Reserved:
        if held := turn.context.lines:
            return lambda _: held.numbers
        return partial(waiting_lines.numbers_among, turn.session, self.list_id)

    def add(self, turn: Turn, people: Sequence[Recipient]) -> Brought:
        """Add those of these people who are not on the list."""
        session, event, some = turn.session, turn.event, RecipientList(list(people), [], [])
        checked = add_volunteers(session, event, some, self._reserved(turn), turn.seal)
        if checked.stored:
            list_changes.note_added(session, turn.seal, self.list_id, checked.stored)
        return Brought(
            done=len(checked.new),
            refused=len(checked.refused),
            added=len(checked.new),
            reasons=Counter(line.reason for line in checked.refused),
            new=checked.new,
            already_there=checked.already_there,
            not_accepted=checked.refused,
        )

    @classmethod
    def more_summary(cls, collected: Mapping[str, Any], language: str) -> list[str]:
        return [translate(reason, language) for reason in collected["reasons"]]


def bring(
    database: Database,
    seal: Seal,
    event_id: int,
    lines: Lines,
    act: Callable[[int], AddList],
    *,
    by: Actor | None,
    progress: Progress = unseen,
) -> Brought:
    """Run the act that `act` returns for the id of a new list on the lines that are left, if any.

    Raises EventUnknown, and what the act raises.
    """
    if not lines.left:
        return Brought()
    with database.writing() as session:
        event = event_for_change(session, event_id)
        list_id = list_changes.begin_import(session, event, lines.pasted.reading).id
    context = Context(seal, lines=lines)
    found = run(database, act(list_id), event_id, context, by=by, progress=progress)
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
    """Add a list, and return what became of its lines. After an interruption, adding it again adds
    the rest. Raises EventUnknown."""
    lines = Lines(pasted, pasted.accepted)
    found = bring(database, seal, event_id, lines, AddList, by=by, progress=progress)
    refused = sorted([*pasted.refused, *found.not_accepted], key=lambda line: line.line)
    return ListCheck(found.new, found.already_there, pasted.repeated, refused)
