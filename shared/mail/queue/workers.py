"""Which workers are running to send what is queued."""

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shared.storage.database import database_time
from shared.storage.models import Worker

# A worker's heartbeat comes every few seconds.
_SILENCE = timedelta(seconds=20)


def running_workers(session: Session) -> int:
    """How many workers had a recent heartbeat."""
    since = database_time(session) - _SILENCE
    return session.scalars(select(func.count()).where(Worker.seen_at >= since)).one()
