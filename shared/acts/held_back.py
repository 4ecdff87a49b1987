"""Mails that have not left: releasing those behind the first few, taking invitations back."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from shared.acts.act import Act, ConcludedAct, Lock, Turn
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


class Release(ConcludedAct):
    """Let the others leave after the first few."""

    action = Action.RELEASED
    unit = Mail
    lock = Lock.NONE

    def which(self, session: Session, event: Event) -> Sequence[ColumnElement[bool]]:
        return [Mail.state == MailState.HELD]

    def store(self, turn: Turn, ids: Sequence[int]) -> int:
        return transitions.released(turn.session, Mail.id.in_(ids))

    def conclude(self, session: Session, event: Event) -> None:
        event.first_few = []


class TakeBack(Act):
    """Cancel invitations and reminders that have not left."""

    unit = Mail
    lock = Lock.NONE

    def which(self, session: Session, event: Event) -> Sequence[ColumnElement[bool]]:
        return [may_be_taken_back(), Mail.state.in_(_NOT_SENT)]

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
        audit.record(session, Action.TAKEN_BACK, event_id, count=act.count(session, event))
    taken = run(database, act, event_id, progress=progress).done
    with database.writing() as session:
        event = event_for_change(session, event_id)
        # What was queued in the meantime.
        taken += cancel(session, event)
        if was_running:
            event.sending = Sending.RUNNING
    return taken
