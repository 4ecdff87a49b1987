"""People who want no reminders of an event any more: one click ends them (RFC 8058)."""

import hmac
from base64 import urlsafe_b64encode

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shared.errors import InvitationUnknown
from shared.mail.kinds.registry import is_one
from shared.mail.queue import transitions
from shared.storage.database import database_time
from shared.storage.models import Event, Mail, Volunteer
from shared.storage.partial_indexes import ENDED_REMINDERS, asked
from shared.storage.sealing.tokens import Seal

_PURPOSE = b"end reminders"
_LARGEST_ID = 2**31 - 1


def opt_out_key(volunteer_id: int, token: str) -> str:
    """What ends the reminders of who has the personal link with `token`, and opens nothing else.

    Derived from the token, from which nobody comes back to it: it lives as long as the link,
    whatever becomes of the keys.
    """
    proof = hmac.digest(token.encode(), _PURPOSE, "sha256")
    return f"{volunteer_id}-{urlsafe_b64encode(proof).decode().rstrip('=')}"


def find_by_key(session: Session, seal: Seal, key: str) -> Volunteer:
    """Whose reminders this key ends. Raises InvitationUnknown."""
    number = key.partition("-")[0]
    known = number.isascii() and number.isdecimal() and len(number) < 11
    volunteer = None
    if known and int(number) <= _LARGEST_ID:
        volunteer = session.get(Volunteer, int(number))
    if volunteer is None or volunteer.token is None or volunteer.event.deleted_at is not None:
        raise InvitationUnknown()
    expected = opt_out_key(volunteer.id, seal.open_token(volunteer.token))
    if not hmac.compare_digest(expected.encode(), key.encode(errors="replace")):
        raise InvitationUnknown()
    return volunteer


def end_reminders(session: Session, seal: Seal, key: str) -> Volunteer:
    """No reminder leaves any more, the waiting ones neither. Again it changes nothing.

    Raises InvitationUnknown.
    """
    volunteer = find_by_key(session, seal, key)
    if volunteer.reminders_ended_at is None:
        volunteer.reminders_ended_at = database_time(session)
        session.flush()
        opted_out_of = is_one(lambda kind: kind.may_opt_out)
        transitions.taken_back(session, Mail.volunteer_id == volunteer.id, opted_out_of)
    return volunteer


def count_ended(session: Session, event: Event) -> int:
    """How many of the event's people have ended their reminders."""
    ended = select(func.count()).select_from(Volunteer)
    return session.scalars(
        ended.where(Volunteer.event_id == event.id, asked(ENDED_REMINDERS))
    ).one()


def ended_page(
    session: Session, event: Event, *, page: int = 1, page_size: int = 50
) -> list[Volunteer]:
    """One page of them, in the order of the list; `page` counts from 1."""
    ended = select(Volunteer).where(Volunteer.event_id == event.id, asked(ENDED_REMINDERS))
    shown = ended.order_by(Volunteer.id).limit(page_size).offset((max(page, 1) - 1) * page_size)
    return list(session.scalars(shown))
