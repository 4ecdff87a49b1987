"""How long whoever asks PostgreSQL waits for a server that does not say a word.

A server that was stopped, or whose machine is out of breath, keeps its connections open: neither
keepalives nor TCP's own time-outs see that nobody is at work behind them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from psycopg import Connection, errors
from psycopg.abc import RV, PQGen
from psycopg.rows import TupleRow

_seconds: ContextVar[float | None] = ContextVar("patience", default=None)


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    """Within the block, and in threads that it starts by its context, each question to PostgreSQL
    is answered after so many seconds, or fails as one that the server never answered."""
    before = _seconds.set(seconds)
    try:
        yield
    finally:
        _seconds.reset(before)


class PatientConnection(Connection[TupleRow]):
    """Waits as long as `patience` says, and without it for ever.

    Whether the server still does what it was asked for last is unknown then, also for a commit,
    so that the connection is closed.
    """

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """Raises OperationalError when the server was silent for too long."""
        if timeout is not None:
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, _seconds.get())
        except errors._WaitTimeout:
            self.pgconn.finish()
            raise
