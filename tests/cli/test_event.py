"""`certs event`: scripts create and delete events, and failures are sentences."""

import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from shared.access.keys import access_of
from shared.events.opening import open_installation
from shared.features.credentials import issuers, status_lists
from shared.features.credentials.models import StatusList
from shared.settings import Settings
from shared.storage.models import Event
from tests.conftest import OWNER_TOKEN
from tests.support.certs_command import certs, environment

__all__ = ["environment"]


def made(environment: dict[str, str], name: str) -> dict[str, str]:
    ended = certs(environment, "event", "create", name, "--json")
    assert ended.returncode == 0, ended.stderr
    (line,) = ended.stdout.splitlines()
    return json.loads(line)


def test_an_event_is_made_and_deleted(environment: dict[str, str], tmp_path: Path):
    told = made(environment, "Beach Day")
    settings = Settings(_env_file=None, data_dir=tmp_path / "data", admin_token=OWNER_TOKEN)
    database = open_installation(settings).database
    with database.reading() as session:
        assert access_of(session, told["token"]).event_id == told["id"]
    file = tmp_path / "kept.zip"
    command = ("event", "delete", str(told["id"]), "--archive", str(file), "--yes")
    ended = certs(environment, *command)
    assert ended.returncode == 0, ended.stderr
    assert "people.csv" in zipfile.ZipFile(file).namelist()
    assert file.stat().st_mode & 0o077 == 0
    logged = certs(environment, "audit", "--event", str(told["id"]), "--json")
    acts = [json.loads(line)["action"] for line in logged.stdout.splitlines()]
    assert acts == ["event_deleted", "exported", "event_created"]
    again = certs(environment, *command[:-2], str(tmp_path / "again.zip"), "--yes")
    assert (again.returncode, "There is no such event." in again.stderr) == (1, True)
    assert not (tmp_path / "again.zip").exists()
    database.close()


def test_an_event_goes_with_its_certificates_or_what_was_handed_out_stands(
    environment: dict[str, str], tmp_path: Path
):
    told = made(environment, "Beach Day")
    settings = Settings(_env_file=None, data_dir=tmp_path / "data", admin_token=OWNER_TOKEN)
    database = open_installation(settings).database
    with database.writing() as session:
        signed = StatusList(
            public_id="one",
            issuer_id=issuers.find(session, issuers.INSTALLATION).id,
            event_id=told["id"],
            did="did:web:thanks.example.org",
            address="https://thanks.example.org/status/one.json",
        )
        session.add(signed)
    command = ("event", "delete", str(told["id"]), "--archive", str(tmp_path / "kept.zip"))
    # Nobody answers whether they are withdrawn, so nothing is deleted.
    assert certs(environment, *command).returncode == 1
    assert certs(environment, *command, "--withdraw", "--yes").returncode == 0
    with database.reading() as session:
        kept = session.get_one(StatusList, signed.id)
        assert set(status_lists.bits_in(kept)) == {0xFF}
    database.close()


@pytest.mark.parametrize(
    ("arguments", "default", "language"),
    [([], "", "en"), ([], "zh", "zh"), (["--language", "en"], "zh", "en")],
)
def test_an_event_speaks_the_installations_language_unless_told_another(
    environment: dict[str, str],
    tmp_path: Path,
    arguments: list[str],
    default: str,
    language: str,
):
    spoken = environment | {"DEFAULT_LANGUAGE": default}
    ended = certs(spoken, "event", "create", "Beach Day", "--json", *arguments)
    settings = Settings(_env_file=None, data_dir=tmp_path / "data", admin_token=OWNER_TOKEN)
    database = open_installation(settings).database
    with database.reading() as session:
        assert session.get_one(Event, json.loads(ended.stdout)["id"]).language == language
    database.close()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["create", " "], "name: must not be empty"),
        (["create", "A", "--language", "fr"], "language: must be zh or en"),
        (["delete", "99", "--archive", "x.zip", "--yes"], "There is no such event."),
        (["delete", "1", "--archive", "x.zip", "--yes"], "First choose another event for them"),
        (["default", "99"], "There is no such event."),
    ],
)
def test_what_cannot_be_done_is_a_sentence(
    environment: dict[str, str], arguments: list[str], words: str
):
    ended = certs(environment, "event", *arguments)
    assert ended.returncode == 1
    assert words in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_file_that_is_there_is_not_written_over(environment: dict[str, str], tmp_path: Path):
    told = made(environment, "Beach Day")
    file = tmp_path / "kept.zip"
    file.write_bytes(b"mine")
    command = ("event", "delete", str(told["id"]), "--archive", str(file), "--yes")
    ended = certs(environment, *command)
    assert (ended.returncode, "is there already" in ended.stderr) == (1, True)
    assert file.read_bytes() == b"mine"


def test_an_archive_that_breaks_off_leaves_nothing(environment: dict[str, str], tmp_path: Path):
    told = made(environment, "Beach Day")
    with closing(sqlite3.connect(Path(environment["DATA_DIR"]) / "certs.sqlite3")) as broken:
        broken.execute("ALTER TABLE design RENAME TO gone")
    kept = tmp_path / "kept"
    kept.mkdir()
    command = ("event", "delete", str(told["id"]), "--archive", str(kept / "event.zip"), "--yes")
    assert certs(environment, *command).returncode == 1
    assert not list(kept.iterdir())


def test_the_default_event_is_deleted_after_another_took_its_place(
    environment: dict[str, str], tmp_path: Path
):
    told = made(environment, "Beach Day")
    assert certs(environment, "event", "default", str(told["id"])).returncode == 0
    file = str(tmp_path / "kept.zip")
    assert certs(environment, "event", "delete", "1", "--archive", file, "--yes").returncode == 0


def test_an_event_made_without_a_time_zone_has_the_installations_and_lists_show_it(
    environment: dict[str, str],
):
    at_home = environment | {"DEFAULT_TIME_ZONE": "America/Lima"}
    for zone in ([], ["--time-zone", "Europe/Berlin"]):
        certs(at_home, "event", "create", "Beach Day", *zone)
    told = certs(at_home, "event", "list", "--json").stdout.splitlines()
    zones = [json.loads(line)["time_zone"] for line in told]
    assert zones == ["America/Lima", "America/Lima", "Europe/Berlin"]
