"""An organizer's commands for all mails of an event, in turns between which others can write.

Each turn is committed as a whole. After an interruption, the same command again does the rest and
nothing twice.
"""

from collections.abc import Callable, Sequence
from functools import partial

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from shared.events import event_for_change
from shared.log import audit
from shared.log.actor import Actor
from shared.mail.kinds.registry import Kind, may_be_taken_back
from shared.mail.queue import transitions
from shared.mail.queue.enqueue import enqueue, people_lacking
from shared.mail.queue.failed_mails import people_to_retry, retry_failed
from shared.storage.database import Database
from shared.storage.models import Action, Event, Mail, MailState
from shared.storage.turns import turns

Told = Callable[[float], object]
Work = Callable[[Session, Sequence[int]], int]
# Called before the first turn with the number of rows.
Begin = Callable[[int], object]

_NOT_SENT = (MailState.HELD, MailState.QUEUED, MailState.SENDING)


def in_turns(
    database: Database,
    rows: Select[int],
    work: Work,
    told: Told = lambda _: None,
    begin: Begin = lambda _: None,
) -> int:
    """The sum of what `work` returns for some of these rows, by their ids, in each commit.

    `told` is called repeatedly with the share that is done.
    """
    with database.reading() as session:
        ids = session.scalars(rows).all()
    begin(len(ids))
    count = done = 0
    for turn, part in enumerate(turns(ids), start=1):
        with database.writing() as session:
            count += work(session, part)
        done += len(part)
        told(done / len(ids))
        database.look_at_growth(turn)
    return count


def enqueue_in_turns(
    database: Database, event_id: int, kind: Kind, told: Told, by: Actor | None = None
) -> int:
    """Queue a message of this kind for everybody who lacks one; returns how many. Raises
    EventUnknown."""

    def enqueue_some(session: Session, ids: Sequence[int]) -> int:
        return enqueue(session, event_for_change(session, event_id), kind, ids)

    with database.reading() as session:
        lacking = people_lacking(session.get_one(Event, event_id), kind)
    begin = partial(audit.begin, database, by, Action.QUEUED, event_id, fields=[kind.name])
    return in_turns(database, lacking, enqueue_some, told, begin)


def release_in_turns(database: Database, event_id: int, told: Told, by: Actor | None = None) -> int:
    """Release the others after the first few; returns how many."""
    held = select(Mail.id).where(Mail.event_id == event_id, Mail.state == MailState.HELD)
    begin = partial(audit.begin, database, by, Action.RELEASED, event_id)
    count = in_turns(database, held.order_by(Mail.id), _release, told, begin)
    with database.writing() as session:
        event_for_change(session, event_id).first_few = []
    return count


def _release(session: Session, ids: Sequence[int]) -> int:
    return transitions.released(session, Mail.id.in_(ids))


def retry_in_turns(database: Database, event_id: int, told: Told, by: Actor | None = None) -> int:
    """Queue all failed mails of the event again; returns how many. Raises EventUnknown."""

    def retry(session: Session, ids: Sequence[int]) -> int:
        event_for_change(session, event_id)
        return retry_failed(session, event_id, ids)

    begin = partial(audit.begin, database, by, Action.RETRIED, event_id)
    return in_turns(database, people_to_retry(event_id), retry, told, begin)


def take_back_in_turns(database: Database, event_id: int, told: Told) -> int:
    """Cancel the event's invitations and reminders that have not left; returns how many."""

    def take_some_back(session: Session, ids: Sequence[int]) -> int:
        return transitions.taken_back(session, Mail.id.in_(ids))

    return in_turns(database, waiting_invitations(event_id), take_some_back, told)


def count_to_take_back(session: Session, event_id: int) -> int:
    waiting = waiting_invitations(event_id).order_by(None).subquery()
    return session.scalars(select(func.count()).select_from(waiting)).one()


def waiting_invitations(event_id: int) -> Select[int]:
    """The ids of the event's invitations and reminders that have not left."""
    of_event = [Mail.event_id == event_id, may_be_taken_back()]
    return select(Mail.id).where(*of_event, Mail.state.in_(_NOT_SENT)).order_by(Mail.id)
