"""Turns for storing names: a crowd that submits at once is stored sooner by a few threads."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from api.visiting import PATIENCE, DatabaseSilent

# With the one that looks visits up, as many as the connections that are kept open: more would be
# opened for this crowd alone, and to open one takes PostgreSQL as long as a submit.
AT_ONCE = 7

_turns = threading.BoundedSemaphore(AT_ONCE)


@contextmanager
def turn() -> Iterator[None]:
    """One of a few turns of this process. Raises DatabaseSilent when none comes within seconds,
    since a turn takes milliseconds unless the database is silent."""
    if not _turns.acquire(timeout=PATIENCE):
        raise DatabaseSilent()
    try:
        yield
    finally:
        _turns.release()
