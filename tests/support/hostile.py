"""What somebody writes to make a reader take long: short texts, repeated."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

UNITS = (
    *("(", ")", "[", "{", "<", ">", '"', "'", "\\", "&", "-", "_", ".", ",", ";", ":", "=", "/"),
    *(" ", "\t", "\n", "\r\n", "a\n", "\n\n", "> "),
    *("a", "a@", "a.b@", "<a@b.c>\n", "1-", "5.1.1 ", "500 ", "0,"),
    *("<script", "</script", "<br", "<!--", "<a>", "&#1;"),
    *("=?utf-8?q?a?= ", "=41", "%41", "a=b;", "a:b\n", "message-id:\n ", "-- original mail"),
    *("\u0301", "\u200d", "\u0627", "，", "🇨", "\0"),
)  # fmt: skip


def repeated(unit: str, size: int) -> bytes:
    """`size` bytes of it, the last one perhaps cut."""
    octets = unit.encode()
    return (octets * (size // len(octets) + 1))[:size]


class TookTooLong(BaseException):
    """No code under test catches it."""


@contextmanager
def processor_seconds(most: float) -> Iterator[None]:
    """End the block after that much of the processor's time, however busy the machine is."""

    def end(number: int, frame: FrameType | None) -> None:
        raise TookTooLong

    before = signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, most)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
