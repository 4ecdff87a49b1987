"""Downloads on offer: what was ordered, its progress, and how many run at once.

Orders are kept here and not in the address, which browsers and proxies record.
"""

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from shared.errors import ProductError

Order = TypeVar("Order")
# Each waiter holds a thread of the pool, which has 40.
_MOST_WAITING = 16


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

    def count(self, done: int) -> None:
        self.done = done


class Offers(Generic[Order]):
    """Downloads of one kind. `busy` is raised if `most_at_once` of them are running, and none ends
    within `patience` seconds."""

    def __init__(
        self, busy: type[ProductError], *, most_at_once: int, most_kept: int, patience: float = 0
    ) -> None:
        self._busy = busy
        self._most_at_once, self._most_kept = most_at_once, most_kept
        self._patience = patience
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
            self._wait_for_a_place()
            if download.state is State.RUNNING or not self._has_place():
                raise self._busy()
            download.done, download.state = 0, State.RUNNING

    def end(self, download: Download[Order]) -> None:
        """Note that nobody reads any further."""
        with self._changed:
            if download.state is State.RUNNING:
                download.state = State.STOPPED
            self._changed.notify_all()

    def _wait_for_a_place(self) -> None:
        if self._waiting >= _MOST_WAITING:
            return
        self._waiting += 1
        try:
            self._changed.wait_for(self._has_place, self._patience)
        finally:
            self._waiting -= 1

    def _has_place(self) -> bool:
        running = sum(one.state is State.RUNNING for one in self._kept.values())
        return running < self._most_at_once
