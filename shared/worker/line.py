"""The claimed mails that wait for one of a worker's slots."""

import queue
import threading
import time
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager

from shared.mail.queue.claimed import Claimed


class Line:
    """First come, first served, unless one account's mails would keep too many slots waiting.

    A server may think for ten minutes about each mail. While mails of other accounts are due, half
    of the slots at most are given to one account's.
    """

    def __init__(self, slots: int) -> None:
        self._slots = slots
        self._share = max(1, slots // 2)
        self._change = threading.Condition()
        self._waiting: deque[Claimed] = deque()
        self._served: Counter[int | None] = Counter()
        # The account beside which no other one has mails that are due.
        self._alone: int | None = None
        self._is_over = False

    def put(self, claimed: Claimed) -> None:
        with self._change:
            if claimed.account_id != self._alone:
                self._alone = None
            self._waiting.append(claimed)
            self._change.notify()

    def take(self, timeout: float = 0.0) -> Claimed | None:
        """The next mail for a slot, which is `served` then; None when the line is over.

        Raises queue.Empty if there is none within `timeout` seconds.
        """
        deadline = time.monotonic() + timeout
        with self._change:
            while not self._is_over:
                if item := next(filter(self._may_be_served, self._waiting), None):
                    self._waiting.remove(item)
                    self._served[item.account_id] += 1
                    return item
                if not self._change.wait(deadline - time.monotonic()):
                    raise queue.Empty
            return None

    @contextmanager
    def served(self, claimed: Claimed) -> Iterator[None]:
        """A mail that was taken keeps its slot for as long as the block lasts."""
        try:
            yield
        finally:
            with self._change:
                self._served[claimed.account_id] -= 1
                self._change.notify_all()

    def close(self) -> list[Claimed]:
        """Nothing is taken any more; returns what was waiting."""
        with self._change:
            self._is_over = True
            self._change.notify_all()
            return list(self._waiting)

    def count(self) -> int:
        """How many mails wait or are served."""
        with self._change:
            return len(self._waiting) + self._served.total()

    def has_free_slot(self) -> bool:
        with self._change:
            return self._served.total() < self._slots

    def crowding(self) -> int | None:
        """The account that has its share of the slots, if there is one and it could take more."""
        with self._change:
            held = [one for one, count in self._served.items() if count >= self._share]
            return held[0] if len(held) == 1 and self._slots > 1 else None

    def leave_to(self, account_id: int | None) -> None:
        """Give all slots to this account, beside which no mail is due; None: to no single one."""
        with self._change:
            self._alone = account_id
            self._change.notify_all()

    def _may_be_served(self, item: Claimed) -> bool:
        account = item.account_id
        if self._served[account] < self._share or account is None:
            return True
        return account == self._alone
