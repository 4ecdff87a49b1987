"""Downloads on offer: what was ordered, its progress, and how many run at once.

Orders are kept here and not in the address, which browsers and proxies record.
"""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import AsyncIterable, Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from anyio import fail_after
from starlette.requests import ClientDisconnect
from starlette.responses import StreamingResponse
from starlette.types import Message, Receive, Scope, Send

from shared.errors import DownloadsBusy

# Each waiter holds a thread of the pool, which has 40.
_MOST_WAITING = 16
log = logging.getLogger(__name__)
# How long a client, such as a suspended one, may take nothing of it while others wait for a turn.
PATIENCE_SECONDS = 600.0


class State(StrEnum):
    READY = "ready"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Limit:
    """How many of a kind are sent at once, and of an event only one if it is `one_of_event`.

    Who comes then waits for `patience` seconds, and is told that the others are `busy`.
    """

    at_once: int
    busy: str
    patience: float = 0.0
    one_of_event: bool = False


@dataclass(eq=False)
class Download:
    """One order, how many rows or certificates it has, and how many of them are made."""

    key: str
    order: Any
    address: str
    limit: Limit
    event_id: int | None
    total: int = 0
    done: int = 0
    state: State = State.READY
    # By `time.monotonic`.
    offered_at: float = field(default_factory=time.monotonic)

    def count(self, done: int) -> None:
        self.done = done


class Offers:
    """The downloads on offer, and which of them are running."""

    def __init__(self, *, most_kept: int) -> None:
        self._most_kept = most_kept
        self._kept: OrderedDict[str, Download] = OrderedDict()
        self._waiting = 0
        self._changed = threading.Condition()

    def offer(self, download: Download) -> Download:
        """Offer a new download, which is found by its key."""
        with self._changed:
            self._kept[download.key] = download
            for old in list(self._kept)[: max(0, len(self._kept) - self._most_kept)]:
                if self._kept[old].state is not State.RUNNING:
                    del self._kept[old]
        return download

    def find(self, key: str) -> Download | None:
        with self._changed:
            return self._kept.get(key)

    def begin(self, download: Download) -> None:
        """Check and begin it in one step, so that of two at once the second is refused.

        An address that is opened repeatedly is served only once. Raises DownloadsBusy.
        """
        with self._changed:
            if self._waiting < _MOST_WAITING:
                self._waiting += 1
                try:
                    self._changed.wait_for(
                        lambda: self._has_place(download), download.limit.patience
                    )
                finally:
                    self._waiting -= 1
            if download.state is State.RUNNING or not self._has_place(download):
                raise DownloadsBusy(download.limit.busy)
            download.done, download.state = 0, State.RUNNING

    def end(self, download: Download, left: State = State.STOPPED) -> None:
        """Note that nobody reads any further; `left` is READY if nothing of it was sent."""
        with self._changed:
            if download.state is State.RUNNING:
                download.state = left
            self._changed.notify_all()

    def _has_place(self, download: Download) -> bool:
        limit = download.limit
        kept = [one for one in self._kept.values() if one.limit is limit]
        running = [one.event_id for one in kept if one.state is State.RUNNING]
        is_alone = not limit.one_of_event or download.event_id not in running
        return len(running) < limit.at_once and is_alone


# A file that is made while it is sent


class StreamedFile(StreamingResponse):
    """Calls `ended` in any case, even if the client reads nothing, or stops reading."""

    def __init__(
        self,
        pieces: AsyncIterable[bytes] | Iterable[bytes],
        media_type: str,
        headers: dict[str, str],
        ended: Callable[[], None],
    ) -> None:
        super().__init__(pieces, media_type=media_type, headers=headers)
        self._ended = ended
        self._is_given_up = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_in_time(message: Message) -> None:
            try:
                with fail_after(PATIENCE_SECONDS):
                    await send(message)
            except TimeoutError:
                self._is_given_up = True
                raise

        try:
            await super().__call__(scope, receive, send_in_time)
        except (TimeoutError, ClientDisconnect):
            if not self._is_given_up:
                raise
            log.warning("A download was given up: nothing of it was taken for some minutes")
        finally:
            self._ended()
