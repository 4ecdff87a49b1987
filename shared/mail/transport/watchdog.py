"""The watchdog, which ends conversations with servers that take too long as a whole."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import Protocol

_WATCH_SECONDS = 0.1
# A whole conversation may take this many times as long as an answer: a server that answers a byte
# at a time never reaches the time-out for one.
_ANSWERS = 3


class _Cuttable(Protocol):
    def cut(self) -> None:
        """Abort what another thread is waiting for."""


def hang_up(connected: socket.socket | None) -> None:
    """Abort what another thread is waiting for on this connection, if there is one."""
    if connected is not None:
        # It may have been closed just now. Not SSLSocket.shutdown, which ends the encryption while
        # another thread reads.
        with suppress(OSError):
            socket.socket.shutdown(connected, socket.SHUT_RDWR)


class Watchdog(threading.Thread):
    """A thread that cuts connections whose work takes too long.

    One thread for all: starting one for each mail took 0.1 ms of processor time, and the mail
    waited until it ran (`make bench`: an invitation, beside smtp-source).
    """

    def __init__(self) -> None:
        super().__init__(daemon=True, name="watch-hand-overs")
        self._deadlines: dict[_Cuttable, float] = {}
        self._is_needed = threading.Event()

    @contextmanager
    def watching(self, connection: _Cuttable, seconds: float) -> Iterator[None]:
        """Cut `connection` if the block takes longer."""
        self._deadlines[connection] = time.monotonic() + seconds
        self._is_needed.set()
        try:
            yield
        finally:
            del self._deadlines[connection]

    def allow(self, connection: _Cuttable, seconds: float) -> None:
        """Give a connection that is being watched `seconds` from now on."""
        self._deadlines[connection] = time.monotonic() + seconds

    def run(self) -> None:
        while self._is_needed.wait():
            self._is_needed.clear()
            for connection, deadline in self._deadlines.copy().items():
                self._is_needed.set()
                if time.monotonic() > deadline:
                    connection.cut()
            time.sleep(_WATCH_SECONDS)


@cache
def watchdog() -> Watchdog:
    """Return the one watchdog of this process."""
    started = Watchdog()
    started.start()
    return started


@contextmanager
def unbroken(
    connection: _Cuttable, answer_seconds: float, give_up: Callable[[], object]
) -> Iterator[None]:
    """Cut the conversation in the block when it takes too long as a whole, and give the connection
    up after any error, so that nobody continues it."""
    try:
        with watchdog().watching(connection, _ANSWERS * answer_seconds):
            yield
    except BaseException:
        give_up()
        raise
