"""Stops of an event's mails until a person continues: the organizer's own, and the hold after a
database was restored or moved.

A copy does not know what was sent after it was made. For each event a person decides whether its
waiting mails were sent then, are sent again, or are asked about one by one.
"""

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session, object_session

from shared.errors import MailsHeld
from shared.log import audit
from shared.mail.accounts.health import clear_trouble
from shared.mail.queue.reasons import HELD_SINCE, is_held
from shared.storage.clock import database_time
from shared.storage.database import Database
from shared.storage.models import ALIVE, NOT_SENT, Action, Event, Mail, Owner, Sending


def pause(event: Event) -> None:
    """Stop every mail of the event that is not yet being handed over."""
    event.sending = Sending.STOPPED
    if session := object_session(event):
        audit.record(session, Action.STOPPED, event.id)


def resume(event: Event) -> None:
    """End the organizer's own stop, or if there is none the server's, for the whole account.

    A pause that the server requested continues after the organizer's own stop. Raises MailsHeld.
    """
    session, account = object_session(event), event.live_account
    if session and (held := count_held(session, event.id)):
        raise MailsHeld(count=held, event_id=event.id)
    was_stopped = event.sending is Sending.STOPPED
    event.sending = Sending.RUNNING
    if session is None:
        return
    audit.record(session, Action.RESUMED, event.id)
    if account and (account.needs_fixing or not was_stopped):
        # Locked and refreshed: an answer may have come in the meantime.
        session.refresh(account, with_for_update=True)
        clear_trouble(account)


def hold(session: Session) -> None:
    """Hold the mails of all existing events until a person has decided."""
    owner = session.get_one(Owner, 1, with_for_update=True)
    owner.held_at = database_time(session)
    audit.record(session, Action.MAILS_HELD, None)


def end_where_nothing_waits(database: Database) -> None:
    """End the hold of events with no mail to decide about."""
    over = [is_held(), ~_has_waiting()]
    with database.reading() as session:
        if session.scalar(select(Owner.held_at)) is None:
            return
        events = session.scalars(select(Event.id).where(*over)).all()
    if events:
        with database.writing() as session:
            ended = update(Event).where(Event.id.in_(events), *over)
            session.execute(ended.values(hold_ended_at=database_time(session)))


def is_any_held(session: Session) -> bool:
    """Return whether a person still has to decide about waiting mails of any event."""
    if session.scalar(select(Owner.held_at)) is None:
        return False
    held = select(Event.id).where(is_held(), ALIVE, _has_waiting())
    return session.scalar(held.limit(1)) is not None


def count_held(session: Session, event_id: int) -> int:
    """Return about how many waiting mails of the event a person still has to decide."""
    if session.scalar(select(Event.id).where(Event.id == event_id, is_held())) is None:
        return 0
    waiting = select(func.count()).select_from(Mail).where(*waits(), Mail.event_id == event_id)
    return session.scalars(waiting).one()


def _has_waiting() -> ColumnElement[bool]:
    waiting = select(Mail.id).where(*waits(), Mail.event_id == Event.id).limit(1)
    return waiting.correlate(Event).scalar_subquery().is_not(None)


def waits() -> list[ColumnElement[bool]]:
    """Return the condition on mails to people from before the restore that had not been sent by
    then."""
    return [Mail.state.in_(NOT_SENT), Mail.volunteer_id.is_not(None), Mail.created_at < HELD_SINCE]
