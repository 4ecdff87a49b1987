"""A backup is of one moment, and there as a whole or not at all."""

import json
import stat
import zipfile
from pathlib import Path

import pytest

from shared.errors import ProductError
from shared.events.installation import Installation
from shared.features.backup import writing
from shared.features.backup.writing import write_backup
from shared.storage.database import Database
from shared.storage.models import Event
from tests.support import factories


def rows(file: Path, table: str) -> list[list[object]]:
    with zipfile.ZipFile(file) as archive:
        return [json.loads(line) for line in archive.read(f"tables/{table}.jsonl").splitlines()]


def test_it_is_of_one_moment_whatever_is_written_meanwhile(
    installation: Installation, listed: int, tmp_path: Path
):
    others = Database(installation.settings.database_url)
    added: list[int] = []

    def somebody_writes(_: int) -> None:
        """After each part of a table, before the tables that are still to come."""
        number = len(added)
        added.append(number)
        factories.add(others, listed, f"late{number}@example.org")
        with others.writing() as session:
            session.get_one(Event, listed).name = f"changed {number}"

    write_backup(installation.database, tmp_path / "copy.zip", [], None, somebody_writes)
    others.close()
    assert len(added) > 3
    people, events = rows(tmp_path / "copy.zip", "volunteer"), rows(tmp_path / "copy.zip", "event")
    assert len(people) == 2
    assert "late" not in str(people)
    assert "changed" not in str(events)


def test_without_room_nothing_is_left_behind_and_the_one_before_stays(
    installation: Installation, listed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    file = tmp_path / "copy.zip"
    write_backup(installation.database, file, [], None)
    before = file.read_bytes()
    monkeypatch.setattr(writing, "_KEPT_FREE", 2**60)
    with pytest.raises(ProductError, match="too little room"):
        write_backup(installation.database, file, [], None)
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if "part" in path.name] == []


def test_what_breaks_in_the_middle_leaves_nothing(
    installation: Installation, listed: int, tmp_path: Path
):
    def is_interrupted(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_backup(installation.database, tmp_path / "copy.zip", [], None, is_interrupted)
    assert [path.name for path in tmp_path.iterdir() if "copy" in path.name] == []


def test_it_is_for_its_owners_eyes_alone(installation: Installation, tmp_path: Path):
    write_backup(installation.database, tmp_path / "copy.zip", [], None)
    assert stat.S_IMODE((tmp_path / "copy.zip").stat().st_mode) == 0o600
