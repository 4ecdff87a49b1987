"""Opting out of invitations and reminders, by one click (RFC 8058).

It is for all events that send from the same account, which is one sender to a person.
"""

import hmac
from base64 import urlsafe_b64encode
from typing import TypeVar

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from shared.errors import InvitationUnknown
from shared.mail.accounts import suppressions
from shared.mail.kinds.registry import is_one
from shared.mail.queue import transitions
from shared.storage.clock import database_time
from shared.storage.models import ALIVE, Base, Event, Mail, Suppression, Volunteer
from shared.storage.models.volunteer import OPTED_OUT
from shared.storage.sealing.tokens import Seal
from shared.storage.traits import holds

Row = TypeVar("Row", bound=Base)
_PURPOSE = b"end reminders"
_LARGEST_ID = 2**31 - 1


def opt_out_key(volunteer_id: int, token: str) -> str:
    """Return the key that unsubscribes the person with the link of `token`, and opens nothing else.

    It is derived from the token, irreversibly, so it is valid as long as the link, even if keys are
    rotated.
    """
    proof = hmac.digest(token.encode(), _PURPOSE, "sha256")
    return f"{volunteer_id}-{urlsafe_b64encode(proof).decode().rstrip('=')}"


def row_of_key(session: Session, table: type[Row], key: str) -> Row | None:
    """Return the row with whose number a key begins, as `number-proof`; the proof is not
    checked."""
    number = key.partition("-")[0]
    is_number = number.isascii() and number.isdecimal() and len(number) < 11
    return session.get(table, int(number)) if is_number and int(number) <= _LARGEST_ID else None


def find_by_key(session: Session, seal: Seal, key: str) -> Volunteer:
    """Return the person whom this key unsubscribes. Raises InvitationUnknown."""
    volunteer = row_of_key(session, Volunteer, key)
    if volunteer is None or volunteer.token is None or not holds(ALIVE, volunteer.event):
        raise InvitationUnknown()
    expected = opt_out_key(volunteer.id, seal.open_token(volunteer.token))
    if not hmac.compare_digest(expected.encode(), key.encode(errors="replace")):
        raise InvitationUnknown()
    return volunteer


def end_reminders(session: Session, seal: Seal, key: str) -> Volunteer:
    """Unsubscribe the person of this key from invitations and reminders, waiting ones included, and
    return them. Repeating it changes nothing.

    Messages that they ask for, and their certificate, are still mailed. Raises InvitationUnknown.
    """
    volunteer = find_by_key(session, seal, key)
    if not holds(OPTED_OUT, volunteer):
        at, account = database_time(session), volunteer.event.account_id
        own = theirs = Volunteer.id == volunteer.id
        if account is not None:
            same_sender = select(Event.id).where(Event.account_id == account)
            address = Volunteer.email_key == volunteer.email_key
            theirs = and_(Volunteer.event_id.in_(same_sender), address)
        rows_of = select(Volunteer.id).where(theirs)
        # Mails before people, as when an outcome is settled, so that the two never deadlock.
        opted_out_of = is_one(lambda kind: kind.may_opt_out)
        transitions.taken_back(session, Mail.volunteer_id.in_(rows_of), opted_out_of)
        if account is None:
            suppressions.mark(session, Suppression.OPTED_OUT, at, own)
        else:
            key_of = [volunteer.email_key]
            suppressions.suppress(session, seal, account, key_of, Suppression.OPTED_OUT, at)
        session.refresh(volunteer)
    return volunteer
