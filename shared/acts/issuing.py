"""Issuing for many, as issuing from the list and issuing anew both do it.

Certificates are made, which takes long, before a turn locks anything, and stored for those whose
row, name and earlier certificate are still the same by then: who submits in the meantime already
has one, and of two programs at work the second finds nobody. A name that cannot be drawn is
flagged, and only that one is held.
"""

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.acts.act import PreparedAct, Tally, Turn
from shared.certificates.issuing.pipeline import Wanted, make, problem_of
from shared.errors import NameProblem, explain
from shared.mail.queue import transitions
from shared.rendering.names import new_name
from shared.settings import Settings
from shared.storage.models import Certificate, Event, Volunteer


@dataclass(frozen=True)
class Made:
    """What was made for one turn, by the ids of its people."""

    certificates: dict[int, Certificate] = field(default_factory=dict)
    refused: dict[int, NameProblem] = field(default_factory=dict)
    made_from: dict[int, tuple[object, ...]] = field(default_factory=dict)


class IssuingAct(PreparedAct):
    settings: Settings

    @abstractmethod
    def wanted(
        self, session: Session, event: Event, people: Sequence[Volunteer]
    ) -> Iterator[Wanted]:
        """What these people are to get; nothing for some of them."""

    @abstractmethod
    def keep(self, turn: Turn, issued: Mapping[Certificate, Wanted]) -> None:
        """Store these for their locked people."""

    def prepare(self, session: Session, event: Event, ids: Sequence[int]) -> Made:
        made = Made()
        people = session.scalars(select(Volunteer).where(Volunteer.id.in_(ids))).all()
        for one in self.wanted(session, event, people):
            id = one.person.id
            made.made_from[id] = one.made_from
            try:
                # A name that was issued before is not looked at again.
                is_issued = one.current is not None and one.name == one.current.name
                listed = one if is_issued else replace(one, name=new_name(one.name))
                made.certificates[id] = make(session, self.settings, listed, by_organizer=True)
            except NameProblem as problem:
                made.refused[id] = problem
        return made

    def store(self, turn: Turn, ids: Sequence[int]) -> Tally:
        made: Made = turn.made
        people = turn.people(list(made.made_from))
        still = {
            one.person.id: one
            for one in self.wanted(turn.session, turn.event, people)
            if made.made_from.get(one.person.id) == one.made_from
        }
        refused = still.keys() & made.refused.keys()
        for id in refused:
            reason = explain(made.refused[id], turn.event.language)
            problem = problem_of(made.refused[id])
            transitions.name_not_drawn(turn.session, id, problem, reason)
        issued = {one: still[id] for id, one in made.certificates.items() if id in still}
        self.keep(turn, issued)
        return Tally(done=len(issued), refused=len(refused))
