"""Downloads on offer: what was ordered, its progress, and how many run at once.

Orders are kept here and not in the address, which browsers and proxies record.
"""

import logging
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import AsyncIterable, Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from anyio import fail_after
from starlette.requests import ClientDisconnect
from starlette.responses import StreamingResponse
from starlette.types import Message, Receive, Scope, Send

from shared.errors import ProductError

Order = TypeVar("Order")
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


@dataclass(eq=False)
class Download(Generic[Order]):
    """One order, how many rows or certificates it has, and how many of them are made."""

    key: str
    order: Order
    address: str
    total: int
    done: int = 0
    state: State = State.READY
    # By `time.monotonic`.
    offered_at: float = field(default_factory=time.monotonic)

    def count(self, done: int) -> None:
        self.done = done


class Offers(Generic[Order]):
    """Downloads of one kind. `busy` is raised if `most_at_once` of them are running, or one whose
    order is `about` the same, and none ends within `patience` seconds."""

    def __init__(
        self,
        busy: type[ProductError],
        *,
        most_at_once: int,
        most_kept: int,
        patience: float = 0,
        about: Callable[[Order], object] = id,
    ) -> None:
        self._busy = busy
        self._most_at_once, self._most_kept = most_at_once, most_kept
        self._patience = patience
        self._about = about
        self._kept: OrderedDict[str, Download[Order]] = OrderedDict()
        self._waiting = 0
        self._changed = threading.Condition()

    def offer(self, order: Order, address: Callable[[str], str], total: int = 0) -> Download[Order]:
        """Offer a new download, whose address contains its key."""
        key = secrets.token_urlsafe(16)
        download = Download(key, order, address(key), total)
        with self._changed:
            self._kept[key] = download
            for old in list(self._kept)[: max(0, len(self._kept) - self._most_kept)]:
                if self._kept[old].state is not State.RUNNING:
                    del self._kept[old]
        return download

    def find(self, key: str) -> Download[Order] | None:
        with self._changed:
            return self._kept.get(key)

    def begin(self, download: Download[Order]) -> None:
        """Check and begin it in one step, so that of two at once the second is refused.

        An address that is opened repeatedly is served only once. Raises `busy`.
        """
        with self._changed:
            if self._waiting < _MOST_WAITING:
                self._waiting += 1
                try:
                    self._changed.wait_for(lambda: self._has_place(download), self._patience)
                finally:
                    self._waiting -= 1
            if download.state is State.RUNNING or not self._has_place(download):
                raise self._busy()
            download.done, download.state = 0, State.RUNNING

    def end(self, download: Download[Order]) -> None:
        """Note that nobody reads any further."""
        with self._changed:
            if download.state is State.RUNNING:
                download.state = State.STOPPED
            self._changed.notify_all()

    def _has_place(self, download: Download[Order]) -> bool:
        running = [one.order for one in self._kept.values() if one.state is State.RUNNING]
        return len(running) < self._most_at_once and self._about(download.order) not in map(
            self._about, running
        )


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
