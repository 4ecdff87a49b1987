"""Issuing for many, as issuing from the list and issuing anew both do it.

Certificates are made, which takes long, before a turn locks anything, and stored for those whose
row, name and earlier certificate are still the same by then: who submits in the meantime already
has one, and of two programs at work the second finds nobody. A name that cannot be drawn is
flagged, and only that one is held.
"""

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.acts.act import PreparedAct, Tally, Turn
from shared.certificates.issuing.pipeline import Wanted, make, problem_of
from shared.errors import NameProblem, explain
from shared.mail.queue import transitions
from shared.rendering.names import new_name
from shared.settings import Settings
from shared.storage.models import Certificate, Event, Volunteer

# By the ids of a turn's people: what was made for each, or why nothing was, and of what.
Made = dict[int, tuple[Certificate | NameProblem, tuple[object, ...]]]


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
        made: Made = {}
        people = session.scalars(select(Volunteer).where(Volunteer.id.in_(ids))).all()
        for one in self.wanted(session, event, people):
            result: Certificate | NameProblem
            try:
                # A name that was issued before is not looked at again.
                is_issued = one.current is not None and one.name == one.current.name
                listed = one if is_issued else replace(one, name=new_name(one.name))
                result = make(session, self.settings, listed, by_organizer=True)
            except NameProblem as problem:
                result = problem
            made[one.person.id] = result, one.made_from
        return made

    def store(self, turn: Turn, ids: Sequence[int]) -> Tally:
        made: Made = turn.made
        people, issued, refused = turn.people(list(made)), dict[Certificate, Wanted](), 0
        for one in list(self.wanted(turn.session, turn.event, people)):
            result, made_from = made.get(one.person.id, (None, None))
            if made_from != one.made_from:
                continue
            if isinstance(result, NameProblem):
                problem, reason = problem_of(result), explain(result, turn.event.language)
                transitions.name_not_drawn(turn.session, one.person.id, problem, reason)
                refused += 1
            elif result:
                issued[result] = one
        self.keep(turn, issued)
        return Tally(done=len(issued), refused=refused)
