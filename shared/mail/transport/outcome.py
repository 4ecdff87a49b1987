"""Outcomes of hand-overs."""

from dataclasses import dataclass
from datetime import timedelta

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
    # How long the server asks to wait, if it says so.
    wait: timedelta | None = None
    # The server refused the message, which may still arrive.
    may_have_left: bool = False
    # When the outcome was known (monotonic); storing it may take a moment.
    known_at: float | None = None


# The outcome of a message that was no longer wanted when the server was ready for it.
HELD_BACK = Outcome(Verdict.RETRY, Phase.DATA, None, "held back")
