"""What happened after a copy was made, and what a restore still knows of it."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from shared.acts.add_list import add_list
from shared.errors import ProductError
from shared.events.installation import Installation
from shared.events.opening import open_installation
from shared.features.backup.backup_file import opened
from shared.features.backup.remembered import Memory
from shared.features.backup.restoring import restore
from shared.log.actor import AT_THE_MACHINE
from shared.privacy.erasure import erase_person, find_person
from shared.settings import Settings
from shared.storage.models import Event, Owner, Volunteer
from shared.storage.sealing.key_rotation import count_lost, rotate_keys
from shared.storage.sealing.own_keys import ADDRESS_HASHES, BINDINGS
from shared.storage.sealing.tokens import Seal
from tests.support import factories
from tests.support.at_url import settings_of
from tests.support.lists import read_call
from tests.support.moved import PASSPHRASE, restored, written


@pytest.fixture
def copy(installation: Installation, listed: int, tmp_path: Path) -> Path:
    factories.invite(installation, listed)
    written(installation.settings, tmp_path / "copy.zip")
    return tmp_path / "copy.zip"


def place_with(installation: Installation, tmp_path: Path) -> Settings:
    """Another database, with the folder that the worker of this one wrote to."""
    memory = Memory(installation.settings.data_dir, installation.seal)
    with installation.database.reading() as session:
        memory.note(session)
    return settings_of(f"sqlite:///{tmp_path / 'new.sqlite3'}", installation.settings.data_dir)


def addresses(settings: Settings) -> set[str]:
    installation = open_installation(settings)
    with installation.database.reading() as session:
        people = set(session.scalars(select(Volunteer.email)))
    assert count_lost(installation.database, installation.seal) == 0
    installation.database.close()
    return people


def erase(installation: Installation, event_id: int, address: str) -> None:
    with installation.database.reading() as session:
        event = session.get_one(Event, event_id)
        person = find_person(session, installation.seal, event, address)
    erase_person(installation.database, installation.seal, person, None)


def test_of_what_time_nothing_is_known_is_known(
    installation: Installation, copy: Path, tmp_path: Path
):
    """Whoever asks for an id of that time is not told that there was none."""
    first = place_with(installation, tmp_path)
    restored(first, copy)
    made = [written(first, tmp_path / "again.zip").made_at]
    second = settings_of(f"sqlite:///{tmp_path / 'second.sqlite3'}", first.data_dir)
    restored(second, tmp_path / "again.zip")
    with opened(copy) as file:
        made.insert(0, file.manifest.made_at)
    again = open_installation(second)
    with again.database.reading() as session:
        times = session.get_one(Owner, 1).unknown_times or []
    again.database.close()
    assert [begin for begin, _ in times] == made
    assert all(begin <= end for begin, end in times)


def test_who_was_erased_since_is_erased_again(
    installation: Installation, listed: int, copy: Path, tmp_path: Path
):
    erase(installation, listed, "ana@example.org")
    place = place_with(installation, tmp_path)
    remembered = (place.data_dir / "remembered.json").read_text()
    assert "ana" not in remembered
    assert restored(place, copy).erased == 1
    assert addresses(place) == {"", "bo@example.org"}
    # They stay so, whatever list brings them.
    again = open_installation(place)
    found = read_call("ana@example.org")
    add_list(again.database, again.seal, listed, found, by=AT_THE_MACHINE)
    again.database.close()
    assert addresses(place) == {"", "bo@example.org"}


def test_an_erasure_is_remembered_with_a_key_that_was_rotated_since(
    installation: Installation, listed: int, copy: Path, tmp_path: Path
):
    erase(installation, listed, "ana@example.org")
    key_file = installation.settings.data_dir / "secret.key"
    keys = ["another-key-of-the-tests", key_file.read_text().strip()]
    key_file.write_text(",".join(keys))
    rotated = Installation(installation.settings, installation.database, Seal(keys))
    rotate_keys(rotated.database, rotated.seal)
    place = place_with(rotated, tmp_path)
    assert restored(place, copy).erased == 1
    assert addresses(place) == {"", "bo@example.org"}
    # Whoever has a backup of the days between needs it.
    (kept,) = key_file.parent.glob("secret.key.*")
    assert kept.read_text() == ",".join(keys)


def test_what_is_remembered_with_a_lost_key_is_named_and_can_be_given_up(
    installation: Installation, listed: int, copy: Path, tmp_path: Path
):
    erase(installation, listed, "ana@example.org")
    place = place_with(installation, tmp_path)
    remembered = place.data_dir / "remembered.json"
    said = json.loads(remembered.read_text())
    binding = BINDINGS[ADDRESS_HASHES]
    key = installation.seal.open_bound(said["address_key"], binding)
    said["address_key"] = Seal(["a key that is lost"]).seal_bound(key, binding)
    remembered.write_text(json.dumps(said))
    with pytest.raises(ProductError, match="lists 1 erased people"):
        restored(place, copy)
    with opened(copy) as backup:
        assert restore(place, backup, PASSPHRASE, gives_up=True).erased is None
    assert addresses(place) == {"ana@example.org", "bo@example.org"}


def test_numbers_that_were_given_since_are_given_to_nobody_else(
    installation: Installation, listed: int, copy: Path, tmp_path: Path
):
    factories.add(installation.database, listed, "cy@example.org")
    place = place_with(installation, tmp_path)
    (jump,) = restored(place, copy).jumps
    assert (jump.event_id, jump.before, jump.now) == (listed, 3, 2001)


def test_nothing_is_left_out_where_nothing_was_given_since(
    installation: Installation, copy: Path, tmp_path: Path
):
    assert restored(place_with(installation, tmp_path), copy).jumps == []


def test_a_thousand_numbers_are_left_out_where_nothing_is_remembered(
    installation: Installation, listed: int, copy: Path, tmp_path: Path
):
    elsewhere = settings_of(f"sqlite:///{tmp_path / 'new.sqlite3'}", tmp_path / "new")
    jumps = restored(elsewhere, copy).jumps
    assert [(jump.before, jump.now) for jump in jumps] == [(1, 1001), (3, 2001)]


def test_an_earlier_state_of_the_database_takes_nothing_back(
    installation: Installation, listed: int, copy: Path, tmp_path: Path
):
    erase(installation, listed, "ana@example.org")
    folder = place_with(installation, tmp_path).data_dir
    before = json.loads((folder / "remembered.json").read_text())
    restored(settings_of(f"sqlite:///{tmp_path / 'old.sqlite3'}", tmp_path / "old"), copy)
    older = open_installation(
        settings_of(f"sqlite:///{tmp_path / 'old.sqlite3'}", tmp_path / "old")
    )
    with older.database.reading() as session:
        Memory(folder, older.seal).note(session)
    older.database.close()
    assert json.loads((folder / "remembered.json").read_text())["erased"] == before["erased"]
