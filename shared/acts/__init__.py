"""Acts on people: each a short declaration of what stands here, and one runner that carries them
all out.

An act says whom it concerns, how it holds its event and what it stores; `run` does it in turns. It
is data, what somebody wished and nothing that a run opens or collects, so that it can wait as a
row: see `shared.acts.data`.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from shared.certificates.issuing import chosen
from shared.events import alive, event_for_change, hold_event
from shared.language import translate, translate_count
from shared.settings import Settings
from shared.storage.many_values import among
from shared.storage.models import Action, Event, Mail, RehearsalMail, Volunteer
from shared.storage.sealing.tokens import Seal

if TYPE_CHECKING:
    from shared.acts.add_list import Lines

T = TypeVar("T")


class Lock(Enum):
    """How a turn holds its event."""

    # Nobody else changes it or submits a name.
    ALONE = auto()
    # Nobody else changes it; who submits goes on, as rows that refer to it can be added.
    BESIDE = auto()
    # As who submits does: many at once, while nobody changes it.
    SHARED = auto()
    # Not at all: its rows say what may be done to them.
    NONE = auto()


@dataclass
class Tally:
    """What a run collects, turn by turn: how many it looked at, did, and refused for a reason of
    their own; the others had been overtaken by what somebody else did."""

    looked_at: int = 0
    done: int = 0
    refused: int = 0

    def __iadd__(self, turn: Self) -> Self:
        self.looked_at += turn.looked_at
        self.done += turn.done
        self.refused += turn.refused
        return self


@dataclass(frozen=True)
class Counted:
    """A sentence for one and for many, about a number that a run collects, which `of` names."""

    one: str
    many: str
    of: str = "done"

    def said(self, count: int, language: str) -> str:
        return translate_count(self.one, self.many, count, language)


@dataclass(frozen=True)
class Context:
    """What the runner holds while it carries out an act that needs it."""

    seal: Seal | None = None
    settings: Settings | None = None
    lines: "Lines | None" = None


class Act(ABC):
    """An act on people of an event, or on mails to them; its fields are what somebody wished."""

    # A wish that this version does not know is no wish that it may leave out.
    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    # What the log says before the first turn; None: what is around the act says it.
    action: ClassVar[Action | None] = None
    # Names from the program that the log keeps with it, and wishes whose values it keeps.
    fields: ClassVar[Sequence[str]] = ()
    logged_wishes: ClassVar[Sequence[str]] = ()
    # What is said while a job does it, and what once it was done: see `results`.
    label: ClassVar[str] = ""
    told: ClassVar[Sequence["Counted | str"]] = ()
    # What a run of it collects.
    tally: ClassVar[type[Tally]] = Tally
    # What it is done to.
    unit: ClassVar[type[Volunteer] | type[Mail] | type[RehearsalMail]] = Volunteer
    lock: ClassVar[Lock] = Lock.ALONE
    # Whether a job may do it to more than were confirmed: to whatever is there by then.
    may_grow: ClassVar[bool] = False
    # Whether a job that does it can be stopped, and what is left stays undone.
    may_stop: ClassVar[bool] = True
    # Whether what it removes may stand nowhere any more, SQLite's journal included.
    leaves_no_trace: ClassVar[bool] = False
    # Whether mails are locked before their people, as when an outcome is settled.
    mails_first: ClassVar[bool] = False

    def which(self, session: Session, event: Event) -> Sequence[ColumnElement[bool]]:
        """What is true of a row that it concerns: asked before the first turn, and again of those
        that a turn has locked."""
        return ()

    def everybody(self, session: Session, event: Event) -> Select[int]:
        """The ids of all of whom that is true now."""
        of_event = [self.unit.event_id == event.id, *self.which(session, event)]
        return select(self.unit.id).where(*of_event).order_by(self.unit.id)

    def whom(self, session: Session, event: Event) -> Select[int] | Sequence[int]:
        """The ids of all whom it concerns now, in the order in which it is done."""
        return self.everybody(session, event)

    def ids(self, turn: "Turn") -> Sequence[int]:
        """What it is done to, in the order in which it is done: as a rule, all whom it concerns."""
        found = self.whom(turn.session, turn.event)
        return turn.session.scalars(found).all() if isinstance(found, Select) else found

    def count(self, session: Session, event: Event) -> int:
        """How many it concerns now."""
        found = self.whom(session, event)
        return chosen.count(session, found) if isinstance(found, Select) else len(found)

    @classmethod
    def told_more(cls, collected: Mapping[str, Any], language: str) -> list[str]:
        """Further sentences about what a run of it collected."""
        return []

    @abstractmethod
    def store(self, turn: "Turn", ids: Sequence[int]) -> int | Tally:
        """Do it to those of these whom it still concerns; how many those are, or what else is
        collected of them."""


def results(done: Sequence[tuple[type[Act], Mapping[str, Any]]], language: str) -> list[str]:
    """What these acts say of what was collected, by the names of `Act.tally`: of each number that
    is not 0, and at the least the first sentence."""
    told = [(one, collected) for act, collected in done for one in act.told]
    more = [
        (one, collected)
        for one, collected in told
        if collected["looked_at" if isinstance(one, str) else one.of]
    ]
    said = [
        translate(one, language) if isinstance(one, str) else one.said(collected[one.of], language)
        for one, collected in more or told[:1]
    ]
    return [*said, *(one for act, some in done for one in act.told_more(some, language))]


class PreparedAct(Act):
    """An act of which a part takes long, and is done before a turn locks anything."""

    @abstractmethod
    def prepare(self, turn: "Turn", ids: Sequence[int]) -> Any:
        """What takes long, done for `Turn.made` with the event as it is now; nothing is stored, and
        nothing is locked."""


class ConcludedAct(Act):
    """An act after whose last turn something is stored of the event."""

    @abstractmethod
    def conclude(self, session: Session, event: Event, collected: Any) -> None:
        """Store that of the event, which is locked; `collected` is the run's tally."""


@dataclass(frozen=True)
class Turn:
    """One transaction of an act, which holds the event as the act says."""

    session: Session
    event: Event
    act: Act
    context: Context = Context()
    # What was prepared for these ids.
    made: Any = None

    @property
    def seal(self) -> Seal:
        return _given(self.context.seal)

    @property
    def settings(self) -> Settings:
        return _given(self.context.settings)

    def people(self, ids: Sequence[int]) -> Sequence[Volunteer]:
        """The people among these whom the act still concerns, locked in their order."""
        if self.act.mails_first:
            mails = select(Mail.id).where(among(Mail.volunteer_id, ids)).order_by(Mail.id)
            self.session.execute(mails.with_for_update())
        still = self.act.which(self.session, self.event)
        of_event = [Volunteer.event_id == self.event.id, among(Volunteer.id, ids)]
        people = select(Volunteer).where(*of_event, *still).order_by(Volunteer.id)
        locked = people.with_for_update().execution_options(populate_existing=True)
        return self.session.scalars(locked).all()


def _given(held: T | None) -> T:
    """Raises RuntimeError if the runner was not given what an act needs."""
    if held is None:
        raise RuntimeError("this act needs more than its runner was given: see Context")
    return held


def begin_turn(session: Session, act: Act, event_id: int, context: Context) -> Turn:
    """Hold the event for a turn. Raises EventUnknown."""
    if act.lock is Lock.ALONE:
        return Turn(session, event_for_change(session, event_id), act, context)
    if act.lock is Lock.BESIDE:
        held = select(Event.id).where(Event.id == event_id).with_for_update(key_share=True)
        session.execute(held)
    elif act.lock is Lock.SHARED:
        hold_event(session, event_id)
    # What this session has read before may have changed until it was held.
    event = alive(session.get(Event, event_id, populate_existing=True))
    return Turn(session, event, act, context)
