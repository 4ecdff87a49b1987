"""The clock by which everything that is stored is dated."""

from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session


def database_time(session: Session) -> datetime:
    """Return the time of the database's clock, which workers on many machines share.

    For SQLite, which is on one machine, it is this machine's.
    """
    if session.get_bind().dialect.name == "sqlite":
        return datetime.now(UTC)
    time: datetime = session.scalars(select(func.clock_timestamp())).one()
    return time.astimezone(UTC)
