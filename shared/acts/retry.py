"""Retrying: failed mails are queued again, and the problems of their people end."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select, union
from sqlalchemy.orm import Session

from shared.acts import Act, Turn
from shared.certificates.issuing import chosen
from shared.language import N_
from shared.mail.queue import failed_mails
from shared.storage.models import Action, Event, Mail, Volunteer
from shared.volunteers.people.listing import ALL, Selection


@dataclass(frozen=True)
class Retry(Act):
    """Queue failed mails to these people again."""

    people: Selection = ALL

    action = Action.RETRIED
    label = N_("Queueing mails …")
    summary = (N_("They are sent again."),)

    def whom(self, session: Session, event: Event) -> Select[int]:
        """Return the ids of people with failed mails or problems."""
        failed = select(Mail.volunteer_id).where(*failed_mails.failed(event.id))
        flagged = select(Volunteer.id).where(*failed_mails.flagged(event.id))
        (person,) = union(failed, flagged).subquery().c
        found = chosen.of_these(select(person), person, self.people.people(session, event))
        return found.order_by(person)

    def count(self, session: Session, event: Event) -> int:
        """Return how many mails are sent again."""
        return failed_mails.count_failed(session, event.id, self.people.people(session, event))

    def store(self, turn: Turn, ids: Sequence[int]) -> int:
        return failed_mails.retry_failed(turn.session, turn.event.id, ids)
