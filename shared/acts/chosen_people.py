"""Acts on people who were chosen in the table of the list."""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select
from sqlalchemy.orm import Session

from shared.acts import Act, Lock
from shared.certificates.issuing import chosen
from shared.storage.models import Event, Volunteer
from shared.storage.models.volunteer import ERASED
from shared.volunteers.people.listing import ALL, Selection


@dataclass(frozen=True)
class ActOnHolders(Act):
    """An act on the certificates of those among `people` who have one, except people erased in the
    meantime."""

    people: Selection

    # Submits continue.
    lock = Lock.SHARED

    def which(self, session: Session, event: Event) -> Sequence[ColumnElement[bool]]:
        return [~ERASED]

    @abstractmethod
    def holders(self, event: Event, people: chosen.People) -> Select[int]:
        """Return the ids of those among these people (None: everybody) whom it concerns."""

    def whom(self, session: Session, event: Event) -> Select[int]:
        found = self.holders(event, self.people.people(session, event))
        return found.order_by(found.selected_columns[0])


@dataclass(frozen=True)
class ActAmong(Act):
    """An act on those among `people` who meet the conditions of `which`."""

    people: Selection = ALL

    def whom(self, session: Session, event: Event) -> Select[int]:
        people = self.people.people(session, event)
        return chosen.of_these(self.everybody(session, event), Volunteer.id, people)
