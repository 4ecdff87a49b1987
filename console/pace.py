"""The pace at which an event's mails leave, as seen by a tab, and the time of the last one."""

import time
from datetime import datetime, timedelta

from console.session_key import SessionKey
from shared.storage.models import now

# Moments of this tab, in `time.monotonic`, each with the number of mails that had left.
_LEFT_BY = SessionKey[list[tuple[float, int]]]("pace.left_by")
_SECONDS = 10.0


def of_late(event_id: int, left: int) -> float:
    """Return how many mails leave a second, now that `left` have left; 0 until it is known."""
    key, now = _LEFT_BY.of(event_id), time.monotonic()
    before = [(at, count) for at, count in key.get([]) if at > now - _SECONDS]
    # Before the first one has left, no time counts.
    if all(count == left for _, count in before):
        before = []
    key.set([*before, (now, left)])
    if not before or now < before[0][0] + 1 or left <= before[0][1]:
        return 0
    return (left - before[0][1]) / (now - before[0][0])


def no_sooner(forecast: datetime, to_go: int, a_second: float) -> datetime:
    """Return when the last of `to_go` mails leaves: the forecast, or later if `a_second`, unless it
    is 0, is slower."""
    if not a_second:
        return forecast
    return max(forecast, now() + timedelta(seconds=to_go / a_second))
