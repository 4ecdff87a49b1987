"""Long work on the database in turns, so that everybody else writes between them."""

import time
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")

# Not fewer, though a turn on a busy machine takes longer: each also costs something of its own.
_FIRST, _FEWEST, _MOST = 200, 150, 2_000
# About how long one turn takes. SQLite's other processes look again after at most as long.
_TURN_SECONDS = 0.08
_REST_SECONDS = 0.03


def turns(items: Iterable[T]) -> Iterator[list[T]]:
    """Parts of `items` whose work takes about as long each, with a rest between two of them.

    What the caller does with a part is measured, so it has to be committed before the next one.
    """
    size, left = _FIRST, iter(items)
    part = list(islice(left, size))
    while part:
        began = time.monotonic()
        yield part
        took = max(time.monotonic() - began, 0.001)
        fitting = int(len(part) * _TURN_SECONDS / took)
        size = max(_FEWEST, min(fitting, 2 * size, _MOST))
        if part := list(islice(left, size)):
            time.sleep(_REST_SECONDS)
