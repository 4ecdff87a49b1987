"""What every way to hand messages over does, and what may become of one."""

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from shared.mail.transport.findings import Finding
from shared.storage.models import Phase, Verdict


@dataclass(frozen=True)
class Outcome:
    """What became of one hand-over.

    `code` and `text` are the server's answer; `code` is None when there was none.
    """

    verdict: Verdict
    phase: Phase
    code: int | None
    text: str
    # The account rests as well, as it does after each PAUSE.
    rests: bool = False
    # For so long, where the server has said it.
    wait: timedelta | None = None
    # Refused, and yet it may arrive.
    may_have_left: bool = False


# The message was not wanted any more when the server was ready for it.
HELD_BACK = Outcome(Verdict.RETRY, Phase.DATA, None, "held back")


class Transport(Protocol):
    """Carries the messages of one account.

    Used by one thread at a time, but for `cut`. A transport that derives from this says three
    things; what keeps nothing open and waits for nobody leaves the others as they are.
    """

    @abstractmethod
    def deliver(
        self, message: bytes, recipient: str, before_content: Callable[[], bool] = lambda: True
    ) -> Outcome:
        """Hand `message` (RFC 5322, lines end with CRLF) over for the address `recipient`.

        `before_content` is asked once, at the last moment at which the message can be held back;
        when it says False the outcome is HELD_BACK. After it said True a lost answer is UNSURE.
        Raises nothing but what `before_content` raises: faults on the way are outcomes.
        """

    @abstractmethod
    def check(self) -> list[Finding]:
        """What can be known about the account without a message; asks for some seconds.

        Findings that `stop` say that nothing would be taken from it now.
        """

    @abstractmethod
    def close(self) -> None:
        """Leave what is open; the next message would open it again."""

    def is_open(self) -> bool:
        """Whether something is open that the next message can use."""
        return False

    def cut(self) -> None:
        """End what another thread is waiting for in `deliver`, which becomes its outcome."""
