"""The connections of one worker to its mail servers."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from shared.mail.transport.smtp import Account, Connection


class Connections:
    """Each is lent to one thread at a time, and kept for the next mail of its account."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: list[Connection] = []
        # Made once: to read the system's certificate authorities takes 3 ms.
        self._trusted = ssl.create_default_context()

    @contextmanager
    def lent(self, account: Account) -> Iterator[Connection]:
        """The connection that was used last, so that what is not needed is left; or a new one."""
        connection = self._kept_for(account) or Connection(account, self._trusted)
        try:
            yield connection
        finally:
            if connection.is_connected():
                with self._lock:
                    self._kept.append(connection)

    def _kept_for(self, account: Account) -> Connection | None:
        with self._lock:
            fitting = [one for one in self._kept if one.account == account]
            if not fitting:
                return None
            self._kept.remove(fitting[-1])
            return fitting[-1]

    def leave_worn(self) -> None:
        """Say goodbye where the server would soon hang up by itself."""
        with self._lock:
            worn = [one for one in self._kept if one.is_worn()]
            self._kept = [one for one in self._kept if one not in worn]
        for connection in worn:
            connection.leave()

    def leave(self) -> None:
        """Say goodbye wherever nobody is sending."""
        with self._lock:
            kept, self._kept = self._kept, []
        for connection in kept:
            connection.leave()
