"""What can still be found about somebody: in every table, and in the bytes of SQLite's files."""

from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from shared.storage.database import Database


def traces(database: Database, facts: Iterable[str]) -> list[tuple[str, str]]:
    """Where which of the facts stands, in capitals or not: tables and files by their names."""
    places, sought = _tables(database) | _files(database), list(facts)
    return [
        (place, fact)
        for place, content in places.items()
        for fact in sought
        if any(form in content for form in _forms(fact))
    ]


def _forms(fact: str) -> set[bytes]:
    """As it is stored, and as JSON escapes it."""
    return {fact.lower().encode(), fact.lower().encode("unicode_escape")}


def _tables(database: Database) -> dict[str, bytes]:
    """All rows of each table, as a dump has them; the index for searching among them."""
    tables = set(inspect(database.engine).get_table_names())
    found = {}
    with database.engine.connect() as connection:
        if database.is_sqlite:
            tables.remove("volunteer_search")
            found["volunteer_search"] = _searched(connection)
        for table in tables:
            rows = connection.execute(text(f'SELECT * FROM "{table}"')).all()
            found[table] = b"\n".join(_cell(cell) for row in rows for cell in row)
    return found


def _searched(connection: Connection) -> bytes:
    """Three letters of a word each, with their event, as PostgreSQL shows them: '7:ana'."""
    vocabulary = "USING fts5vocab(main, volunteer_search, row)"
    connection.exec_driver_sql(f"CREATE VIRTUAL TABLE temp.vocabulary {vocabulary}")
    terms = connection.exec_driver_sql("SELECT term FROM temp.vocabulary").scalars().all()
    connection.exec_driver_sql("DROP TABLE temp.vocabulary")
    parts = [term.partition("g") for term in terms]
    return b" ".join(f"'{event}:".encode() + bytes.fromhex(gram) + b"'" for event, _, gram in parts)


def _cell(cell: object) -> bytes:
    return cell.lower() if isinstance(cell, bytes) else str(cell).lower().encode()


def _files(database: Database) -> dict[str, bytes]:
    """The database's file and its journal, byte for byte."""
    if not database.is_sqlite:
        return {}
    file = Path(str(database.engine.url.database))
    beside = (file.with_name(file.name + end) for end in ("", "-wal"))
    return {one.name: one.read_bytes().lower() for one in beside if one.exists()}
