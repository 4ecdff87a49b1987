"""A fair semaphore: frequent callers do not keep others waiting."""

import threading
from collections import deque
from collections.abc import Hashable
from concurrent.futures import Future
from typing import Generic, TypeVar

Who = TypeVar("Who", bound=Hashable)


class FairSemaphore(Generic[Who]):
    """Gives the next permit to who has held permits for the shortest time, such as an event."""

    def __init__(
        self,
        permits: int,
        most_waiting: int,
        most_of_one: int | None = None,
        credit: float = 0,
    ) -> None:
        """`credit` bounds, in seconds, the lead of those who were away or held permits briefly."""
        self._lock = threading.Lock()
        self._permits = self._free = permits
        self._most_waiting = most_waiting
        self._most_of_one = most_of_one or most_waiting
        self._credit = credit
        # The places in line; a result is True with a permit, False if the place is lost.
        self._waiting: dict[Who, deque[Future[bool]]] = {}
        # Seconds for which each held a permit since all were free.
        self._had: dict[Who, float] = {}

    def line_up(self, who: Who) -> "Future[bool]":
        """Return a place in line, whose result becomes True with a permit, at once if one is free.

        It is False if too many wait. Call `step_out` when the wait is over.
        """
        place: Future[bool] = Future()
        with self._lock:
            least = min((self._had[other] for other in self._waiting), default=0.0)
            self._had[who] = max(self._had.get(who, 0.0), least - self._credit)
            if self._free:
                self._free -= 1
                place.set_result(True)
            elif self._has_room(who):
                self._waiting.setdefault(who, deque()).append(place)
            else:
                place.set_result(False)
        return place

    def _has_room(self, who: Who) -> bool:
        own = len(self._waiting.get(who, ()))
        if own >= self._most_of_one:
            return False
        if sum(map(len, self._waiting.values())) >= self._most_waiting:
            # The last in the longest line loses its place: perhaps the newcomer itself.
            longest = max(self._waiting, key=lambda other: len(self._waiting[other]))
            if len(self._waiting[longest]) <= own + 1:
                return False
            self._taken_out(longest, self._waiting[longest][-1]).set_result(False)
        return True

    def step_out(self, who: Who, place: "Future[bool]") -> bool:
        """Return whether the place has a permit, to be released; otherwise give the place up."""
        with self._lock:
            if not place.done():
                self._taken_out(who, place).set_result(False)
        return place.result()

    def release(self, who: Who, seconds: float) -> None:
        """Give back a permit that was held for `seconds`, to the next in line if any."""
        with self._lock:
            self._had[who] += seconds
            if self._waiting:
                following = min(self._waiting, key=self._had.__getitem__)
                self._taken_out(following, self._waiting[following][0]).set_result(True)
                return
            self._free += 1
            if self._free == self._permits:
                self._had.clear()

    def _taken_out(self, who: Who, place: "Future[bool]") -> "Future[bool]":
        """Take the place out of its line, and return it."""
        self._waiting[who].remove(place)
        if not self._waiting[who]:
            del self._waiting[who]
        return place
