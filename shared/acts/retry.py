"""Retrying: mails that failed are queued again, and what was wrong with their people is over."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select, union
from sqlalchemy.orm import Session

from shared.acts import Act, Turn
from shared.mail.queue import failed_mails
from shared.storage.models import Action, Event, Mail, Volunteer


@dataclass(frozen=True)
class Retry(Act):
    """`people`: only mails to these; None: to everybody."""

    people: Sequence[int] | None = None

    action = Action.RETRIED

    def whom(self, session: Session, event: Event) -> Select[int] | Sequence[int]:
        """Concerned through their mails or their problems."""
        if self.people is not None:
            return self.people
        failed = select(Mail.volunteer_id).where(*failed_mails.failed(event.id))
        flagged = select(Volunteer.id).where(*failed_mails.flagged(event.id))
        (person,) = union(failed, flagged).subquery().c
        return select(person).order_by(person)

    def count(self, session: Session, event: Event) -> int:
        """How many mails are sent again."""
        return failed_mails.count_failed(session, event.id, self.people)

    def store(self, turn: Turn, ids: Sequence[int]) -> int:
        return failed_mails.retry_failed(turn.session, turn.event.id, ids)
