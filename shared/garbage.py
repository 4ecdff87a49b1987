"""Python's search for reference cycles, put off where none arise, and spared what stays."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache


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


@cache
def keep_what_is_loaded() -> None:
    """For a program that has been loaded, once in a process: all that it has by now stays.

    To look through that for garbage took a console 0.2 s now and then, in which all readers wait.
    """
    gc.freeze()
