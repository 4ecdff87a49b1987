"""What became of one hand-over, whatever carried the message."""

from dataclasses import dataclass

from shared.storage.models import Phase, Verdict


@dataclass(frozen=True)
class Outcome:
    """What became of one hand-over; `code` is None when there was no answer."""

    verdict: Verdict
    phase: Phase
    code: int | None
    text: str


# The message was not wanted any more when the server was ready for it.
HELD_BACK = Outcome(Verdict.RETRY, Phase.DATA, None, "held back")
