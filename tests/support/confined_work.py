"""Work for a confined process in tests: to answer, to take too much, to crash."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from shared import confined, reading_places


@contextmanager
def file_is_read(event_id: int | None) -> Iterator[None]:
    """A file of the event is read while the block lasts."""
    limits = confined.Limits(memory=500_000_000, cpu_seconds=10, seconds=60, answer=10_000)
    with reading_places.for_event(event_id) if event_id else nullcontext():
        reading = confined.answers(__name__, "hello", b"", limits)
        next(reading)
    try:
        yield
    finally:
        reading.close()


def forever() -> None:
    while True:
        time.sleep(60)


def too_much_memory() -> None:
    confined.answer(len(bytes(2_000_000_000)))


def too_much_time() -> None:
    while True:
        pass


def crash() -> None:
    confined.answer("half an answer")
    os.kill(os.getpid(), signal.SIGABRT)


def write_a_file(place: str) -> None:
    with open(place, "w") as file:
        file.write("x")


WORK = {
    "forever": forever,
    "memory": too_much_memory,
    "time": too_much_time,
    "crash": crash,
    "babble": lambda: [confined.answer("x" * 1000) for _ in range(1000)],
}

if __name__ == "__main__":
    request, content = confined.work()
    if request in WORK:
        WORK[request]()
    elif request == "write":
        write_a_file(bytes(content).decode())
    else:
        confined.answer([request, len(content), sorted(os.environ)])
        confined.answer("done")
