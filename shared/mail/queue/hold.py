"""What holds an event's mails until a person says otherwise: the organizer's stop, and a database
that was restored or moved.

What left after a copy was made is not in it. For each event a person decides whether its waiting
mails left then, go out again, or are asked about one by one.
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
    """Hold every mail of the event that is not yet being handed over."""
    event.sending = Sending.STOPPED
    if session := object_session(event):
        audit.record(session, Action.STOPPED, event.id)


def resume(event: Event) -> None:
    """Continue after the organizer's own stop, or else after the server's, for the whole account.

    Ending the organizer's own stop does not end a pause requested by the server. Raises MailsHeld.
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
    """From now on, no mail of the events that exist leaves until a person has decided."""
    owner = session.get_one(Owner, 1, with_for_update=True)
    owner.held_at = database_time(session)
    audit.record(session, Action.MAILS_HELD, None)


def end_where_nothing_waits(database: Database) -> None:
    """End the hold of events about which there is nothing to decide (any more)."""
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
    """Whether a person still has to decide about waiting mails of any event."""
    if session.scalar(select(Owner.held_at)) is None:
        return False
    held = select(Event.id).where(is_held(), ALIVE, _has_waiting())
    return session.scalar(held.limit(1)) is not None


def count_held(session: Session, event_id: int) -> int:
    """About how many waiting mails of the event a person still has to decide."""
    if session.scalar(select(Event.id).where(Event.id == event_id, is_held())) is None:
        return 0
    waiting = select(func.count()).select_from(Mail).where(*waits(), Mail.event_id == event_id)
    return session.scalars(waiting).one()


def _has_waiting() -> ColumnElement[bool]:
    one = select(Mail.id).where(*waits(), Mail.event_id == Event.id).limit(1)
    return one.correlate(Event).scalar_subquery().is_not(None)


def waits() -> list[ColumnElement[bool]]:
    """Mails to people, from before the restore, that had not left by then."""
    return [Mail.state.in_(NOT_SENT), Mail.volunteer_id.is_not(None), Mail.created_at < HELD_SINCE]
