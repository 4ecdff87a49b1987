"""How a database says that it will find the rows of a statement."""

import re
from collections.abc import Callable

from sqlalchemy import Engine, event

from shared.storage.database import Database

_FULL = re.compile(
    r"SCAN (?:mail|volunteer|attempt)\b|Seq Scan on (?:mail|volunteer|attempt)\b", re.IGNORECASE
)

# A statement of which SQLite looks at pages only, not at each row.
_COUNTS_A_TABLE = re.compile(r"SELECT count\(\*\) AS \w+\s+FROM \w+\s+SCAN ")


def plans(database: Database, work: Callable[[], object]) -> list[str]:
    """The plan of each statement on rows that `work` runs, as the database would keep it."""
    return [_plan(database.engine, *each) for each in _statements(database, work)]


def operations(database: Database, work: Callable[[], object]) -> list[str]:
    """What SQLite does for the statements that `work` runs, step by step."""
    with database.engine.connect() as connection:
        return [
            step[1]
            for statement, parameters in _statements(database, work)
            for step in connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)
        ]


def _statements(database: Database, work: Callable[[], object]) -> list[tuple[str, object]]:
    statements: list[tuple[str, object]] = []

    def note(connection, cursor, statement, parameters, context, executemany):
        if statement.startswith(("SELECT", "UPDATE", "WITH")) and not executemany:
            statements.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
    return statements


def full_scans(database: Database, work: Callable[[], object]) -> list[str]:
    """The plans that go through all rows of a table that grows with the list."""
    found = [plan for plan in plans(database, work) if _FULL.search(plan)]
    return [one for one in found if not database.is_sqlite or not _COUNTS_A_TABLE.match(one)]


def _plan(engine: Engine, statement: str, parameters: object) -> str:
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            return "\n".join([statement, *(row[-1] for row in rows)])
        # A plan that is kept knows no values, so it must serve whatever they are.
        numbered = _with_numbers(statement)
        rows = connection.exec_driver_sql(f"EXPLAIN (GENERIC_PLAN) {numbered}")
        return "\n".join([statement, *(row[0] for row in rows)])


def _with_numbers(statement: str) -> str:
    """`%(name)s` as `$1`: PostgreSQL's own way to leave a value open."""
    names: list[str] = []

    def number(found: re.Match[str]) -> str:
        if found[1] not in names:
            names.append(found[1])
        return f"${names.index(found[1]) + 1}"

    return re.sub(r"%\((\w+)\)s", number, statement)
