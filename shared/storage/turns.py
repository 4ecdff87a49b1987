"""Long work on the database in turns, so that everybody else can write between them."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar, cast

from sqlalchemy import CursorResult, delete, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from shared.garbage import no_search_for_garbage
from shared.storage.database import Database
from shared.storage.many_values import among

T = TypeVar("T")
# Called repeatedly with the share that is done.
Progress = Callable[[float], object]
# Called repeatedly with how many are done.
CountProgress = Callable[[int], object]

# Never fewer, even if turns on a busy machine take longer: each has a cost of its own.
_FEWEST, _MOST = 100, 2_000
# One turn takes about this long, so that no other writer waits longer than 50 ms. In the pause,
# other processes waiting for SQLite retry several times, and Python collects garbage, which made
# some turns take 0.2 s longer.
_TURN_SECONDS = 0.045
_REST_SECONDS = 0.02


def turns(items: Iterable[T], work: Callable[[list[T]], object]) -> Iterator[int]:
    """Do this work, which commits itself, on parts of `items` that take about equally long, with
    pauses between them; yield how many are done after each part.

    What the caller does before taking the next number is not timed.
    """
    size, left, done = _FEWEST, iter(items), 0
    part = list(islice(left, size))
    while part:
        began = time.monotonic()
        with no_search_for_garbage():
            work(part)
        took = max(time.monotonic() - began, 0.001)
        done += len(part)
        yield done
        fitting = int(len(part) * _TURN_SECONDS / took)
        size = max(_FEWEST, min(fitting, 2 * size, _MOST))
        if part := list(islice(left, size)):
            time.sleep(_REST_SECONDS)


def unseen(_: float) -> None:
    """Ignore the progress."""


def in_turns(
    database: Database,
    items: Sequence[T],
    work: Callable[[list[T]], object],
    progress: Progress = unseen,
) -> None:
    """Do this work on parts of `items`, which it commits itself."""
    for turn, done in enumerate(turns(items, work), start=1):
        progress(done / len(items))
        database.look_at_growth(turn)


def write_in_turns(
    database: Database, items: Sequence[T], work: Callable[[Session, list[T]], int]
) -> int:
    """Do this work on parts of `items`, each in its own transaction; return the sum of its
    results."""
    count = 0

    def one_turn(part: list[T]) -> None:
        nonlocal count
        with database.writing() as session:
            count += work(session, part)

    in_turns(database, items, one_turn)
    return count


def delete_in_turns(database: Database, key: InstrumentedAttribute[Any], *which: Any) -> int:
    """Delete the rows that meet these conditions, by the `key` of their table; return how many.

    Each turn asks the conditions again, so a row that was renewed since stays.
    """
    with database.reading() as session:
        found = session.scalars(select(key).where(*which)).all()

    def delete_some(session: Session, some: Sequence[Any]) -> int:
        gone = session.execute(delete(key.class_).where(among(key, some), *which))
        return cast(CursorResult[Any], gone).rowcount

    return write_in_turns(database, found, delete_some)
