"""Whatever is wrong with an installation, `certs up` and `certs doctor` say it in a sentence.

Each row really makes its trouble; `docs/operations.md` has the same table, for people.
"""

import os
import shutil
import socket
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from shared.cli.doctor import examine
from shared.events.installation import Installation
from shared.log import audit
from shared.storage.models import Action, AuditEntry, now
from tests.installations import restore
from tests.support.certs_command import certs, environment
from tests.support.one_database import database_url

__all__ = ["database_url", "environment"]

Environment = dict[str, str]
DOCUMENT = Path(__file__).parents[2] / "docs" / "operations.md"
MIB = 2**20


def folder_of(environment: Environment) -> Path:
    return Path(environment["DATA_DIR"])


@contextmanager
def mounted(*command: str) -> Iterator[None]:
    """What only root may do; elsewhere the test is skipped."""
    if os.geteuid() or subprocess.run(["mount", *command], capture_output=True).returncode:
        pytest.skip("nothing can be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", command[-1]], check=True)


@contextmanager
def wrong_address(environment: Environment) -> Iterator[None]:
    environment["PUBLIC_URL"] = "certificates.example.org"
    yield


@contextmanager
def wrong_key(environment: Environment) -> Iterator[None]:
    stored(environment)
    (folder_of(environment) / "secret.key").write_text("another-key-than-the-one-before")
    yield


def stored(environment: Environment) -> None:
    """The installation of an earlier version, with people and secrets."""
    folder = folder_of(environment)
    shutil.rmtree(folder)
    made = folder.with_name("made.sqlite3")
    restore("0.2.0", "sqlite", f"sqlite:///{made}", folder)
    made.rename(folder / "certs.sqlite3")


@contextmanager
def earlier_version(environment: Environment) -> Iterator[None]:
    stored(environment)
    environment["AUTO_MIGRATE"] = "0"
    yield


@contextmanager
def newer_version(environment: Environment) -> Iterator[None]:
    with closing(sqlite3.connect(folder_of(environment) / "certs.sqlite3")) as file, file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
        file.execute("UPDATE schema_floor SET revision = '9998'")
    yield


@contextmanager
def full_disk(environment: Environment) -> Iterator[None]:
    folder = folder_of(environment)
    kept = folder.rename(folder.with_name("kept"))
    folder.mkdir()
    with mounted("-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)):
        shutil.copytree(kept, folder, dirs_exist_ok=True)
        with (folder / "filled").open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(bytes(MIB))
        yield


@contextmanager
def read_only(environment: Environment) -> Iterator[None]:
    folder = str(folder_of(environment))
    with mounted("--bind", folder, folder):
        subprocess.run(["mount", "-o", "remount,ro,bind", folder], check=True)
        yield


@contextmanager
def damaged(environment: Environment) -> Iterator[None]:
    with (folder_of(environment) / "certs.sqlite3").open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(60_000))
    yield


@contextmanager
def no_database(environment: Environment) -> Iterator[None]:
    (folder_of(environment) / "certs.sqlite3").write_text("The wrong file was copied.\n" * 100)
    yield


@contextmanager
def taken_port(environment: Environment) -> Iterator[None]:
    with socket.create_server(("127.0.0.1", int(environment["API_PORT"]))):
        yield


Trouble = Callable[[Environment], object]
# What makes it; what `certs up` says, and what `certs doctor --quick` does.
TABLE: dict[str, tuple[Trouble, str, str]] = {
    "url": (wrong_address, "PUBLIC_URL: must be an address like", "must be an address like"),
    "key": (wrong_key, "this is not the key that sealed", "is not the key"),
    "disk": (full_disk, "disk of the database is full", "0 MB free for"),
    "read-only": (read_only, "Read-only file system", "Read-only file system"),
    "damaged": (damaged, "The database is damaged", "The database is damaged"),
    "no database": (no_database, "The database is damaged", "file is not a database"),
    "newer": (
        newer_version,
        "A newer version last used the database",
        "Start that version again",
    ),
    "older": (earlier_version, "Run “certs migrate”", "Run “certs migrate”"),
    "port": (taken_port, "API_PORT: port", "none is running"),
}


@pytest.mark.parametrize("trouble", TABLE)
def test_what_is_wrong_is_said_in_a_sentence(environment: Environment, trouble: str):
    make, told_by_up, told_by_doctor = TABLE[trouble]
    with make(environment):  # type: ignore[attr-defined]
        up, doctor = certs(environment, "up"), certs(environment, "doctor", "--quick")
    assert up.returncode in (1, 3)
    said = [line for line in up.stderr.splitlines() if " INFO " not in line]
    assert len(said) == 1, said
    assert told_by_up in said[0]
    assert doctor.returncode != 0
    assert told_by_doctor in doctor.stdout + doctor.stderr
    assert "Traceback" not in up.stderr + doctor.stdout + doctor.stderr
    assert told_by_up in DOCUMENT.read_text(encoding="utf-8")


def test_a_clock_that_is_a_day_behind_what_was_written_is_said(installation: Installation):
    with installation.database.writing() as session:
        audit.record(session, Action.OWNER_TOKEN_CHANGED, None)
        session.flush()
        session.execute(update(AuditEntry).values(at=now() + timedelta(days=1)))
    (found,) = (one for one in examine(installation.settings, quick=True) if one.subject == "clock")
    assert not found.is_fine
    assert "set it by NTP" in found.text
    assert "set it by NTP" in DOCUMENT.read_text(encoding="utf-8")
