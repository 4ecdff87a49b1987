"""Installations of earlier versions, stored as test data: what users have when they upgrade.

A folder a version and database, made by `python -m tests.installations.make VERSION` with the
program of that version: `database.sql` (a dump), `secret.key`, and `expected.json` (what every
link, certificate and verification page showed). They are read and never made anew.
"""

import json
import shutil
import sqlite3
import subprocess
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


def dump(kind: str, url: str, program: Path) -> str:
    """The whole database as SQL; `program` is PostgreSQL's pg_dump."""
    if kind == "sqlite":
        connection = sqlite3.connect(url.removeprefix("sqlite:///"))
        lines = list(connection.iterdump())
        connection.close()
        return "\n".join(lines) + "\n"
    command = [program, "--inserts", "--no-owner", "--no-privileges", url.replace("+psycopg", "")]
    written = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    # The newest pg_dump writes commands of psql, which no server knows.
    return "\n".join(line for line in written.splitlines() if not line.startswith("\\")) + "\n"
