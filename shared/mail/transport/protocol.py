"""What every transport does, and the possible outcomes of a hand-over."""

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from shared.findings import Finding
from shared.storage.models import Phase, Verdict


@dataclass(frozen=True)
class Outcome:
    """The outcome of one hand-over.

    `code` and `text` are the server's answer; `code` is None if there was none.
    """

    verdict: Verdict
    phase: Phase
    code: int | None
    text: str
    # For how long, if the server said so.
    wait: timedelta | None = None
    # Refused, but it may still arrive.
    may_have_left: bool = False
    # When it was known (monotonic); storing it may take a moment.
    known_at: float | None = None


# The message was no longer wanted when the server was ready for it.
HELD_BACK = Outcome(Verdict.RETRY, Phase.DATA, None, "held back")


class Transport(Protocol):
    """Carries the messages of one account.

    Used by one thread at a time, except `cut`. A transport that derives from this defines three
    methods; if it keeps nothing open and waits for nothing, the others can stay as they are.
    """

    @abstractmethod
    def deliver(
        self, message: bytes, recipient: str, before_content: Callable[[], bool] = lambda: True
    ) -> Outcome:
        """Hand `message` (RFC 5322, lines end with CRLF) over for the address `recipient`.

        `before_content` is called once, at the last point at which the message can be held back; if
        it returns False the outcome is HELD_BACK. After it returned True, a lost answer is UNSURE.
        Only raises what `before_content` raises: failures are outcomes.
        """

    @abstractmethod
    def check(self) -> list[Finding]:
        """What can be known about the account without a message; takes some seconds.

        Findings that `stop` mean that nothing would be accepted from it now.
        """

    @abstractmethod
    def close(self) -> None:
        """Leave what is open; the next message would open it again."""

    def is_open(self) -> bool:
        """Whether something is open that the next message can use."""
        return False

    def cut(self) -> None:
        """Abort what another thread is waiting for in `deliver`, which becomes its outcome."""
