"""Child processes for code that reads untrusted files, with limits on memory and time.

A malicious file can make a library crash, hang or take all memory. Then only a process ends that
had nothing but the file, and a person gets a sentence.
"""

import base64
import dataclasses
import json
import logging
import math
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from shared import reading_places, sandbox

try:
    import resource
except ImportError:  # Windows has no such limits; the wall-clock limit remains.
    resource = None  # type: ignore[assignment]

log = logging.getLogger(__name__)

# The folder in which `python -m` finds this package, wherever the program was started.
_HOME = Path(__file__).parents[1]
# Nothing secret: code that a file has taken over finds no tokens here.
_ENVIRONMENT = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR")
_READY = "ready"
_BYTES_OF_A_PART = 750_000


@dataclass(frozen=True)
class Limits:
    """Limits for reading one file: `memory`, `answer`, and `file` (each file written into a folder)
    in octets."""

    memory: int
    cpu_seconds: int
    seconds: int
    answer: int
    file: int = 0


class Broken(Exception):
    """The process ended without a whole answer: it crashed, or reached a limit."""


def answers(
    module: str,
    request: object,
    content: bytes,
    limits: Limits,
    readable: Sequence[str] = (),
    folder: str = "",
    patience: float | None = None,
) -> Iterator[Any]:
    """Yield the answers of `module` to `request` about a file, each a JSON value.

    The module calls `work`. It can read only those of our files that are `readable`, and write only
    in `folder`, if given, where its temporary files are. A file may take it over, so validate the
    answers. Raises Broken, perhaps after some answers, and ReadersBusy (see `reading_places`).
    """
    if resource is None:
        log.warning("This system limits no memory: %s is stopped by the clock alone", module)
    with reading_places.place(patience), _started(module, folder) as process:
        try:
            with _alarm(process, limits.seconds):
                beginning = [request, dataclasses.asdict(limits), readable, folder]
                assert process.stdin
                try:
                    process.stdin.write(json.dumps(beginning).encode() + b"\n")
                    process.stdin.write(content)
                    process.stdin.close()
                except BrokenPipeError:
                    with suppress(BrokenPipeError):
                        process.stdin.close()
                    raise Broken("the process ended before it had the file") from None
                yield from _read(process, limits.answer)
                if process.wait() != 0:
                    raise Broken(f"{module} ended with {process.returncode}")
        finally:
            process.kill()


class Reader:
    """A process that reads many contents, since starting one takes a tenth of a second.

    Its module calls `serve`. The limits hold for each content. Use it as a context manager.
    """

    def __init__(self, module: str, limits: Limits) -> None:
        self._module, self._limits = module, limits
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            _end(self._process)
            self._process = None

    def ask(self, request: object, content: bytes) -> Any:
        """Return the answer about a content, to be validated like those of `answers`.

        Raises Broken if the process crashed or reached a limit: the next call starts another.
        Raises OSError if none starts, which says nothing about the content.
        """
        if self._process is None:
            process = _started(self._module)
            assert process.stdin
            limits = [self._limits.memory, self._limits.cpu_seconds]
            with suppress(BrokenPipeError):
                process.stdin.write(json.dumps(limits).encode() + b"\n")
                process.stdin.flush()
            if next(_read(process, 100), None) != _READY:
                _end(process)
                raise OSError(f"{self._module} does not start")
            self._process = process
        assert self._process.stdin
        try:
            with _alarm(self._process, self._limits.seconds):
                asked = json.dumps([request, len(content)]).encode()
                self._process.stdin.write(asked + b"\n" + content)
                self._process.stdin.flush()
                return next(_read(self._process, self._limits.answer))
        except (BrokenPipeError, StopIteration, Broken):
            self.__exit__()
            raise Broken(f"{self._module} gave no answer") from None


def _started(module: str, folder: str = "") -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_HOME,
        env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
        # A library's threads that started before the sandbox would be outside of it.
        | {"OPENBLAS_NUM_THREADS": "1"}
        | ({"TMPDIR": folder} if folder else {}),
    )


@contextmanager
def _alarm(process: "subprocess.Popen[bytes]", seconds: int) -> Iterator[None]:
    alarm = threading.Timer(seconds, process.kill)
    alarm.start()
    try:
        yield
    finally:
        alarm.cancel()


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.kill()
    assert process.stdin
    with suppress(BrokenPipeError):
        process.stdin.close()
    with process:
        pass


def _read(process: "subprocess.Popen[bytes]", most: int) -> Iterator[Any]:
    assert process.stdout
    while line := process.stdout.readline(most + 1):
        most -= len(line)
        if most < 0 or not line.endswith(b"\n"):
            raise Broken("the answer was too long, or ended in between")
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            raise Broken("the answer is no JSON") from None
        yield value


def joined(parts: Iterable[tuple[int, str]], count: int = 1) -> list[bytes]:
    """Join `count` contents that were answered `in_parts`. Raises Broken for other answers."""
    found: dict[int, list[bytes]] = {number: [] for number in range(count)}
    try:
        for number, part in parts:
            found[number].append(base64.b64decode(part))
    except (KeyError, TypeError, ValueError):
        raise Broken("the answer has other parts") from None
    return [b"".join(content) for content in found.values()]


# In the child process


def work() -> tuple[Any, bytes]:
    """Return the request and the file; from here on, the limits hold."""
    request, limits, readable, folder = json.loads(sys.stdin.buffer.readline())
    _limit(limits["memory"], limits["cpu_seconds"], limits["file"])
    sandbox.enter(readable, folder)
    return request, sys.stdin.buffer.read()


def answer(value: object) -> None:
    """Answer with one JSON value."""
    sys.stdout.buffer.write(json.dumps(value).encode() + b"\n")


def in_parts(contents: Iterable[bytes]) -> Iterator[tuple[int, str]]:
    """Yield contents of any length as values to answer with: the content's number, and BASE64."""
    for number, content in enumerate(contents):
        for start in range(0, len(content), _BYTES_OF_A_PART):
            yield number, base64.b64encode(content[start : start + _BYTES_OF_A_PART]).decode()


def serve(read: Callable[[Any, bytes], object]) -> None:
    """Answer each request of a `Reader` with what `read` returns for it and its content."""
    memory, cpu_seconds = json.loads(sys.stdin.buffer.readline())
    _limit(memory, None)
    sandbox.enter()
    answer(_READY)
    sys.stdout.buffer.flush()
    while line := sys.stdin.buffer.readline():
        request, length = json.loads(line)
        content = sys.stdin.buffer.read(length)
        limit = math.ceil(time.process_time()) + cpu_seconds
        if resource is not None:
            _set_limit("RLIMIT_CPU", limit, resource.RLIM_INFINITY)
        answer(read(request, content))
        sys.stdout.buffer.flush()


def _limit(memory: int, cpu_seconds: int | None, file: int = 0) -> None:
    """Set the limits, and a low priority: reading files yields to what somebody waits for."""
    if hasattr(os, "nice"):
        os.nice(5)
    wanted = {
        "RLIMIT_AS": memory,
        "RLIMIT_CPU": cpu_seconds,
        "RLIMIT_CORE": 0,
        "RLIMIT_FSIZE": file,
    }
    for name, limit in wanted.items():
        if limit is not None:
            _set_limit(name, limit, limit)


def _set_limit(name: str, soft: int, hard: int) -> None:
    # Not every system has all of them: macOS takes no memory limit.
    with suppress(AttributeError, ValueError, OSError):
        resource.setrlimit(getattr(resource, name), (soft, hard))
