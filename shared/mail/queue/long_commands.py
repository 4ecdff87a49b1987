"""What an organizer commands for all mails of an event, in turns: others write between them.

Each turn is committed whole. What is interrupted has done a part, and the same command again does
the rest and nothing twice.
"""

from collections.abc import Callable, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from shared.events import event_for_change
from shared.mail.kinds.registry import Kind, may_be_taken_back
from shared.mail.queue import transitions
from shared.mail.queue.enqueue import enqueue, people_lacking
from shared.mail.queue.failed_mails import people_to_retry, retry_failed
from shared.storage.database import Database
from shared.storage.models import Event, Mail, MailState
from shared.storage.turns import turns

Told = Callable[[float], object]
Work = Callable[[Session, Sequence[int]], int]

_NOT_SENT = (MailState.HELD, MailState.QUEUED, MailState.SENDING)


def in_turns(database: Database, rows: Select[int], work: Work, told: Told) -> int:
    """The sum of what `work` returns for some of these rows, by their ids, in each commit.

    `told` hears again and again which share is done.
    """
    with database.reading() as session:
        ids = session.scalars(rows).all()
    count = done = 0
    for turn, part in enumerate(turns(ids), start=1):
        with database.writing() as session:
            count += work(session, part)
        done += len(part)
        told(done / len(ids))
        database.look_at_growth(turn)
    return count


def enqueue_in_turns(database: Database, event_id: int, kind: Kind, told: Told) -> int:
    """Queue a message of this kind for all who lack one; how many. Raises EventUnknown."""

    def enqueue_some(session: Session, ids: Sequence[int]) -> int:
        return enqueue(session, event_for_change(session, event_id), kind, ids)

    with database.reading() as session:
        lacking = people_lacking(session.get_one(Event, event_id), kind)
    return in_turns(database, lacking, enqueue_some, told)


def release_in_turns(database: Database, event_id: int, told: Told) -> int:
    """Send to the others, too, after the first few; how many."""
    held = select(Mail.id).where(Mail.event_id == event_id, Mail.state == MailState.HELD)
    return in_turns(database, held.order_by(Mail.id), _release, told)


def _release(session: Session, ids: Sequence[int]) -> int:
    return transitions.released(session, Mail.id.in_(ids))


def retry_in_turns(database: Database, event_id: int, told: Told) -> int:
    """Queue all failed mails of the event again; how many. Raises EventUnknown."""

    def retry(session: Session, ids: Sequence[int]) -> int:
        event_for_change(session, event_id)
        return retry_failed(session, event_id, ids)

    return in_turns(database, people_to_retry(event_id), retry, told)


def take_back_in_turns(database: Database, event_id: int, told: Told) -> int:
    """Take back the event's invitations and reminders that have not left; how many."""

    def take_some_back(session: Session, ids: Sequence[int]) -> int:
        return transitions.taken_back(session, Mail.id.in_(ids))

    return in_turns(database, waiting_invitations(event_id), take_some_back, told)


def waiting_invitations(event_id: int) -> Select[int]:
    """The ids of the event's invitations and reminders that have not left."""
    of_event = [Mail.event_id == event_id, may_be_taken_back()]
    return select(Mail.id).where(*of_event, Mail.state.in_(_NOT_SENT)).order_by(Mail.id)
