"""A mask shows at most a third of a value, and a sealed one opens only for its own event."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from shared.errors import SettingRefused
from shared.storage.database import Database
from shared.storage.models import Volunteer
from shared.storage.sealing.key_rotation import count_lost, rotate_keys
from shared.storage.sealing.secret_values import open_values, seal_value
from shared.storage.sealing.tokens import Seal
from shared.volunteers.lists.masks import is_masked, masked
from tests.support.factories import add

OLD, BOTH, NEW = Seal(["old"]), Seal(["new", "old"]), Seal(["new"])
VALUE = "110101199003074234"


def test_the_ends_of_a_long_value_stay():
    assert masked(VALUE) == "110************234"
    assert masked("E12345678") == "E******78"
    assert masked("12345678") == "********"


@given(some.text(max_size=60))
def test_a_mask_is_as_long_as_the_value_says_a_third_of_it_and_masks_nothing_more(value: str):
    mask = masked(value)
    assert len(mask) == len(value)
    assert sum(one != "*" for one in mask) * 3 <= len(value)
    assert masked(mask) == mask
    assert is_masked(mask)


def test_equal_values_are_sealed_differently_and_open_for_their_event_only():
    sealed = seal_value(OLD, 1, VALUE)
    assert sealed != seal_value(OLD, 1, VALUE)
    assert open_values(OLD, 1, {"ID": sealed}) == {"ID": VALUE}
    with pytest.raises(SettingRefused):
        open_values(OLD, 2, {"ID": sealed})


def test_keys_are_rotated_and_then_the_old_one_opens_nothing(database: Database, event_id: int):
    add(database, event_id, "ana@example.org\nbo@example.org")
    with database.writing() as session:
        ana = session.query(Volunteer).filter_by(email="ana@example.org").one()
        ana.secrets = {"ID": seal_value(OLD, event_id, VALUE)}
    assert count_lost(database, NEW) == 1
    assert rotate_keys(database, BOTH)["values"] == 1
    assert rotate_keys(database, BOTH)["values"] == 0
    assert count_lost(database, NEW) == 0
    with database.reading() as session:
        [kept] = [one.secrets for one in session.query(Volunteer) if one.secrets]
    assert open_values(NEW, event_id, kept) == {"ID": VALUE}
