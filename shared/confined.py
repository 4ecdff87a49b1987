"""A process of its own for code that reads untrusted files, with limits on memory and time.

A malicious file can make libraries crash, hang or take all memory. Then only a process ends that
held nothing but the file, and a person gets a sentence.
"""

import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

try:
    import resource
except ImportError:  # Windows has no such limits; the wall-clock limit remains.
    resource = None  # type: ignore[assignment]

log = logging.getLogger(__name__)

# Where `python -m` finds this package, regardless of where the program was started.
_HOME = Path(__file__).parents[1]
# Nothing secret: a library taken over by a file finds no tokens here.
_ENVIRONMENT = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR")
# How many run at once: together they take at most this many times the memory limit of one.
_places = threading.BoundedSemaphore(2)


@dataclass(frozen=True)
class Limits:
    """The limits for reading one file. `answer` counts bytes."""

    memory: int
    cpu_seconds: int
    seconds: int
    answer: int


class Broken(Exception):
    """The process ended without a whole answer: it crashed, or reached a limit."""


def answers(module: str, request: object, content: bytes, limits: Limits) -> Iterator[Any]:
    """The answers of `module` to `request` about a file: one JSON value after the other.

    The module calls `work`. Raises Broken, perhaps after some of the answers.
    """
    if resource is None:
        log.warning("This system limits no memory: %s is stopped by the clock alone", module)
    with _places, _running(module, limits.seconds) as process:
        _hand_over(process, [request, limits.memory, limits.cpu_seconds], content)
        yield from _read(process, limits.answer)
        if process.wait() != 0:
            raise Broken(f"{module} ended with {process.returncode}")


@contextmanager
def _running(module: str, seconds: int) -> Iterator["subprocess.Popen[bytes]"]:
    with subprocess.Popen(
        [sys.executable, "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_HOME,
        env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
    ) as process:
        alarm = threading.Timer(seconds, process.kill)
        alarm.start()
        try:
            yield process
        finally:
            alarm.cancel()
            process.kill()


def _hand_over(process: "subprocess.Popen[bytes]", beginning: object, content: bytes) -> None:
    assert process.stdin
    try:
        process.stdin.write(json.dumps(beginning).encode() + b"\n")
        process.stdin.write(content)
        process.stdin.close()
    except BrokenPipeError:
        with suppress(BrokenPipeError):
            process.stdin.close()
        raise Broken("the process ended before it had the file") from None


def _read(process: "subprocess.Popen[bytes]", most: int) -> Iterator[Any]:
    assert process.stdout
    while line := process.stdout.readline(most + 1):
        most -= len(line)
        if most < 0 or not line.endswith(b"\n"):
            raise Broken("the answer was too long, or ended in between")
        yield json.loads(line)


# In the process itself


def work() -> tuple[Any, bytes]:
    """The request and the file; from here on the limits hold."""
    request, memory, cpu_seconds = json.loads(sys.stdin.buffer.readline())
    _limit(memory, cpu_seconds)
    return request, sys.stdin.buffer.read()


def answer(value: object) -> None:
    """Give back one value, of what JSON knows."""
    sys.stdout.buffer.write(json.dumps(value).encode() + b"\n")


def _limit(memory: int, cpu_seconds: int) -> None:
    if resource is None:
        return
    wanted = {"RLIMIT_AS": memory, "RLIMIT_CPU": cpu_seconds, "RLIMIT_CORE": 0, "RLIMIT_FSIZE": 0}
    for name, limit in wanted.items():
        try:
            resource.setrlimit(getattr(resource, name), (limit, limit))
        except (AttributeError, ValueError, OSError):
            # Not every system has all of them: macOS takes no memory limit.
            continue
