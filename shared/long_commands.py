"""What an organizer commands for all mails of an event, in turns: others write between them."""

from collections.abc import Callable, Sequence
from typing import Any, cast

from sqlalchemy import CursorResult, Select, select, update
from sqlalchemy.orm import Session

from shared.database import Database
from shared.models import Mail, MailState
from shared.turns import turns

Told = Callable[[float], object]


def release_in_turns(database: Database, event_id: int, told: Told) -> int:
    """Send to the others, too, after the first few; how many. `told` hears which share is done."""
    held = select(Mail.id).where(Mail.event_id == event_id, Mail.state == MailState.HELD)
    return _in_turns(database, held.order_by(Mail.id), _release, told)


def _release(session: Session, ids: Sequence[int]) -> int:
    held = [Mail.id.in_(ids), Mail.state == MailState.HELD]
    released = update(Mail).where(*held).values(state=MailState.QUEUED)
    done = session.execute(released.execution_options(synchronize_session=False))
    return cast("CursorResult[Any]", done).rowcount


def _in_turns(
    database: Database,
    mails: Select[int],
    work: Callable[[Session, Sequence[int]], int],
    told: Told,
) -> int:
    """The sum of what `work` returns for some of these mails in each commit."""
    with database.reading() as session:
        ids = session.scalars(mails).all()
    count = done = 0
    for part in turns(ids):
        with database.writing() as session:
            count += work(session, part)
        done += len(part)
        told(done / len(ids))
    return count
