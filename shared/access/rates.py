"""Rates of requests, counted in the memory of one process."""

from limits import RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from shared.budgets import Bound


class Rates:
    """Counts against bounds that have seconds."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def take(self, bound: Bound, who: str) -> bool:
        """Count one more of `who`; return False, without counting, over the bound."""
        rate = RateLimitItemPerSecond(bound.most, int(bound.seconds))
        return self._limiter.hit(rate, bound.what, who)
