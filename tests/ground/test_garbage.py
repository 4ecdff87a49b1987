"""The search for garbage is off while it is said to be, and then as it was; and what it spares."""

import gc
from contextlib import suppress
from weakref import ref

from shared.garbage import keep_what_is_loaded, no_search_for_garbage


class _Circle:
    def __init__(self) -> None:
        self.itself = self


def test_it_is_off_within_and_on_again_after_an_error():
    seen = []
    with suppress(ValueError), no_search_for_garbage():
        seen.append(gc.isenabled())
        raise ValueError
    assert (seen, gc.isenabled()) == ([False], True)


def test_one_within_another_does_not_begin_it_early():
    with no_search_for_garbage():
        with no_search_for_garbage():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_what_is_loaded_is_spared_and_garbage_made_later_is_found_also_when_it_is_said_again():
    keep_what_is_loaded()
    made_later = ref(_Circle())
    keep_what_is_loaded()
    assert gc.get_freeze_count() > 0
    gc.collect()
    assert made_later() is None
