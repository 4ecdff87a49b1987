"""An organizer's control over the sending of an event: stop, continue, cancel."""

from sqlalchemy.orm import Session, object_session

from shared.log import audit
from shared.mail.accounts.health import clear_trouble
from shared.mail.kinds.registry import may_be_taken_back
from shared.mail.queue import transitions
from shared.storage.models import Action, Event, Mail, Sending


def pause(event: Event) -> None:
    """Hold every mail of the event that is not yet being handed over."""
    event.sending = Sending.STOPPED
    if session := object_session(event):
        audit.record(session, Action.STOPPED, event.id)


def resume(event: Event) -> None:
    """Continue after the organizer's own stop, or else after the server's, for the whole account.

    Ending the organizer's own stop does not end a pause requested by the server.
    """
    was_stopped = event.sending is Sending.STOPPED
    event.sending = Sending.RUNNING
    session, account = object_session(event), event.live_account
    if session is None:
        return
    audit.record(session, Action.RESUMED, event.id)
    if account and (account.needs_fixing or not was_stopped):
        # Locked and refreshed: an answer may have come in the meantime.
        session.refresh(account, with_for_update=True)
        clear_trouble(account)


def cancel(session: Session, event: Event) -> int:
    """Cancel invitations and reminders that have not left; returns how many.

    People in status 0 can be invited again. Promised certificates still leave.
    """
    return transitions.taken_back(session, Mail.event_id == event.id, may_be_taken_back())
