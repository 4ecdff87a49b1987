"""Issuing for many, as issuing from the list and issuing anew both do it.

Certificates are made, which takes long, before a turn locks anything, and stored for those whose
row, name and earlier certificate are still the same by then: who submits in the meantime already
has one, and of two programs at work the second finds nobody. A name that cannot be drawn is
flagged, and only that one is held.
"""

from abc import abstractmethod
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from shared.acts.act import PreparedAct, Tally, Turn
from shared.certificates.issuing import draft, mails_of, number_revisions, problem_of, set_texts
from shared.errors import NameProblem, explain
from shared.mail.kinds.certificate import CERTIFICATE
from shared.mail.queue import transitions
from shared.mail.queue.enqueue import enqueue_certificates
from shared.rendering.names import new_name
from shared.settings import Settings
from shared.storage.database import database_time
from shared.storage.models import Certificate, Event, Volunteer


@dataclass(frozen=True)
class Wanted:
    """Somebody's next certificate, and what it is to replace."""

    person: Volunteer
    name: str
    day: date
    current: Certificate | None = None

    @property
    def made_from(self) -> tuple[object, ...]:
        """What it is made from besides the event; a value of the list may become secret."""
        return self.name, self.person.columns, self.current.id if self.current else None


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

    def still(self) -> Sequence[ColumnElement[bool]]:
        """What must still be true of the people once they are locked."""
        return ()

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
                listed = one if one.current else replace(one, name=new_name(one.name))
                made.certificates[id] = by_organizer(session, self.settings, listed)
            except NameProblem as problem:
                made.refused[id] = problem
        return made

    def store(self, turn: Turn, ids: Sequence[int]) -> Tally:
        made: Made = turn.made
        people = turn.people(list(made.made_from), *self.still())
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


def by_organizer(session: Session, settings: Settings, wanted: Wanted) -> Certificate:
    """The certificate with its texts set, not stored yet. Raises NameProblem and NoDesign."""
    certificate, design = draft(wanted.person, wanted.name, wanted.day)
    certificate.by_organizer = True
    set_texts(session, settings, certificate, design)
    return certificate


def store_certificates(
    session: Session, issued: Mapping[Certificate, Certificate | None], mailed: Collection[int]
) -> None:
    """Store new certificates in place of current ones, and mail those of the people in `mailed`.

    The earlier one says that it was replaced; its mail stays unsent, if it has not left.
    """
    at = database_time(session)
    number_revisions(session, issued)
    for certificate in issued:
        certificate.created_at = at
    before = [one for one in issued.values() if one]
    for one in before:
        one.replaced_at = at
    session.flush()
    if before:
        transitions.certificate_replaced(session, *mails_of(before))
    session.add_all(issued)
    mails = [one for one in issued if one.volunteer_id in mailed]
    enqueue_certificates(session, CERTIFICATE, mails)
