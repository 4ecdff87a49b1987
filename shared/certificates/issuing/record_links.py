"""Links to a record, which the installation's account mails to an address when somebody requests
it.

The request reveals nothing; a reader of the address's mail can read for a day all that it was
thanked for, and change nothing. Like a link that erases, it is derived from its message and a key
of the installation, so nothing more is stored.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shared import budgets
from shared.addresses import address_key
from shared.certificates.issuing.links import HOUR
from shared.certificates.issuing.records import LISTED, Record, record_of
from shared.errors import InvitationUnknown
from shared.language import Language, language_for
from shared.mail.accounts.own import own_event
from shared.mail.accounts.suppressions import is_suppressed
from shared.mail.kinds.record_link import RECORD_LINK
from shared.mail.queue.enqueue import queue_to_address
from shared.mail.queue.mailed_keys import mail_of_key
from shared.rendering.languages import language_spoken
from shared.storage.clock import database_time
from shared.storage.database import Database
from shared.storage.models import ALIVE, Event, Mail, Volunteer
from shared.storage.models.volunteer import KNOWN
from shared.storage.sealing.tokens import Seal

LASTS = timedelta(hours=24)


def send_record_link(database: Database, seal: Seal, address: str) -> int:
    """Queue the link for an address on a list; return 1, or 0 for an unknown address, for one that
    gets no more mail, and for one that got three within an hour.

    Each case takes one writing transaction, so that its duration reveals nothing.
    """
    key = address_key(address)
    with database.writing() as session:
        event, person, now = own_event(session), _newest(session, key), database_time(session)
        lately = [at for at in asked_at(session, key) if at > now - HOUR]
        if event is None or person is None or len(lately) >= budgets.RECORDS_AN_HOUR.most:
            return 0
        assert event.account_id is not None
        if is_suppressed(session, seal, event.account_id, key):
            return 0
        queue_to_address(session, event, RECORD_LINK, person.email)
        return 1


def asked_at(session: Session, key: str) -> Sequence[datetime]:
    """Return when links to a record of this address (`email_key`) were requested, from the mails
    that are kept."""
    own = own_event(session)
    of_address = Mail.kind == RECORD_LINK.name, func.lower(Mail.address) == key
    kept = select(Mail.created_at).where(Mail.event_id == (own.id if own else 0), *of_address)
    return session.scalars(kept.order_by(Mail.id)).all()


def open_record(session: Session, seal: Seal, key: str) -> tuple[str, Record]:
    """Return the address that the link with `key` was mailed to, and its record.

    Raises InvitationUnknown for a key that was never mailed, after a day, and if no person of the
    address is known any more.
    """
    mail = mail_of_key(session, seal, RECORD_LINK, key)
    is_over = mail.created_at + LASTS < database_time(session)
    if is_over or _newest(session, mail.address.lower()) is None:
        raise InvitationUnknown()
    return mail.address, record_of(session, mail.address, LISTED)


def language_of(session: Session, address: str, otherwise: str) -> Language:
    """Return the language for the person who was last known by the address; `otherwise` without
    one."""
    person = _newest(session, address.lower())
    if person is None:
        return language_for(None, otherwise)
    return language_spoken(person.columns, person.event.language)


def _newest(session: Session, key: str) -> Volunteer | None:
    found = select(Volunteer).join(Event).where(Volunteer.email_key == key, KNOWN)
    return session.scalar(found.where(ALIVE).order_by(Volunteer.id.desc()).limit(1))
