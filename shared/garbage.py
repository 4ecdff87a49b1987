"""Python's search for reference cycles: put off where none arise, and not spent on what stays.
And memory that is needed no more."""

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache


@contextmanager
def no_search_for_garbage() -> Iterator[None]:
    """For work on many objects: each search goes through everything that the program has, and a
    list of a million cells begins several (`make bench`: XLSX read, mapped, checked).

    It is put off for all threads. If several wish it, the first to end lets it begin again.
    """
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searched:
            gc.enable()


@cache
def keep_what_is_loaded() -> None:
    """Call it once, when a program has been loaded: everything that it has by now stays.

    Searching that for garbage took a console 0.2 s now and then, during which all readers wait.
    """
    gc.freeze()


def give_back_memory() -> None:
    """Give the system what was freed and the C library keeps for later (malloc_trim(3)): up to 100
    MB after a large picture."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)
