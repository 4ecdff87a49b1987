"""A disk without room: SQLite may not let its file grow, and says what it says of a full disk."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from shared.storage.database import Database

_NO_LIMIT = 2**31


@contextmanager
def full_disk(database: Database) -> Iterator[None]:
    """While the block lasts, the database's file does not grow."""
    engine = database.engine
    limit = [1]

    def bound(connection: Any, *_: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {limit[0]}")

    event.listen(engine, "checkout", bound)
    engine.dispose()
    try:
        yield
    finally:
        limit[0] = _NO_LIMIT
        engine.dispose()
        event.remove(engine, "checkout", bound)
