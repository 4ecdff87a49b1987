"""The search for garbage is off while it is said to be, and then as it was."""

import gc
from contextlib import suppress

from shared.garbage import no_search_for_garbage


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
