"""Ends this process when it is stuck, and tells the next one where it was.

A pattern or a library can hold Python's lock for hours. Then nothing of the process runs, neither a
time-out nor what answers a signal, and all events wait. Only `faulthandler` needs no lock: whoever
started the process (`certs up`, Docker, systemd) starts it again. A database that hangs is waited
for without the lock, and ends nothing.
"""

import faulthandler
import logging
import os
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

log = logging.getLogger(__name__)

# How long it may show no sign of life, and how often it gives one.
_SILENCE_SECONDS = 60.0
SIGN_SECONDS = 5

_LONGEST_STACK = 20_000
_MOST_STACKS = 10
_stacks = 2


def begin(service: str, data_dir: Path) -> None:
    """From the next `alive` on, where this service is stuck is written to a file in `data_dir`.

    What an earlier process wrote there goes to the log, and is kept for `stacks`.
    """
    global _stacks
    file = _folder(data_dir) / f"{service}.txt"
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _tell(service, file)
    # To append: several workers may have the same file.
    _stacks = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)


def alive() -> None:
    """Call every SIGN_SECONDS from the loop that serves: the process ends if the next sign is not
    given in time."""
    # Tests are less patient.
    silence = float(os.environ.get("CERTS_SILENCE_SECONDS", _SILENCE_SECONDS))
    faulthandler.dump_traceback_later(silence, exit=True, file=_stacks)


def watch_by_thread() -> None:
    """For a process without such a loop: a thread that needs nothing but Python's lock."""

    def watch() -> None:
        while True:
            alive()
            time.sleep(SIGN_SECONDS)

    threading.Thread(target=watch, daemon=True, name="show-life").start()


def ends(data_dir: Path) -> list[tuple[str, datetime, Path]]:
    """Services that ended because they were stuck, when, and the file that says where."""
    found = [file for file in _folder(data_dir).glob("*.txt") if file.stat().st_size]
    return sorted((file.stem.partition("-")[0], _written(file), file) for file in found)


def _tell(service: str, file: Path) -> None:
    with suppress(FileNotFoundError):
        if not file.stat().st_size:
            return
        at = _written(file)
        # Of several that start at once, one has it.
        kept = file.replace(file.with_stem(f"{service}-{at:%Y%m%dT%H%M%S}"))
        where = kept.read_text("utf-8", "replace")[:_LONGEST_STACK]
        log.error("certs %s was stuck and ended itself at %s:\n%s", service, at, where)
        for old in sorted(file.parent.glob(f"{service}-*"))[:-_MOST_STACKS]:
            old.unlink(missing_ok=True)


def _folder(data_dir: Path) -> Path:
    return data_dir / "stuck"


def _written(file: Path) -> datetime:
    return datetime.fromtimestamp(file.stat().st_mtime, UTC).replace(microsecond=0)
