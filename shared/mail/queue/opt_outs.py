"""People who want no more reminders: one click ends them (RFC 8058).

They end in all events that send from the same account, which is one sender to a person.
"""

import hmac
from base64 import urlsafe_b64encode

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from shared.errors import InvitationUnknown
from shared.mail.kinds.registry import is_one
from shared.mail.queue import transitions
from shared.storage.database import database_time
from shared.storage.models import Event, Mail, Volunteer
from shared.storage.sealing.tokens import Seal

_PURPOSE = b"end reminders"
_LARGEST_ID = 2**31 - 1


def opt_out_key(volunteer_id: int, token: str) -> str:
    """The key that ends the reminders of the person with the link of `token`, and opens nothing
    else.

    It is derived from the token, irreversibly, so it is valid as long as the link, even if keys are
    rotated.
    """
    proof = hmac.digest(token.encode(), _PURPOSE, "sha256")
    return f"{volunteer_id}-{urlsafe_b64encode(proof).decode().rstrip('=')}"


def find_by_key(session: Session, seal: Seal, key: str) -> Volunteer:
    """The person whose reminders this key ends. Raises InvitationUnknown."""
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
    """Let no more reminders leave, including waiting ones. Repeating it changes nothing.

    Raises InvitationUnknown.
    """
    volunteer = find_by_key(session, seal, key)
    if volunteer.reminders_ended_at is None:
        # Mails before their person, as when an outcome is settled, so that the two never deadlock.
        opted_out_of = is_one(lambda kind: kind.may_opt_out)
        # The ids of the same person in all events that send from this event's account.
        account = volunteer.event.account_id
        same_sender = select(Event.id).where(Event.account_id == account)
        elsewhere = and_(
            Volunteer.event_id.in_(same_sender), Volunteer.email_key == volunteer.email_key
        )
        own = Volunteer.id == volunteer.id
        rows_of = select(Volunteer.id).where(own if account is None else or_(own, elsewhere))
        transitions.taken_back(session, Mail.volunteer_id.in_(rows_of), opted_out_of)
        volunteer.reminders_ended_at = database_time(session)
        session.flush()
    return volunteer


def count_ended(session: Session, event: Event) -> int:
    """How many of the event's people have ended their reminders, here or by the same account."""
    return session.scalars(select(func.count()).select_from(Volunteer).where(*_ended(event))).one()


def ended_page(
    session: Session, event: Event, *, page: int = 1, page_size: int = 50
) -> list[Volunteer]:
    """One page of them, in the order of the list; `page` counts from 1."""
    ended = select(Volunteer).where(*_ended(event))
    shown = ended.order_by(Volunteer.id).limit(page_size).offset((max(page, 1) - 1) * page_size)
    return list(session.scalars(shown))


def _ended(event: Event) -> list[ColumnElement[bool]]:
    """Found from the few who have ended any, not from the list."""
    other = aliased(Volunteer)
    same_sender: ColumnElement[bool] = Event.id == event.id
    if event.account_id is not None:
        same_sender = or_(same_sender, Event.account_id == event.account_id)
    keys = select(other.email_key).where(
        other.reminders_ended_at.is_not(None),
        other.event_id.in_(select(Event.id).where(same_sender)),
    )
    return [Volunteer.event_id == event.id, Volunteer.email_key.in_(keys)]
