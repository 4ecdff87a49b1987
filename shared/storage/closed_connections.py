"""Connections of the pool that the server has closed are noticed before they are used.

SQLAlchemy's `pool_pre_ping` asks the server each time, a fifth of what a preview waits for it. A
server that ends a connection says so by itself, even when it is killed.
"""

import select
import time
from typing import Any, cast

from psycopg import Connection, Error
from sqlalchemy import Engine, event
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry

# Seconds after which firewalls may have forgotten a connection, so that nobody could say so.
_LONG_UNUSED = 30.0
_RETURNED_AT = "returned_at"


def notice_closed_connections(engine: Engine) -> None:
    """From now on the engine's pool opens new connections in place of those that were closed."""
    event.listen(engine, "checkin", _note_return)
    event.listen(engine, "checkout", _check)


def _note_return(_: object, entry: ConnectionPoolEntry) -> None:
    entry.info[_RETURNED_AT] = time.monotonic()


def _check(connection: Any, entry: ConnectionPoolEntry, _: object) -> None:
    """Raises InvalidatePoolError: the pool takes a new connection."""
    returned_at = entry.info.get(_RETURNED_AT)
    if returned_at is None:
        return  # Opened a moment ago.
    used = cast("Connection[Any]", connection)
    is_forgotten = time.monotonic() - returned_at > _LONG_UNUSED and not _answers(used)
    if is_forgotten or _has_heard(used):
        raise InvalidatePoolError()


def _has_heard(connection: "Connection[Any]") -> bool:
    """Whether something came that nobody asked for: usually that it ends."""
    heard = select.poll()
    heard.register(connection.fileno(), select.POLLIN)
    return bool(heard.poll(0))


def _answers(connection: "Connection[Any]") -> bool:
    try:
        connection.execute("SELECT 1")
        connection.rollback()
    except Error:
        return False
    return True
