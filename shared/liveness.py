"""The watch over a stuck process: it ends the process, and notes for the next one where it was and
what it worked on.

A regular expression or a library can hold Python's lock for hours. Then nothing else in the process
runs, neither a time-out nor a signal handler, and all events wait. Only `faulthandler` needs no
lock: it ends the process, and the supervisor (`certs up`, Docker, systemd) starts it again. Waiting
for a database needs no lock, and ends nothing.
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

# The longest time without a sign of life, and the interval of signs.
_SILENCE_SECONDS = 60.0
SIGN_SECONDS = 5

_LONGEST_STACK = 20_000
_MOST_STACKS = 10
# A file without a sign of life for this long is no longer written.
_DEAD_SECONDS = 3600.0

# A process's file begins with a line for each thread that works on something; `faulthandler`
# appends after those.
_LINES, _WIDTH = 64, 40
_HEAD = _LINES * _WIDTH
_FREE = b" " * (_WIDTH - 1) + b"\n"
_lines = deque(range(_LINES))
_work: int | None = None
_stacks = 2


# Work (`working_on`) on which two processes of this service in a row got stuck; set by `begin`.
stuck_on_twice: set[str] = set()


def begin(service: str, data_dir: Path) -> None:
    """Begin a file in `data_dir`, into which, from the next `alive` on, the stacks of a stuck
    process are written.

    What an earlier process wrote goes to the log, and is kept for `ends`. If the disk is full, the
    service starts anyway, and stacks are written only to standard error.
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
    """Give a sign of life; call it every SIGN_SECONDS from the loop that serves. The process ends
    if the next sign does not come in time."""
    # Tests set a shorter time.
    silence = float(os.environ.get("CERTS_SILENCE_SECONDS", _SILENCE_SECONDS))
    faulthandler.dump_traceback_later(silence, exit=True, file=_stacks)
    if _work is not None:
        os.utime(_work)


def watch_by_thread() -> None:
    """Give signs of life from a thread, in a process without such a loop."""

    def watch() -> None:
        while True:
            alive()
            time.sleep(SIGN_SECONDS)

    def stop(*_: object) -> None:
        faulthandler.cancel_dump_traceback_later()
        os.kill(os.getpid(), signal.SIGSTOP)

    # A process that was suspended by Ctrl-Z is not stuck.
    signal.signal(signal.SIGTSTP, stop)
    threading.Thread(target=watch, daemon=True, name="show-life").start()


def watch_by_server(config: "uvicorn.Config") -> None:
    """Let the loop of a web server that is about to run give the signs of life."""

    async def show_life() -> None:
        alive()

    config.callback_notify, config.timeout_notify = show_life, SIGN_SECONDS


@contextmanager
def working_on(what: str) -> Iterator[None]:
    """Note that this thread works on `what` (a kind and an id, in ASCII) while the block lasts.

    It is written before the block begins, as the process may get stuck in it.
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
    """Yield the ids, each noted while it is worked on; those on which two processes got stuck are
    left out."""
    for id in ids:
        what = f"{kind} {id}"
        if what not in stuck_on_twice:
            with working_on(what):
                yield id


def ends(data_dir: Path) -> list[tuple[str, datetime, Path]]:
    """Return the services that ended because they were stuck, when, and the file with the place."""
    files = (file for kind in ("*.txt", "*.now") for file in _folder(data_dir).glob(kind))
    found = [file for file in files if file.stat().st_size > _HEAD]
    return sorted((file.stem.partition("-")[0], _written(file), file) for file in found)


def _write_line(line: int, content: bytes) -> None:
    assert _work is not None
    with suppress(OSError):  # The disk is full: work goes on.
        os.pwrite(_work, content, line * _WIDTH)


def _look_back(service: str, file: Path) -> set[str]:
    """Log that a process was stuck; return the work that it and the one before it had noted."""
    try:
        at, size = _written(file), file.stat().st_size
        if size <= _HEAD:
            if (datetime.now(UTC) - at).total_seconds() > _DEAD_SECONDS:
                file.unlink()
            return set()
        # If several processes start at once, one gets the file.
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
