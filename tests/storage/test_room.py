"""SQLite's file gives back the room of what was deleted, while others go on writing."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select

from shared.errors import ProductError
from shared.storage import room
from shared.storage.database import Database
from shared.storage.models import RehearsalMail
from tests.support.certs_command import certs, environment

__all__ = ["environment"]

MEGABYTES = 40


def fill(database: Database) -> None:
    with database.writing() as session:
        session.add_all(
            RehearsalMail(recipient="", subject="", content=b"." * 1_000_000)
            for _ in range(MEGABYTES)
        )


def empty(database: Database) -> None:
    with database.writing() as session:
        session.execute(delete(RehearsalMail))


def size(database: Database) -> int:
    database.empty_journal()
    return Path(str(database.engine.url.database)).stat().st_size


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_was_deleted_is_given_back(database: Database):
    fill(database)
    full = size(database)
    empty(database)
    assert size(database) == full
    for _ in range(20):
        room.release(database)
    assert size(database) < full / 3


def test_nothing_is_given_back_that_is_not_there(database: Database):
    room.release(database)
    assert room.make_releasable(database) is None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_without_room_for_a_copy_an_earlier_file_stays_as_it_is(
    database: Database, monkeypatch: pytest.MonkeyPatch
):
    database.close()
    as_of_before(Path(str(database.engine.url.database)))
    monkeypatch.setattr(room.shutil, "disk_usage", lambda _: Disk())
    with pytest.raises(ProductError, match="The database file cannot shrink now"):
        room.make_releasable(database)


class Disk:
    free = 1_000


def as_of_before(file: Path) -> None:
    """As versions left it that did not ask for it."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA auto_vacuum=NONE")
        connection.execute("VACUUM")
        assert connection.execute("PRAGMA auto_vacuum").fetchone() == (0,)


def test_an_earlier_file_is_written_anew_by_migrate(environment: dict[str, str]):
    assert certs(environment, "migrate").returncode == 0
    file = Path(environment["DATA_DIR"]) / "certs.sqlite3"
    as_of_before(file)
    with closing(Database(f"sqlite:///{file}")) as database:
        fill(database)
        empty(database)
        full = size(database)
    told = certs(environment, "migrate")
    assert "gives back room from now on: it had 4" in told.stdout
    assert file.stat().st_size < full / 3
    assert "room" not in certs(environment, "migrate").stdout
    with closing(Database(f"sqlite:///{file}")) as database, database.reading() as session:
        assert session.scalar(select(func.count()).select_from(RehearsalMail)) == 0
