"""An organizer's word over the sending of an event: stop, go on, take back."""

from sqlalchemy.orm import Session, object_session

from shared.events import audit, event_for_change
from shared.events.actor import Actor
from shared.mail.accounts.health import clear_trouble
from shared.mail.kinds.registry import may_be_taken_back
from shared.mail.queue import transitions
from shared.mail.queue.long_commands import Told, count_to_take_back, take_back_in_turns
from shared.storage.database import Database
from shared.storage.models import Action, Event, Mail, Sending


def pause(event: Event) -> None:
    """Hold every mail of the event that is not yet being handed over."""
    event.sending = Sending.STOPPED
    if session := object_session(event):
        audit.record(session, Action.STOPPED, event.id)


def resume(event: Event) -> None:
    """Go on after the organizer's own stop, or else after the server's: for the whole account.

    A pause that the server asked for outlasts the end of the organizer's own.
    """
    was_stopped = event.sending is Sending.STOPPED
    event.sending = Sending.RUNNING
    session, account = object_session(event), event.live_account
    if session is None:
        return
    audit.record(session, Action.RESUMED, event.id)
    if account and (account.needs_fixing or not was_stopped):
        # Locked, and as it is now: an answer may have come meanwhile.
        session.refresh(account, with_for_update=True)
        clear_trouble(account)


def cancel(session: Session, event: Event) -> int:
    """Take back invitations and reminders that have not left; how many.

    Who is in status 0 can be invited again. Certificates that were promised still leave.
    """
    return transitions.taken_back(session, Mail.event_id == event.id, may_be_taken_back())


def take_back_invitations(
    database: Database, event_id: int, told: Told = lambda _: None, by: Actor | None = None
) -> int:
    """Stop the event's sending, and then take back what has not left; how many mails.

    Stopped in a commit of its own, since a long list takes seconds to take back, in which nothing
    may get away. Certificates that were promised leave afterwards, unless the organizer had
    stopped everything before; interrupted, it stays stopped. Raises EventUnknown.
    """
    with database.writing(by=by) as session:
        event = event_for_change(session, event_id)
        was_running = event.sending is Sending.RUNNING
        event.sending = Sending.STOPPED
        waiting = count_to_take_back(session, event_id)
        audit.record(session, Action.TAKEN_BACK, event_id, count=waiting)
    taken = take_back_in_turns(database, event_id, told)
    with database.writing() as session:
        event = event_for_change(session, event_id)
        # What was queued meanwhile.
        taken += cancel(session, event)
        if was_running:
            event.sending = Sending.RUNNING
    return taken
