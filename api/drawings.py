"""A fair semaphore for drawing while somebody waits: images do not fill the memory, and an event
that draws much keeps no other one waiting."""

import threading
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress

from shared import liveness
from shared.budgets import DRAWINGS, DRAWINGS_WAITING
from shared.errors import ProductError
from shared.language import N_

_PATIENCE = 4.0


class DrawingsBusy(ProductError):
    message = N_("Many certificates are being drawn at this moment. Please try again in a moment.")


class _FairSemaphore:
    """Of the events that wait, the one that has drawn for the shortest time is next."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._free = DRAWINGS.most
        # By event, who waits; the result says whether they have a permit or lost their place.
        self._waiting: dict[int, deque[Future[bool]]] = {}
        # By event, for how many seconds it has drawn since nobody drew.
        self._drawn: dict[int, float] = {}

    def acquire(self, event_id: int) -> None:
        """Raises DrawingsBusy when no permit is free within seconds, or when too many wait."""
        with self._lock:
            # Who was away is before nobody for that.
            least = min((self._drawn[other] for other in self._waiting), default=0.0)
            self._drawn[event_id] = max(self._drawn.get(event_id, 0.0), least)
            if self._free:
                self._free -= 1
                return
            if sum(map(len, self._waiting.values())) >= DRAWINGS_WAITING.most:
                # Whoever came last in the longest line has to come again: perhaps
                # the one who comes.
                longest = max(self._waiting, key=lambda event: len(self._waiting[event]))
                if len(self._waiting[longest]) <= len(self._waiting.get(event_id, ())) + 1:
                    raise DrawingsBusy()
                self._taken_out(longest, self._waiting[longest][-1]).set_result(False)
            place: Future[bool] = Future()
            self._waiting.setdefault(event_id, deque()).append(place)
        with suppress(TimeoutError):
            place.result(_PATIENCE)
        with self._lock:
            if not place.done():
                self._taken_out(event_id, place).set_result(False)
        if not place.result():
            raise DrawingsBusy()

    def release(self, event_id: int, seconds: float) -> None:
        with self._lock:
            self._drawn[event_id] += seconds
            if self._waiting:
                following = min(self._waiting, key=self._drawn.__getitem__)
                self._taken_out(following, self._waiting[following][0]).set_result(True)
                return
            self._free += 1
            if self._free == DRAWINGS.most:
                self._drawn.clear()

    def _taken_out(self, event_id: int, place: "Future[bool]") -> "Future[bool]":
        """Take the place out of its line."""
        self._waiting[event_id].remove(place)
        if not self._waiting[event_id]:
            del self._waiting[event_id]
        return place


_semaphore = _FairSemaphore()


@contextmanager
def permit(event_id: int, what: str) -> Iterator[None]:
    """One of a few permits of this process, for a drawing of the event (`liveness.working_on`).

    Raises DrawingsBusy when none is free within seconds, and ProductError for what this program
    got stuck on twice.
    """
    if what in liveness.stuck_on_twice:
        raise ProductError(
            N_(
                "This certificate is not drawn at the moment: twice in a row, the program got "
                "stuck on it. Please tell the organizers; whoever runs the program finds more with "
                "“certs doctor”."
            )
        )
    _semaphore.acquire(event_id)
    began = time.monotonic()
    try:
        with liveness.working_on(what):
            yield
    finally:
        _semaphore.release(event_id, time.monotonic() - began)
