"""Acts on people: each a short declaration of what stands here, and one runner that carries them
all out.

An act says whom it concerns, how it holds its event and what it stores; `run` does it in turns.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from shared.certificates.issuing import chosen
from shared.events import alive, event_for_change, hold_event
from shared.storage.many_values import among
from shared.storage.models import Action, Event, Mail, RehearsalMail, Volunteer
from shared.storage.models.volunteer import ERASED


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


@dataclass(frozen=True)
class Tally:
    """How many an act looked at, did, and refused for a reason of their own; the others had been
    overtaken by what somebody else did."""

    looked_at: int = 0
    done: int = 0
    refused: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        looked_at, done = self.looked_at + other.looked_at, self.done + other.done
        return Tally(looked_at, done, self.refused + other.refused)


class Act(ABC):
    """An act on people of an event, or on mails to them; its fields are what somebody wished."""

    # What the log says before the first turn, and of what; None: what is around the act says it.
    action: ClassVar[Action | None] = None
    # What it is done to.
    unit: ClassVar[type[Volunteer] | type[Mail] | type[RehearsalMail]] = Volunteer
    lock: ClassVar[Lock] = Lock.ALONE
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

    def whom(self, session: Session, event: Event) -> Select[int] | Sequence[Any]:
        """The ids of all whom it concerns now, in the order in which it is done; or what else it is
        done with."""
        return self.everybody(session, event)

    def count(self, session: Session, event: Event) -> int:
        """How many it concerns now."""
        found = self.whom(session, event)
        return chosen.count(session, found) if isinstance(found, Select) else len(found)

    @property
    def fields(self) -> Sequence[str]:
        """Names from the program that the log keeps with it."""
        return ()

    @abstractmethod
    def store(self, turn: "Turn", ids: Sequence[Any]) -> int | Tally:
        """Do it to those of these whom it still concerns; how many those are."""


@dataclass(frozen=True)
class ActOnChosen(Act):
    """An act on people whom somebody chose; those who are erased in the meantime are left out."""

    people: Select[int] | Sequence[int]

    # Who submits goes on.
    lock = Lock.SHARED

    def which(self, session: Session, event: Event) -> Sequence[ColumnElement[bool]]:
        return [~ERASED]

    def whom(self, session: Session, event: Event) -> Select[int] | Sequence[int]:
        return self.people


@dataclass(frozen=True)
class ActAmong(Act):
    """An act on those among `people` of whom `which` is true; None: among everybody."""

    people: chosen.People = None

    def whom(self, session: Session, event: Event) -> Select[int]:
        return chosen.of_these(self.everybody(session, event), Volunteer.id, self.people)


class PreparedAct(Act):
    """An act of which a part takes long, and is done before a turn locks anything."""

    @abstractmethod
    def prepare(self, session: Session, event: Event, ids: Sequence[int]) -> Any:
        """What takes long, done for `Turn.made` with the event as it is now; nothing is stored."""


class ConcludedAct(Act):
    """An act after whose last turn something is stored of the event."""

    @abstractmethod
    def conclude(self, session: Session, event: Event) -> None:
        """Store that of the event, which is locked."""


@dataclass(frozen=True)
class Turn:
    """One transaction of an act, which holds the event as the act says."""

    session: Session
    event: Event
    act: Act
    # What was prepared for these ids.
    made: Any = None

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


def begin_turn(session: Session, act: Act, event_id: int) -> Turn:
    """Hold the event for a turn. Raises EventUnknown."""
    if act.lock is Lock.ALONE:
        return Turn(session, event_for_change(session, event_id), act)
    if act.lock is Lock.BESIDE:
        held = select(Event.id).where(Event.id == event_id).with_for_update(key_share=True)
        session.execute(held)
    elif act.lock is Lock.SHARED:
        hold_event(session, event_id)
    # What this session has read before may have changed until it was held.
    return Turn(session, alive(session.get(Event, event_id, populate_existing=True)), act)
