"""Long work on the database in turns, so that everybody else can write between them."""

import time
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")

# Never fewer, even if turns on a busy machine take longer: each has a cost of its own.
_FIRST, _FEWEST, _MOST = 200, 150, 2_000
# Roughly how long one turn takes; some take three times as long, when SQLite merges parts of its
# index for searching. In the rest, other processes that wait for SQLite try several times.
_TURN_SECONDS = 0.07
_REST_SECONDS = 0.02


def turns(items: Iterable[T]) -> Iterator[list[T]]:
    """Parts of `items` that take about equally long, with a rest between them.

    The caller's work on a part is timed, so commit it before taking the next one.
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
