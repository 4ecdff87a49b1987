"""Turns for drawing while somebody waits, so that images do not fill the memory."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from shared.errors import ProductError
from shared.language import N_

# A PNG of a template of 40 megapixels takes 260 MB while it is drawn (measured).
AT_ONCE = 2
# Each waiter holds a thread of the pool, which has 40.
_MOST_WAITING = 16
_PATIENCE = 4.0


class DrawingsBusy(ProductError):
    message = N_("Many certificates are being drawn at this moment. Please try again in a moment.")


_turns = threading.BoundedSemaphore(AT_ONCE)
_places = threading.BoundedSemaphore(AT_ONCE + _MOST_WAITING)


@contextmanager
def turn() -> Iterator[None]:
    """One of a few turns of this process. Raises DrawingsBusy when none comes within seconds."""
    if not _places.acquire(blocking=False):
        raise DrawingsBusy()
    try:
        if not _turns.acquire(timeout=_PATIENCE):
            raise DrawingsBusy()
        try:
            yield
        finally:
            _turns.release()
    finally:
        _places.release()
