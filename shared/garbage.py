"""Python's search for reference cycles, put off where none arise."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_search_for_garbage() -> Iterator[None]:
    """For work on many objects: each search goes through all that the program has, and a list of a
    million cells begins several.

    It is put off for all threads. Of several that wish it, the first to end lets it begin again.
    """
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searched:
            gc.enable()
