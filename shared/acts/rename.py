"""Correcting a name on the list before anything is issued with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from shared.acts import Act, Counted, Lock, Turn
from shared.certificates.designs.fit_sheet import examine_again
from shared.mail.queue import transitions
from shared.rendering.names import new_name
from shared.storage.models import Action, Event, Volunteer
from shared.storage.models.volunteer import HAS_SUBMITTED
from shared.volunteers.people.stood import Stood


@dataclass(frozen=True)
class Rename(Act):
    """Rename everybody who has this name on the list and no certificate yet, or `only` the one with
    this id.

    People held because of the name are released. Raises NameProblem.
    """

    listed: str
    wanted: str
    only: int | None = None

    action = Action.VOLUNTEER_CHANGED
    summary = (Counted("{count} name is corrected.", "{count} names are corrected."),)
    fields = ("listed_name",)
    lock = Lock.NONE

    def __post_init__(self) -> None:
        object.__setattr__(self, "wanted", new_name(self.wanted))

    def which(self, session: Session, event: Event) -> Sequence[ColumnElement[bool]]:
        only = [] if self.only is None else [Volunteer.id == self.only]
        return [*only, Volunteer.listed_name == self.listed, ~HAS_SUBMITTED]

    def store(self, turn: Turn, ids: Sequence[int]) -> int:
        people = turn.people(ids)
        for person in people:
            stood = Stood.of(person).renamed(person.listed_name, self.wanted)
            person.listed_name, person.stood = self.wanted, stood.as_row()["stood"]
        which = Volunteer.id.in_([person.id for person in people])
        transitions.names_to_try_again(turn.session, which)
        # The first is enough, since each name is examined once.
        for person in people[:1]:
            examine_again(turn.session, person)
        return len(people)
