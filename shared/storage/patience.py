"""How long queries to PostgreSQL wait for a silent server.

A server that was stopped, or whose machine is overloaded, keeps its connections open: neither
keepalives nor TCP's own timeouts notice that nothing works behind them.
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
    """Within the block, and in threads that share its context, each query to PostgreSQL is answered
    within this many seconds, or fails as unanswered."""
    before = _seconds.set(seconds)
    try:
        yield
    finally:
        _seconds.reset(before)


class PatientConnection(Connection[TupleRow]):
    """Waits as long as `patience` says, and without it forever.

    After that it is unknown whether the server still carries out the last query, even a commit, so
    the connection is closed.
    """

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """Raises OperationalError if the server was silent for too long."""
        if timeout is not None:
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, _seconds.get())
        except errors._WaitTimeout:
            self.pgconn.finish()
            raise
