"""Connections to PostgreSQL that notice when the server closed them, and wait only `patience`.

Loaded only for such a database: the driver takes a fifth of a command's time to start.
"""

import select
import time
from typing import Any

import psycopg
from psycopg import Error, errors
from psycopg.abc import RV, PQGen
from psycopg.rows import TupleRow
from sqlalchemy import Engine, event
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry

from shared.storage.connections import PATIENCE

# Seconds after which firewalls may have forgotten a connection, so that nobody could say so.
_LONG_UNUSED = 30.0
_RETURNED_AT = "returned_at"


def notice_closed_connections(engine: Engine) -> None:
    """Let the engine's pool replace connections that the server closed.

    SQLAlchemy's `pool_pre_ping` asks the server each time, which takes a fifth of a preview's time
    there. A server that ends a connection says so unasked, even when it is killed.
    """

    @event.listens_for(engine, "checkin")
    def note_return(_: object, entry: ConnectionPoolEntry) -> None:
        entry.info[_RETURNED_AT] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def check(used: "psycopg.Connection[Any]", entry: ConnectionPoolEntry, _: object) -> None:
        returned_at = entry.info.get(_RETURNED_AT)
        if returned_at is None:
            return  # Opened a moment ago.
        if time.monotonic() - returned_at > _LONG_UNUSED:
            try:
                used.execute("SELECT 1")
                used.rollback()
            except Error:
                # The pool takes a new connection.
                raise InvalidatePoolError() from None
        # Something arrived unasked: usually that the connection ends.
        heard = select.poll()
        heard.register(used.fileno(), select.POLLIN)
        if heard.poll(0):
            raise InvalidatePoolError()


class PatientConnection(psycopg.Connection[TupleRow]):
    """A connection that waits for the server as long as `patience` says, by default forever.

    A server that was stopped, or whose machine is overloaded, keeps its connections open, which
    neither keepalives nor TCP's timeouts notice. Afterwards it is unknown whether the server will
    still carry out the last query, even a commit, so the connection is closed.
    """

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """Wait for an answer. Raises OperationalError if the server is silent for too long."""
        if timeout is not None:
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, PATIENCE.get())
        except errors._WaitTimeout:
            self.pgconn.finish()
            raise
