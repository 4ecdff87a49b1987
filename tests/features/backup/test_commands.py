"""`certs backup` and `certs restore`, as an administrator types them."""

import os
import stat
from pathlib import Path

import pytest

from tests.support.certs_command import certs, environment, environment_in

__all__ = ["environment"]


@pytest.fixture
def passphrase(tmp_path: Path) -> Path:
    file = tmp_path / "passphrase"
    file.write_text("correct horse battery staple\n")
    return file


@pytest.fixture
def running(environment: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """An installation with somebody on its list."""
    people = tmp_path / "people.csv"
    people.write_text("ana@example.org\n")
    assert certs(environment, "list", "add", str(people)).returncode == 0
    return environment


def test_a_backup_is_written_checked_and_restored(
    running: dict[str, str], passphrase: Path, tmp_path: Path
):
    file = tmp_path / "copy.zip"
    told = certs(running, "backup", str(file), "--passphrase-file", str(passphrase))
    assert told.returncode == 0, told.stderr
    assert "the keys sealed with the passphrase" in told.stdout
    assert stat.S_IMODE(os.stat(file).st_mode) == 0o600
    assert list(tmp_path.glob(".copy*")) == []
    checked = certs(running, "backup", "--check", str(file))
    assert checked.returncode == 0
    assert "is whole" in checked.stdout
    assert "not proven: without keys" in checked.stdout
    assert "its keys were not tried" in checked.stdout
    opened = certs(running, "backup", "--check", str(file), "--passphrase-file", str(passphrase))
    assert "its keys open" in opened.stdout
    place = environment_in(tmp_path / "place")
    told = certs(place, "restore", str(file), "--passphrase-file", str(passphrase))
    assert told.returncode == 0, told.stderr
    assert "1 people" in told.stdout
    assert "goes on with number" in told.stdout
    assert "mails wait" in told.stdout
    status = certs(place, "status", "--json")
    assert '"total": 1' in status.stdout
    doctor = certs(place, "doctor", "--quick")
    assert "ok   sending" in doctor.stdout


def test_a_backup_without_keys_says_that_nothing_proves_it(
    running: dict[str, str], passphrase: Path, tmp_path: Path
):
    file = str(tmp_path / "copy.zip")
    both = ("--without-keys", "--passphrase-file", str(passphrase))
    assert certs(running, "backup", file, *both).returncode == 1
    assert list(tmp_path.glob("*copy.zip*")) == []
    told = certs(running, "backup", file, "--without-keys")
    assert "without keys" in told.stdout
    checked = certs(running, "backup", "--check", file)
    assert checked.returncode == 0
    assert "not proven: without keys" in checked.stdout


def test_a_passphrase_that_could_be_guessed_is_refused_and_a_made_one_is_shown(
    running: dict[str, str], passphrase: Path, tmp_path: Path
):
    file = str(tmp_path / "copy.zip")
    passphrase.write_text("fifteen letters\n")
    refused = certs(running, "backup", file, "--passphrase-file", str(passphrase))
    assert refused.returncode == 1
    assert "fewer than 16 characters" in refused.stderr
    assert list(tmp_path.glob("*copy.zip*")) == []
    told = certs(running, "backup", file)
    assert told.returncode == 0, told.stderr
    passphrase.write_text(told.stdout.split()[-1])
    checked = certs(running, "backup", "--check", file, "--passphrase-file", str(passphrase))
    assert "its keys open" in checked.stdout


def test_an_empty_passphrase_is_none(running: dict[str, str], tmp_path: Path):
    (tmp_path / "empty").write_text("\n")
    refused = certs(
        running, "backup", str(tmp_path / "x.zip"), "--passphrase-file", str(tmp_path / "empty")
    )
    assert refused.returncode == 1
    assert "has no passphrase in it" in refused.stderr


def test_a_folder_that_is_not_there_is_named(running: dict[str, str], tmp_path: Path):
    refused = certs(running, "backup", str(tmp_path / "no" / "x.zip"), "--without-keys")
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1
    assert "No such file or directory" in refused.stderr


def test_what_is_no_backup_is_refused_in_one_sentence(environment: dict[str, str], tmp_path: Path):
    (tmp_path / "x.zip").write_bytes(b"PK\x03\x04 nothing")
    for command in (["backup", "--check"], ["restore"]):
        refused = certs(environment, *command, str(tmp_path / "x.zip"))
        assert refused.returncode == 1
        assert refused.stderr.count("\n") == 1
        assert "is no backup of this program" in refused.stderr
