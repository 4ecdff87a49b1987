"""Connections to the database: which stays open for one user, and how long is waited for it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError


class KeptConnection:
    """One connection that stays open for one user at a time, who queries all the time: without a
    pool's overhead at every query (40 µs; `make bench`: getUserInfo, processor)."""

    def __init__(
        self, engine: Engine, is_over: Callable[[dict[Any, Any]], bool] | None = None
    ) -> None:
        """`is_over` is asked about what was noted when the connection was made (its pool entry's
        `info`)."""
        self._engine, self._is_over = engine, is_over
        self._connection: Connection | None = None

    @contextmanager
    def use(self) -> Iterator[Connection]:
        """The connection, opened if there is none; after an error the next one is new."""
        if self._connection and self._is_over and self._is_over(self._connection.connection.info):
            self.close()
        if self._connection is None:
            self._connection = self._engine.connect()
        try:
            yield self._connection
        except SQLAlchemyError:
            self.close()
            raise

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


# Seconds within which PostgreSQL has to answer; None: it is waited for forever.
PATIENCE: ContextVar[float | None] = ContextVar("patience", default=None)


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    """Within the block, and in threads that share its context, each query to PostgreSQL is answered
    within this many seconds, or fails as unanswered."""
    before = PATIENCE.set(seconds)
    try:
        yield
    finally:
        PATIENCE.reset(before)
