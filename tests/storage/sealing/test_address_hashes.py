"""Hashes of addresses that are kept no longer: made by a key that outlives the others."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from shared.errors import SettingRefused
from shared.storage.database import Database
from shared.storage.models import Owner
from shared.storage.sealing.key_rotation import count_lost, rotate_keys
from shared.storage.sealing.own_keys import address_hashes
from shared.storage.sealing.tokens import Seal

OLD, BOTH, NEW = Seal(["old"]), Seal(["new", "old"]), Seal(["new"])


def hashed(database: Database, seal: Seal, event_id: int = 1, address: str = "a@x.org") -> str:
    with database.writing() as session:
        return address_hashes(session, seal).of(event_id, address)


def test_an_address_is_known_again_after_its_key_was_sealed_with_another(database: Database):
    before = hashed(database, OLD)
    rotate_keys(database, BOTH)
    assert hashed(database, NEW) == before
    assert count_lost(database, NEW) == 0
    assert count_lost(database, OLD) == 1


def test_no_other_key_makes_the_hashes(database: Database):
    hashed(database, OLD)
    with pytest.raises(SettingRefused):
        hashed(database, NEW)


def test_who_was_on_two_lists_is_not_seen(database: Database):
    assert hashed(database, OLD, event_id=1) != hashed(database, OLD, event_id=2)
    assert hashed(database, OLD, address="A@X.org") == hashed(database, OLD)


def test_all_who_need_the_key_first_make_one(database: Database):
    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(lambda _: hashed(database, OLD), range(8)))) == 1


def test_the_key_does_not_stand_in_the_database(database: Database):
    assert hashed(database, OLD)
    with database.reading() as session:
        sealed = session.get_one(Owner, 1).sealed_address_key
    assert sealed is not None
    assert sealed.startswith("siv:")
