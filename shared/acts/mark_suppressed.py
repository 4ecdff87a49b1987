"""Marking people who get no more mail from the account that an event uses from now on."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from shared.acts import Act, Context, Lock, Turn
from shared.acts.run import run
from shared.events import event_for_change
from shared.mail.accounts.suppressions import mark_listed, suppress
from shared.storage.database import Database
from shared.storage.models import ALIVE, Event, Suppression, Volunteer
from shared.storage.models.volunteer import KNOWN, LEFT_OUT
from shared.storage.sealing.tokens import Seal


@dataclass(frozen=True)
class MarkSuppressed(Act):
    """Bring the suppressions of an event's people and of its account's other events in step."""

    lock = Lock.NONE

    def which(self, session: Session, event: Event) -> Sequence[ColumnElement[bool]]:
        return [KNOWN]

    def store(self, turn: Turn, ids: Sequence[int]) -> int:
        session, event = turn.session, turn.event
        people = session.scalars(select(Volunteer).where(Volunteer.id.in_(ids))).all()
        if event.account_id is None:
            return 0
        for person in people:
            for fact in LEFT_OUT:
                if isinstance(reason := fact.why(person), Suppression):
                    at, address = getattr(person, fact.column.key), [person.email_key]
                    suppress(session, turn.seal, event.account_id, address, reason, at)
        mark_listed(session, turn.seal, event, [person.email_key for person in people])
        return len(people)


def mark_suppressed_everywhere(database: Database, seal: Seal) -> None:
    """Run `MarkSuppressed` for each event that got another account; nothing is sent to its people
    before.

    After an interruption, the next call does the rest.
    """
    with database.reading() as session:
        due = select(Event.id, Event.account_id).where(Event.suppressions_due.is_(True), ALIVE)
        events = session.execute(due).all()
    for event_id, account_id in events:
        run(database, MarkSuppressed(), event_id, Context(seal))
        with database.writing() as session:
            event = event_for_change(session, event_id)
            # The event may have got a third account in the meantime.
            event.suppressions_due = event.account_id != account_id
