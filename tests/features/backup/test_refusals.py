"""What cannot be restored is refused in one sentence, and nothing is half done."""

import hashlib
import json
import shutil
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from shared.errors import ProductError
from shared.events.installation import Installation
from shared.events.opening import open_installation
from shared.features.backup import backup_file
from shared.features.backup.backup_file import opened
from shared.features.backup.restoring import restore
from shared.features.backup.writing import check
from shared.settings import Settings
from shared.storage.models import Event, Volunteer
from shared.storage.sealing.key_rotation import count_lost, give_up_lost
from tests.support import factories
from tests.support.at_url import settings_of
from tests.support.moved import PASSPHRASE, restored, stored_rows, written
from tests.support.upgraded import empty_url

__all__ = ["empty_url"]


@pytest.fixture
def copy(installation: Installation, listed: int, tmp_path: Path) -> Path:
    """The backup of an event with a certificate and two people, on either database."""
    factories.invite(installation, listed)
    written(installation.settings, tmp_path / "copy.zip")
    return tmp_path / "copy.zip"


@pytest.fixture
def place(tmp_path: Path) -> Settings:
    return settings_of(f"sqlite:///{tmp_path / 'place.sqlite3'}", tmp_path / "place")


def refused(place: Settings, file: Path, passphrase: str | None = PASSPHRASE) -> str:
    """Why it is; the place is as it was."""
    before = {path.name: path.read_bytes() for path in place.data_dir.glob("*")}
    with pytest.raises(ProductError) as refusal:
        restored(place, file, passphrase)
    assert {path.name: path.read_bytes() for path in place.data_dir.glob("*")} == before
    return str(refusal.value)


def test_an_installation_with_people_is_not_restored_over(copy: Path, installation: Installation):
    settings = installation.settings
    installation.database.close()
    before = stored_rows(settings.database_url)
    assert "not empty: it has 2 events and 2 people" in refused(settings, copy)
    assert stored_rows(settings.database_url) == before


def test_a_fresh_installation_gives_up_its_key_and_its_owner(
    copy: Path, empty_url: str, tmp_path: Path
):
    place = settings_of(empty_url, tmp_path / "place")
    open_installation(place).database.close()
    key = (place.data_dir / "secret.key").read_bytes()
    restored(place, copy)
    assert (place.data_dir / "secret.key").read_bytes() != key
    assert not (place.data_dir / "owner-token").exists()
    installation = open_installation(place)
    with installation.database.reading() as session:
        assert session.query(Event).count() == 2
    installation.database.close()


def test_nothing_is_restored_beneath_a_program_that_runs(
    copy: Path, empty_url: str, tmp_path: Path
):
    place = settings_of(empty_url, tmp_path / "place")
    running = open_installation(place)
    with running.database.reading() as session:
        session.query(Event).count()
        session.rollback()
        assert "Something is still using this database" in refused(place, copy)
    running.database.close()


def test_another_passphrase_opens_nothing(copy: Path, place: Settings):
    assert "passphrase does not open" in refused(place, copy, "another")
    assert "--passphrase-file" in refused(place, copy, None)


def test_other_keys_in_the_settings_are_refused(copy: Path, place: Settings):
    other = place.model_copy(update={"secret_keys": Settings(secret_keys="other").secret_keys})
    assert "SECRET_KEYS" in refused(other, copy)


def test_without_keys_the_old_ones_have_to_be_there(
    installation: Installation, listed: int, place: Settings, tmp_path: Path
):
    written(installation.settings, tmp_path / "copy.zip", None)
    assert "the links of its 2 people" in refused(place, tmp_path / "copy.zip", None)
    place.data_dir.mkdir(exist_ok=True)
    shutil.copy(installation.settings.data_dir / "secret.key", place.data_dir)
    restored(place, tmp_path / "copy.zip", None)


def changed(file: Path, change: Callable[[dict[str, bytes]], Any]) -> Path:
    """The backup with other parts, in a file beside it."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    other = file.with_name("changed.zip")
    with zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return other


def manifest(parts: dict[str, bytes], change: Callable[[dict[str, Any]], Any]) -> None:
    said = json.loads(parts["manifest.json"])
    change(said)
    parts["manifest.json"] = json.dumps(said).encode()


def renamed(parts: dict[str, bytes]) -> None:
    parts["tables/volunteer.jsonl"] = parts["tables/volunteer.jsonl"].replace(b"ana@", b"eva@")


def wrong_hash(parts: dict[str, bytes]) -> None:
    manifest(parts, lambda said: said["tables"]["volunteer"].update(sha256="0" * 64))


def one_more(parts: dict[str, bytes]) -> None:
    parts["../../outside"] = b"x"


def other_table(parts: dict[str, bytes]) -> None:
    parts["tables/pg_authid.jsonl"] = b""
    empty = {"columns": [], "rows": 0, "bytes": 0, "last_id": None}
    empty["sha256"] = hashlib.sha256(b"").hexdigest()
    manifest(parts, lambda said: said["tables"].update(pg_authid=empty))


def bomb(parts: dict[str, bytes]) -> None:
    parts["tables/mail.jsonl"] = b" " * 300_000_000


def deep(parts: dict[str, bytes]) -> None:
    parts["manifest.json"] = b"[" * 500_000


def no_row(parts: dict[str, bytes]) -> None:
    line = b'{"id": 1}\n'
    parts["tables/erased_address.jsonl"] = line
    right = {"rows": 1, "bytes": len(line), "sha256": hashlib.sha256(line).hexdigest()}
    manifest(parts, lambda said: said["tables"]["erased_address"].update(right))


def no_schema(parts: dict[str, bytes]) -> None:
    manifest(parts, lambda said: said.update(schema="9999"))


def unknown_part(parts: dict[str, bytes]) -> None:
    manifest(parts, lambda said: said.update(pictures="elsewhere"))


def other_format(parts: dict[str, bytes]) -> None:
    manifest(parts, lambda said: said.update(format_version=99, product="0.3.0\n"))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (unknown_part, "manifest cannot be read"),
        (other_format, "was made by version , whose"),
        (renamed, "damaged"),
        (wrong_hash, "passphrase does not open"),
        (one_more, "parts are not those"),
        (other_table, "parts are not those"),
        (bomb, "far too large"),
        (deep, "no backup of this program"),
        (no_schema, "newer than this one"),
        (no_row, "passphrase does not open"),
    ],
)
def test_what_somebody_changed_is_refused_within_bounds(
    change: Callable[[dict[str, bytes]], Any], words: str, copy: Path, place: Settings
):
    hostile = changed(copy, change)
    tracemalloc.start()
    assert words in refused(place, hostile)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 50_000_000
    assert not (place.data_dir.parent / "place.sqlite3").exists()
    assert not list(place.data_dir.parent.glob("*.restored*"))


@pytest.mark.parametrize("change", [wrong_hash, no_row, renamed])
def test_without_a_passphrase_the_hashes_and_the_rows_are_what_is_looked_at(
    change: Callable[[dict[str, bytes]], Any],
    installation: Installation,
    listed: int,
    place: Settings,
    tmp_path: Path,
):
    written(installation.settings, tmp_path / "copy.zip", None)
    place.data_dir.mkdir(exist_ok=True)
    shutil.copy(installation.settings.data_dir / "secret.key", place.data_dir)
    assert "is damaged" in refused(place, changed(tmp_path / "copy.zip", change), None)


@pytest.mark.parametrize("kept", [0, 100, 0.5, 0.999])
def test_a_file_that_was_cut_short_is_refused(kept: float, copy: Path, place: Settings):
    content = copy.read_bytes()
    copy.write_bytes(content[: int(kept if kept >= 1 else kept * len(content))])
    assert "cut short" in refused(place, copy)


def test_a_check_reads_every_octet(copy: Path):
    with opened(copy) as backup:
        check(backup, PASSPHRASE, lambda rows: None)
    content = bytearray(copy.read_bytes())
    with zipfile.ZipFile(copy) as archive:
        entry = archive.getinfo("tables/volunteer.jsonl")
    # Amid what is compressed; one bit alone may unpack to the same text.
    content[entry.header_offset + 30 + len(entry.filename) + entry.compress_size // 2] ^= 0xFF
    copy.write_bytes(content)
    with opened(copy) as backup, pytest.raises(ProductError, match="damaged"):
        check(backup, None, lambda rows: None)


def test_no_line_is_longer_than_a_row_can_be(
    copy: Path, place: Settings, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(backup_file, "LONGEST_LINE", 100)
    assert "damaged" in refused(place, copy)


def test_who_gives_up_what_is_lost_gets_all_the_rest(
    installation: Installation, listed: int, place: Settings, tmp_path: Path
):
    factories.invite(installation, listed)
    written(installation.settings, tmp_path / "copy.zip", None)
    with opened(tmp_path / "copy.zip") as backup:
        assert restore(place, backup, None, gives_up=True).people == 2
    there = open_installation(place, gives_up=True)
    assert count_lost(there.database, there.seal) > 0
    give_up_lost(there.database, there.seal)
    there.database.close()
    there = open_installation(place)
    assert count_lost(there.database, there.seal) == 0
    with there.database.reading() as session:
        emails = set(session.scalars(select(Volunteer.email)))
    assert emails == {"ana@example.org", "bo@example.org"}
    there.database.close()
