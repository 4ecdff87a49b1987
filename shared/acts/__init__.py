"""Acts on people: each a short declaration, and one runner that carries them all out.

An act says whom it concerns, how it holds its event and what it stores; `run` does it in turns. An
act is data: its wishes, and nothing that a run opens or collects, so that it can wait as a row: see
`shared.acts.data`.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from shared.events import alive, event_for_change, hold_event
from shared.language import translate, translate_count
from shared.settings import Settings
from shared.storage.database import Database
from shared.storage.many_values import among
from shared.storage.models import Action, Event, Mail, RehearsalMail, Volunteer
from shared.storage.rows import count_rows
from shared.storage.sealing.tokens import Seal

if TYPE_CHECKING:
    from shared.acts.add_list import Lines

T = TypeVar("T")


class Lock(Enum):
    """How a turn locks its event."""

    # No other transaction changes it or submits a name.
    ALONE = auto()
    # No other transaction changes it; submits continue, since rows that refer to it can be added.
    BESIDE = auto()
    # As a submit does: many at once, while none changes it.
    SHARED = auto()
    # Not locked: the state of the rows says what may be done to them.
    NONE = auto()


@dataclass
class Tally:
    """Counts of a run, added up turn by turn: rows concerned, done, and refused for a reason of
    their own. The rest had changed before their turn."""

    looked_at: int = 0
    done: int = 0
    refused: int = 0

    def __iadd__(self, turn: Self) -> Self:
        """Add another tally: numbers, lists and counts are added up, sets united."""
        for name, more in vars(turn).items():
            so_far = getattr(self, name)
            if isinstance(more, set):
                so_far |= more
            else:
                so_far += more
            setattr(self, name, so_far)
        return self


@dataclass(frozen=True)
class Counted:
    """A sentence in singular and plural about a count of a run, which `of` names."""

    one: str
    many: str
    of: str = "done"

    def said(self, count: int, language: str) -> str:
        """Return the sentence for this count."""
        return translate_count(self.one, self.many, count, language)


@dataclass(frozen=True)
class Context:
    """Objects that the runner lends to an act that needs them."""

    seal: Seal | None = None
    settings: Settings | None = None
    lines: "Lines | None" = None


class Act(ABC):
    """An act on people of an event, or on mails to them; its fields are the wishes of the person
    who asks for it."""

    # A wish that this version does not know may not be left out.
    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    # The entry of the log before the first turn; None if the caller makes one.
    action: ClassVar[Action | None] = None
    # Constant names that the log keeps with it, and wishes whose values it keeps.
    fields: ClassVar[Sequence[str]] = ()
    logged_wishes: ClassVar[Sequence[str]] = ()
    # The words while a job does it, and sentences once it is done: see `results`.
    label: ClassVar[str] = ""
    summary: ClassVar[Sequence["Counted | str"]] = ()
    # The counts of a run.
    tally: ClassVar[type[Tally]] = Tally
    # The rows that it is done to.
    unit: ClassVar[type[Volunteer] | type[Mail] | type[RehearsalMail]] = Volunteer
    lock: ClassVar[Lock] = Lock.ALONE
    # Whether a job may do it to more rows than were confirmed, as there are by then.
    may_grow: ClassVar[bool] = False
    # Whether a job that does it can be stopped before all is done.
    may_stop: ClassVar[bool] = True
    # Whether what it removes must be nowhere any more, not even in SQLite's journal.
    leaves_no_trace: ClassVar[bool] = False
    # Whether mails are locked before their people, as when an outcome is settled.
    mails_first: ClassVar[bool] = False

    def which(self, session: Session, event: Event) -> Sequence[ColumnElement[bool]]:
        """Return the conditions on rows that it concerns; they are checked before the first turn,
        and again on rows that a turn has locked."""
        return ()

    def everybody(self, session: Session, event: Event) -> Select[int]:
        """Return the ids of all rows that meet the conditions now."""
        of_event = [self.unit.event_id == event.id, *self.which(session, event)]
        return select(self.unit.id).where(*of_event).order_by(self.unit.id)

    def whom(self, session: Session, event: Event) -> Select[int] | Sequence[int]:
        """Return the ids of all rows that it concerns now, in the order in which it is done."""
        return self.everybody(session, event)

    def ids(self, turn: "Turn") -> Sequence[int]:
        """Return the ids that a run goes through, in order: as a rule, all that it concerns."""
        found = self.whom(turn.session, turn.event)
        return turn.session.scalars(found).all() if isinstance(found, Select) else found

    def count(self, session: Session, event: Event) -> int:
        """Return how many rows it concerns now."""
        found = self.whom(session, event)
        return count_rows(session, found) if isinstance(found, Select) else len(found)

    @classmethod
    def more_summary(cls, collected: Mapping[str, Any], language: str) -> list[str]:
        """Return further sentences about the counts of a run."""
        return []

    @abstractmethod
    def store(self, turn: "Turn", ids: Sequence[int]) -> int | Tally:
        """Do it to those of these rows that it still concerns; return how many those are, or a
        tally."""


def results(done: Sequence[tuple[type[Act], Mapping[str, Any]]], language: str) -> list[str]:
    """Return the sentences about the counts of these acts, by the names of `Act.tally`: for each
    count that is not 0, and at least the first sentence."""
    possible = [(sentence, tally) for act, tally in done for sentence in act.summary]
    due = [
        (sentence, tally)
        for sentence, tally in possible
        if tally["looked_at" if isinstance(sentence, str) else sentence.of]
    ]
    said = [
        translate(sentence, language)
        if isinstance(sentence, str)
        else sentence.said(tally[sentence.of], language)
        for sentence, tally in due or possible[:1]
    ]
    return [*said, *(more for act, tally in done for more in act.more_summary(tally, language))]


class PreparedAct(Act):
    """An act with a part that takes long, and is done before a turn locks anything."""

    @abstractmethod
    def prepare(self, turn: "Turn", ids: Sequence[int]) -> Any:
        """Return what takes long, for `Turn.made`, from the event as it is now; nothing is stored
        or locked."""


class ConcludedAct(Act):
    """An act that stores something of the event after its last turn."""

    def settle(self, database: Database, event_id: int, collected: Any) -> None:
        """What takes too long for the event to be locked, before `conclude`, in transactions of its
        own; once more after an interruption."""

    def conclude(self, session: Session, event: Event, collected: Any) -> None:
        """Store that in the event, which is locked; `collected` is the run's tally."""


@dataclass(frozen=True)
class Turn:
    """One transaction of an act, which locks the event as the act says."""

    session: Session
    event: Event
    act: Act
    context: Context = Context()
    # The result of `PreparedAct.prepare`.
    made: Any = None

    @property
    def seal(self) -> Seal:
        return _given(self.context.seal)

    @property
    def settings(self) -> Settings:
        return _given(self.context.settings)

    def people(self, ids: Sequence[int]) -> Sequence[Volunteer]:
        """Lock those of these people whom the act still concerns, and return them in the order of
        their ids."""
        if self.act.mails_first:
            mails = select(Mail.id).where(among(Mail.volunteer_id, ids)).order_by(Mail.id)
            self.session.execute(mails.with_for_update())
        still = self.act.which(self.session, self.event)
        of_event = [Volunteer.event_id == self.event.id, among(Volunteer.id, ids)]
        people = select(Volunteer).where(*of_event, *still).order_by(Volunteer.id)
        locked = people.with_for_update().execution_options(populate_existing=True)
        return self.session.scalars(locked).all()


def _given(held: T | None) -> T:
    """Return what an act needs. Raises RuntimeError if the runner was not given it."""
    if held is None:
        raise RuntimeError("this act needs more than its runner was given: see Context")
    return held


def begin_turn(session: Session, act: Act, event_id: int, context: Context) -> Turn:
    """Lock the event as the act says, and return the turn. Raises EventUnknown."""
    if act.lock is Lock.ALONE:
        return Turn(session, event_for_change(session, event_id), act, context)
    if act.lock is Lock.BESIDE:
        held = select(Event.id).where(Event.id == event_id).with_for_update(key_share=True)
        session.execute(held)
    elif act.lock is Lock.SHARED:
        hold_event(session, event_id)
    # Rows that this session has read may have changed before the lock.
    event = alive(session.get(Event, event_id, populate_existing=True))
    return Turn(session, event, act, context)
