"""Installations of earlier versions, stored as test data: what users have when they upgrade.

A folder a version and database, made by `python -m tests.installations.make VERSION` with the
program of that version: `database.sql` (a dump), `secret.key`, and `expected.json` (what every
link, certificate and verification page showed). They are read and never made anew.
"""

import json
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import groupby
from pathlib import Path
from typing import Any

import psycopg

FOLDER = Path(__file__).parent


def restore(version: str, kind: str, url: str, data_dir: Path) -> dict[str, Any]:
    """Fill the empty database at `url` and the data folder; what the installation showed.

    `kind` is `sqlite` or `postgresql`, `url` as SQLAlchemy takes it.
    """
    source = FOLDER / version / kind
    data_dir.mkdir(parents=True)
    shutil.copy(source / "secret.key", data_dir / "secret.key")
    dump = (source / "database.sql").read_text(encoding="utf-8")
    if kind == "sqlite":
        connection = sqlite3.connect(url.removeprefix("sqlite:///"))
        connection.executescript(dump)
        connection.close()
    else:
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(dump)  # type: ignore[call-overload]
    expected: dict[str, Any] = json.loads((source / "expected.json").read_text(encoding="utf-8"))
    return expected


def stored_bytes(version: str, kind: str) -> bytes:
    """All that is in the database, with what it keeps in hexadecimal as it is, too."""
    written = (FOLDER / version / kind / "database.sql").read_bytes()
    numbers = re.findall(rb"'(?:\\\\x)?((?:[0-9A-Fa-f]{2}){8,})'", written)
    return b"\n".join([written, *(bytes.fromhex(number.decode()) for number in numbers)])


def dump(kind: str, url: str, program: Path) -> str:
    """The whole database as SQL; `program` is PostgreSQL's pg_dump."""
    if kind == "sqlite":
        return "\n".join(_together(_lines(url.removeprefix("sqlite:///")))) + "\n"
    command = [
        program,
        "--rows-per-insert=1000",
        "--no-owner",
        "--no-privileges",
        url.replace("+psycopg", ""),
    ]
    written = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    # The newest pg_dump writes commands of psql, which no server knows.
    return "\n".join(line for line in written.splitlines() if not line.startswith("\\")) + "\n"


def _together(lines: Iterable[str]) -> Iterator[str]:
    """Rows of a table that follow each other, in one statement."""
    for table, rows in groupby(lines, lambda line: line.partition("VALUES(")[0]):
        if table.startswith("INSERT"):
            values = (row.partition("VALUES")[2].removesuffix(";") for row in rows)
            yield f"{table}VALUES\n" + ",\n".join(values) + ";"
        else:
            yield from rows


def _lines(file: str) -> Iterator[str]:
    """Of a copy of the file, whose index of words stands last: SQLite's own dump cannot read it."""
    with closing(sqlite3.connect(file)) as stored, closing(sqlite3.connect(":memory:")) as copy:
        stored.backup(copy)
        virtual = "SELECT name, sql FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%'"
        tables = copy.execute(virtual).fetchall()
        index = [line for table, sql in tables for line in _index(copy, table, sql)]
        for table, _ in tables:
            copy.execute(f"DROP TABLE {table}")
        yield from copy.iterdump()
        yield from index


def _index(connection: sqlite3.Connection, table: str, sql: str) -> Iterator[str]:
    """The virtual table, and then the rows of those tables that SQLite makes with it."""
    yield f"{sql};"
    parts = "SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, ?) = ?"
    for (part,) in connection.execute(parts, (len(table) + 1, f"{table}_")).fetchall():
        yield f"DELETE FROM {part};"
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({part})")]
        quoted = " || ',' || ".join(f"quote({column})" for column in columns)
        for (values,) in connection.execute(f"SELECT {quoted} FROM {part}"):
            yield f"INSERT INTO {part} VALUES ({values});"
