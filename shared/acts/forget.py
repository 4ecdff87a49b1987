"""Forgetting addresses whose retention is over: see `privacy.retention`."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, false, select
from sqlalchemy.orm import Session

from shared.acts import ConcludedAct, Context, Tally, Turn
from shared.acts.run import run
from shared.certificates.designs.designs import layout_of
from shared.errors import EventUnknown
from shared.mail.accounts.health import forget_addresses
from shared.mail.queue import transitions
from shared.privacy.erasure import addresses_of, delete_rehearsal_mails, forget_mails
from shared.privacy.retention import LOOKED_EVERY, cut_of, due
from shared.storage.clock import database_time
from shared.storage.database import Database
from shared.storage.models import ALIVE, Action, Certificate, Event, Mail, MailState
from shared.storage.sealing.own_keys import address_hashes
from shared.storage.sealing.tokens import Seal
from shared.volunteers.lists.list_columns import count_in, count_out
from shared.volunteers.people.list_changes import forget_changes
from shared.volunteers.people.waiting_lines import forget_lines


@dataclass(frozen=True)
class Forget(ConcludedAct):
    """Forget people completely, as long as their retention is still over at their turn."""

    action = Action.RETENTION_DONE
    mails_first = True
    leaves_no_trace = True

    def which(self, session: Session, event: Event) -> Sequence[ColumnElement[bool]]:
        if event.retention_days is None:
            return [false()]
        return due(cut_of(session, event.retention_days))

    def store(self, turn: Turn, ids: Sequence[int]) -> int:
        session, event = turn.session, turn.event
        people = turn.people(ids)
        which = [person.id for person in people]
        mails = session.scalars(
            select(Mail).where(Mail.volunteer_id.in_(which)).order_by(Mail.id)
        ).all()
        addresses = addresses_of(session, people, mails)
        if held := [mail.id for mail in mails if mail.state is MailState.HELD]:
            transitions.taken_back(session, Mail.id.in_(held))
        forget_mails(session, mails)
        forget_changes(session, which)
        keys = [key for person in people for key in (person.email_key, person.stood_key) if key]
        forget_lines(session, turn.seal, event.id, keys)
        forget_addresses(session)
        delete_rehearsal_mails(session, event.id, addresses)
        issued = select(Certificate).where(Certificate.volunteer_id.in_(which))
        for certificate in session.scalars(issued.order_by(Certificate.id)):
            fields = layout_of(certificate.design).fields
            # The certificate keeps the values that are drawn on it.
            shown = {title for field in fields for title in field.columns}
            certificate.columns = _without_addresses(certificate.columns, shown)
        hashes, now = address_hashes(session, turn.seal), database_time(session)
        for person in people:
            person.email_key = hashes.of(event.id, person.email_key)
            if person.stood_key:
                person.stood_key = hashes.of(event.id, person.stood_key)
            person.email, person.stood, person.address_forgotten_at = "", None, now
            count_out(session, event, [person])
            person.columns, person.secrets = _without_addresses(person.columns), None
            count_in(session, event, [(person.id, person.columns)])
            transitions.answer_forgotten(person)
        session.flush()
        return len(people)

    def conclude(self, session: Session, event: Event, collected: Tally) -> None:
        if event.retention_days is not None:
            event.retention_at = database_time(session) + LOOKED_EVERY


def forget(database: Database, seal: Seal, event_id: int) -> int:
    """Forget the addresses of one event whose retention is over; return how many."""
    return run(database, Forget(), event_id, Context(seal)).done


def forget_everywhere(database: Database, seal: Seal) -> int:
    """Forget the addresses whose retention is over, in every event; return how many.

    A worker calls it repeatedly; after an interruption, the next call does the rest.
    """
    with database.reading() as session:
        now = database_time(session)
        is_due = ALIVE, Event.retention_days.is_not(None), Event.retention_at <= now
        ids = session.scalars(select(Event.id).where(*is_due).order_by(Event.id)).all()
    count = 0
    for event_id in ids:
        try:
            count += forget(database, seal, event_id)
        except EventUnknown:
            continue  # The event was deleted in the meantime.
    return count


def _without_addresses(columns: dict[str, str], kept: Collection[str] = ()) -> dict[str, str]:
    return {title: value for title, value in columns.items() if title in kept or "@" not in value}
