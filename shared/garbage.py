"""Garbage collection: put off where no reference cycles arise, not spent on what stays loaded; and
giving freed memory back to the system."""

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache


@contextmanager
def no_search_for_garbage() -> Iterator[None]:
    """Put off garbage collection while working on many objects: each run goes through everything
    that the program has, and a list of a million cells causes several (`make bench`: XLSX read,
    mapped, checked).

    It is put off for all threads; of several blocks, the first to end lets it run again.
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
    """Exempt everything that is loaded by now from garbage collection; call it once, after loading.

    Searching it took a console 0.2 s now and then, during which all readers waited.
    """
    gc.freeze()


def give_back_memory() -> None:
    """Return memory to the system that was freed and that the C library keeps (malloc_trim(3)): up
    to 100 MB after a large picture."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)
