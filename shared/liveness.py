"""Ends this process when it is stuck, and tells the next one where it was and what it worked on.

A pattern or a library can hold Python's lock for hours. Then nothing of the process runs, neither a
time-out nor what answers a signal, and all events wait. Only `faulthandler` needs no lock: whoever
started the process (`certs up`, Docker, systemd) starts it again. A database that hangs is waited
for without the lock, and ends nothing.
"""

import atexit
import faulthandler
import logging
import os
import secrets
import signal
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import uvicorn

log = logging.getLogger(__name__)

# How long it may show no sign of life, and how often it gives one.
_SILENCE_SECONDS = 60.0
SIGN_SECONDS = 5

_LONGEST_STACK = 20_000
_MOST_STACKS = 10
# Nobody writes into a file any more that has shown no sign of life for so long.
_DEAD_SECONDS = 3600.0

# A process's file begins with a line for each thread that works on something; behind them
# `faulthandler` appends.
_LINES, _WIDTH = 64, 40
_HEAD = _LINES * _WIDTH
_FREE = b" " * (_WIDTH - 1) + b"\n"
_lines = deque(range(_LINES))
_work: int | None = None
_stacks = 2


# What was worked on (`working_on`) when a process of this service was stuck, and when the one
# before it was; known from `begin` on.
stuck_on_twice: set[str] = set()


def begin(service: str, data_dir: Path) -> None:
    """From the next `alive` on, where this service is stuck is written to a file in `data_dir`.

    What an earlier process wrote there goes to the log, and is kept for `ends`. A full disk keeps
    no service from starting: then it is written to standard error alone.
    """
    global _work, _stacks
    folder = _folder(data_dir)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for found in folder.glob(f"{service}-*.now"):
            stuck_on_twice.update(_look_back(service, found))
        file = folder / f"{service}-{secrets.token_hex(4)}.now"
        _work = os.open(file, os.O_WRONLY | os.O_CREAT, 0o600)
        atexit.register(file.unlink, missing_ok=True)
        os.pwrite(_work, _FREE * _LINES, 0)
        _stacks = os.open(file, os.O_WRONLY | os.O_APPEND)
    except OSError as fault:
        log.warning("where this process may get stuck cannot be written down: %s", fault)


def alive() -> None:
    """Call every SIGN_SECONDS from the loop that serves: the process ends if the next sign is not
    given in time."""
    # Tests are less patient.
    silence = float(os.environ.get("CERTS_SILENCE_SECONDS", _SILENCE_SECONDS))
    faulthandler.dump_traceback_later(silence, exit=True, file=_stacks)
    if _work is not None:
        os.utime(_work)


def watch_by_thread() -> None:
    """For a process without such a loop: a thread that needs nothing but Python's lock."""

    def watch() -> None:
        while True:
            alive()
            time.sleep(SIGN_SECONDS)

    def stop(*_: object) -> None:
        faulthandler.cancel_dump_traceback_later()
        os.kill(os.getpid(), signal.SIGSTOP)

    # Whoever presses Ctrl-Z means it to go on later.
    signal.signal(signal.SIGTSTP, stop)
    threading.Thread(target=watch, daemon=True, name="show-life").start()


def watch_by_server(config: "uvicorn.Config") -> None:
    """For a web server that is about to run: its loop gives the signs."""

    async def show_life() -> None:
        alive()

    config.callback_notify, config.timeout_notify = show_life, SIGN_SECONDS


@contextmanager
def working_on(what: str) -> Iterator[None]:
    """While the block lasts, this thread works on `what`: a kind and an id, in ASCII.

    It may be the block that the process gets stuck in, so it is written down beforehand.
    """
    if _work is None or not _lines:
        yield
        return
    line = _lines.pop()
    try:
        _write_line(line, f"{what:{_WIDTH - 1}.{_WIDTH - 1}}\n".encode())
        yield
    finally:
        _write_line(line, _FREE)
        _lines.append(line)


def one_by_one(kind: str, ids: Iterable[int]) -> Iterator[int]:
    """The ids of what is to be worked on, each noted meanwhile; without what this program got stuck
    on twice."""
    for id in ids:
        what = f"{kind} {id}"
        if what not in stuck_on_twice:
            with working_on(what):
                yield id


def ends(data_dir: Path) -> list[tuple[str, datetime, Path]]:
    """Services that ended because they were stuck, when, and the file that says where."""
    files = (file for kind in ("*.txt", "*.now") for file in _folder(data_dir).glob(kind))
    found = [file for file in files if file.stat().st_size > _HEAD]
    return sorted((file.stem.partition("-")[0], _written(file), file) for file in found)


def _write_line(line: int, content: bytes) -> None:
    assert _work is not None
    with suppress(OSError):  # The disk is full: work goes on.
        os.pwrite(_work, content, line * _WIDTH)


def _look_back(service: str, file: Path) -> set[str]:
    """Tell of a process that was stuck; what it and the one before it worked on."""
    try:
        at, size = _written(file), file.stat().st_size
        if size <= _HEAD:
            if (datetime.now(UTC) - at).total_seconds() > _DEAD_SECONDS:
                file.unlink()
            return set()
        # Of several that start at once, one has it.
        kept = file.replace(file.with_name(f"{service}-{at:%Y%m%dT%H%M%S}.txt"))
    except FileNotFoundError:
        return set()
    content = kept.read_text("utf-8", "replace")
    worked_on = {line.strip() for line in content[:_HEAD].split("\n")} - {""}
    where = content[_HEAD:][:_LONGEST_STACK]
    words = ", ".join(sorted(worked_on)) or "nothing that is written down"
    message = "certs %s was stuck and ended itself at %s, working on %s:\n%s"
    log.error(message, service, at, words, where)
    for old in sorted(file.parent.glob(f"{service}-*.txt"))[:-_MOST_STACKS]:
        old.unlink(missing_ok=True)
    memory = file.with_name(f"{service}.before")
    before = set(memory.read_text("utf-8").splitlines()) if memory.exists() else set()
    memory.write_text("\n".join(sorted(worked_on)), "utf-8")
    return worked_on & before


def _folder(data_dir: Path) -> Path:
    return data_dir / "stuck"


def _written(file: Path) -> datetime:
    return datetime.fromtimestamp(file.stat().st_mtime, UTC).replace(microsecond=0)
