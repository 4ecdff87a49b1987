"""The connections that one worker keeps open to its mail servers (`make bench`: an invitation)."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from shared.mail.transport.protocol import Account, Transport
from shared.mail.transport.transports import open_transport

# Servers hang up on idle clients: be the first to leave.
_IDLE_SECONDS = 20.0


@dataclass(frozen=True)
class _Kept:
    account: Account
    transport: Transport
    since: float = field(default_factory=time.monotonic)


class Pool:
    """Each transport is lent to one thread at a time, and kept for its account's next message."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: list[_Kept] = []

    @contextmanager
    def lent(self, account: Account) -> Iterator[Transport]:
        """The one used last, so that those not needed become idle; or a new one.

        Raises SettingRefused, see `open_transport`.
        """
        with self._lock:
            fitting = [one for one in self._kept if one.account == account]
            if fitting:
                self._kept.remove(fitting[-1])
        transport = fitting[-1].transport if fitting else open_transport(account)
        try:
            yield transport
        finally:
            if transport.is_open():
                with self._lock:
                    self._kept.append(_Kept(account, transport))

    def close_idle(self) -> None:
        """Close connections that have been idle for some time."""
        self._close(time.monotonic() - _IDLE_SECONDS)

    def close(self) -> None:
        """Close all connections that are not in use."""
        self._close(time.monotonic())

    def _close(self, last: float) -> None:
        with self._lock:
            idle = [one for one in self._kept if one.since <= last]
            self._kept = [one for one in self._kept if one.since > last]
        for one in idle:
            one.transport.close()
