"""A moment's wait of one thread for those that are about to come, so that it acts for all."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

# Mails handed to the same server side by side come within this time: four connections took 2.0 ms a
# mail with the wait and 2.6 ms without it (measured). When a server takes long to answer, nobody
# comes in time, and the wait is little beside its answers: 28 ms a mail with it and without it.
_LONGEST_WAIT_SECONDS = 0.002


class Company:
    """The threads that come to the same place again and again, each for itself."""

    def __init__(self, longest_wait: float = _LONGEST_WAIT_SECONDS) -> None:
        self._longest_wait = longest_wait
        self._change = threading.Condition()
        self._present = 0
        self._arrived = 0

    @contextmanager
    def joined(self) -> Iterator[None]:
        """While the block lasts, others may wait for this thread."""
        self._count(present=1)
        try:
            yield
        finally:
            self._count(present=-1)

    @contextmanager
    def left(self) -> Iterator[None]:
        """The same thread within `joined`: nobody waits for it until the block ends."""
        self._count(present=-1)
        try:
            yield
        finally:
            self._count(present=1)

    def arrive(self) -> None:
        """This thread has come, and whoever waits need not wait for it any longer."""
        self._count(arrived=1)

    def wait_for_others(self) -> None:
        """Return once all have arrived since the last wait, or when one waited for is too late."""
        with self._change:
            self._change.wait_for(self._are_all_here, self._longest_wait)
            self._arrived = 0

    def _are_all_here(self) -> bool:
        return self._arrived >= self._present

    def _count(self, present: int = 0, arrived: int = 0) -> None:
        with self._change:
            self._present += present
            self._arrived += arrived
            if self._are_all_here():
                self._change.notify()
