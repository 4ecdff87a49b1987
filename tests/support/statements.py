"""The statements that a database is given."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from shared.storage.database import Database


@contextmanager
def statements_of(database: Database) -> Iterator[list[str]]:
    """What is run within it, in order, by any thread."""
    run: list[str] = []

    def note(connection, cursor, statement, parameters, context, executemany):
        run.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield run
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
