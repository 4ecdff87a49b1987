"""Mails that have not left: releasing those behind the first few, taking invitations back."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from shared.acts.act import Act, Lock, Turn
from shared.acts.run import run
from shared.events import event_for_change
from shared.log import audit
from shared.log.actor import Actor
from shared.mail.kinds.registry import may_be_taken_back
from shared.mail.queue import transitions
from shared.mail.queue.controls import cancel
from shared.storage.database import Database
from shared.storage.models import Action, Event, Mail, MailState, Sending
from shared.storage.turns import Progress, unseen

_NOT_SENT = (MailState.HELD, MailState.QUEUED, MailState.SENDING)


class Release(Act):
    """Let the others leave after the first few."""

    action = Action.RELEASED
    lock = Lock.NONE

    def whom(self, session: Session, event: Event) -> Select[int]:
        held = select(Mail.id).where(Mail.event_id == event.id, Mail.state == MailState.HELD)
        return held.order_by(Mail.id)

    def store(self, turn: Turn, ids: Sequence[int]) -> int:
        return transitions.released(turn.session, Mail.id.in_(ids))


def release(
    database: Database, event_id: int, *, by: Actor | None = None, progress: Progress = unseen
) -> int:
    """Release the others after the first few; returns how many."""
    count = run(database, Release(), event_id, by=by, progress=progress).done
    with database.writing() as session:
        event_for_change(session, event_id).first_few = []
    return count


class TakeBack(Act):
    """Cancel invitations and reminders that have not left."""

    lock = Lock.NONE

    def whom(self, session: Session, event: Event) -> Select[int]:
        of_event = [Mail.event_id == event.id, may_be_taken_back()]
        return select(Mail.id).where(*of_event, Mail.state.in_(_NOT_SENT)).order_by(Mail.id)

    def store(self, turn: Turn, ids: Sequence[int]) -> int:
        return transitions.taken_back(turn.session, Mail.id.in_(ids))


def take_back_invitations(
    database: Database, event_id: int, *, by: Actor | None = None, progress: Progress = unseen
) -> int:
    """Stop the event's sending, then cancel what has not left; returns how many mails.

    It is stopped in a commit of its own, since cancelling a long list takes seconds in which
    nothing may leave. Promised certificates leave afterwards, unless the organizer had already
    stopped everything; after an interruption, it stays stopped. Raises EventUnknown.
    """
    act = TakeBack()
    with database.writing(by=by) as session:
        event = event_for_change(session, event_id)
        was_running = event.sending is Sending.RUNNING
        event.sending = Sending.STOPPED
        waiting = act.whom(session, event).order_by(None).subquery()
        count = session.scalar(select(func.count()).select_from(waiting))
        audit.record(session, Action.TAKEN_BACK, event_id, count=count)
    taken = run(database, act, event_id, progress=progress).done
    with database.writing() as session:
        event = event_for_change(session, event_id)
        # What was queued in the meantime.
        taken += cancel(session, event)
        if was_running:
            event.sending = Sending.RUNNING
    return taken
