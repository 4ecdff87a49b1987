"""The longest wait for the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

# Seconds within which PostgreSQL has to answer; None waits forever.
PATIENCE: ContextVar[float | None] = ContextVar("patience", default=None)


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    """Let each query to PostgreSQL in the block, and in threads that share its context, fail unless
    it is answered within `seconds`."""
    before = PATIENCE.set(seconds)
    try:
        yield
    finally:
        PATIENCE.reset(before)
