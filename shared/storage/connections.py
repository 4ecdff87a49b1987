"""How long is waited for the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

# Seconds within which PostgreSQL has to answer; None: it is waited for forever.
PATIENCE: ContextVar[float | None] = ContextVar("patience", default=None)


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    """Within the block, and in threads that share its context, each query to PostgreSQL is answered
    within this many seconds, or fails as unanswered."""
    before = PATIENCE.set(seconds)
    try:
        yield
    finally:
        PATIENCE.reset(before)
