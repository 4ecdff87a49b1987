"""How many foreign files are read at once, and for whom: each takes memory and a processor."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from shared import budgets
from shared.errors import ReadersBusy

# The time for which a person at a screen waits for a place.
_PATIENCE_SECONDS = 10.0
_event: ContextVar[int | None] = ContextVar("_event", default=None)
_has_place: ContextVar[bool] = ContextVar("_has_place", default=False)
# The events whose files are being read, and those whose files wait.
_reading: list[int | None] = []
_waiting: list[int | None] = []
_changed = threading.Condition()


@contextmanager
def for_event(event_id: int) -> Iterator[None]:
    """Count files that this thread reads within the block as the event's, which are read one at a
    time."""
    before = _event.set(event_id)
    try:
        yield
    finally:
        _event.reset(before)


@contextmanager
def place(patience: float | None = None) -> Iterator[None]:
    """Take a place for reading one file while the block lasts.

    Raises ReadersBusy if others' files (see `for_event`) take all places for longer than `patience`
    seconds (None: ten).
    """
    if _has_place.get():
        yield
        return
    event = _event.get()
    with _changed:
        present = [*_reading, *_waiting]
        if present.count(event) >= budgets.READ_OR_WAITING_OF_EVENT.most or (
            len(present) >= budgets.READ_OR_WAITING.most
        ):
            raise ReadersBusy()
        _waiting.append(event)
        try:
            seconds = _PATIENCE_SECONDS if patience is None else patience
            has_room = _changed.wait_for(lambda: _has_room(event), seconds)
        finally:
            _waiting.remove(event)
        if not has_room:
            raise ReadersBusy()
        _reading.append(event)
    try:
        yield
    finally:
        with _changed:
            _reading.remove(event)
            _changed.notify_all()


@contextmanager
def shared_place() -> Iterator[None]:
    """Take a place while the block lasts, which files that this thread reads within it share:
    processing a file in this process takes as much memory as reading it.

    Raises ReadersBusy if others take all places for too long.
    """
    with place():
        before = _has_place.set(True)
        try:
            yield
        finally:
            _has_place.reset(before)


def _has_room(event: int | None) -> bool:
    # Files of no event have a place of their own.
    of_events = [event for event in _reading if event is not None]
    is_first = _reading.count(event) < budgets.READ_OF_EVENT.most
    return is_first and (event is None or len(of_events) < budgets.READ.most)
