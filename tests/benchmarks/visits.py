"""A visit as volunteers make it, over HTTP to the real process, beside a route that does nothing.

Sizes of its own: `python -m tests.benchmarks visits=1000,100000`.
"""

import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import psutil

from tests.benchmarks.crowd import CALLED, gather, postgresql
from tests.benchmarks.http_load import Visitors, request, visitors
from tests.benchmarks.lists import _free_port
from tests.benchmarks.table import Line
from tests.support.suspending import suspended

SIZES = (1_000, 100_000, 1_000_000)
# What each call has to reach of the bare route's requests a second.
INFO, PAGE = {"SQLite": 0.4, "PostgreSQL": 0.25}, {"SQLite": 0.25, "PostgreSQL": 0.15}
ROUNDS, SECONDS = 5, 1.0
SUBMITS, PREVIEWS = 50, 8


@dataclass(frozen=True)
class _Scene:
    """An API over a database with so many people, and the bare route beside it."""

    name: str
    url: str
    port: int
    bare_port: int
    tokens: Sequence[str]
    visitors: Visitors


def measure(*sizes: int) -> list[Line]:
    lines = []
    with visitors() as asking, _bare_api() as bare_port:
        for size in sizes or SIZES:
            for database in ("SQLite", "PostgreSQL"):
                with _api(database, size) as (url, port, tokens):
                    scene = _Scene(database, url, port, bare_port, tokens, asking)
                    lines += _visits(scene, size)
                    if size == max(sizes or SIZES):
                        lines += [_previews(scene), _submits(scene)]
                    if database == "PostgreSQL":
                        lines.append(_style_while_it_hangs(scene, size))
    return lines


def _visits(scene: _Scene, size: int) -> list[Line]:
    info, page = INFO[scene.name], PAGE[scene.name]
    return [
        *_beside_bare(scene, f"getUserInfo, {scene.name}, {size:,}", "/api/getUserInfo", info),
        *_beside_bare(scene, f"the page, {scene.name}, {size:,}", "/certificate", page),
    ]


def _beside_bare(scene: _Scene, what: str, path: str, least: float) -> list[Line]:
    """In turns, so that a busy machine disturbs both alike; the median of the turns' ratios.

    How long an answer takes, and how much of it is the server's own processor time: that is what
    limits the requests a second, and other programs disturb it less.
    """
    turns = []
    for _ in range(ROUNDS):
        naive = _asked(scene, scene.bare_port, "/bare")
        turns.append((_asked(scene, scene.port, path), naive))
    return [
        _line(f"{what} (naive: bare route)", [(o.taken, n.taken) for o, n in turns], least),
        _line(f"{what}, processor", [(o.worked, n.worked) for o, n in turns], least),
    ]


@dataclass(frozen=True)
class _Turn:
    """Milliseconds for an answer."""

    taken: float
    worked: float


def _asked(scene: _Scene, port: int, path: str) -> _Turn:
    requests = [request("GET", f"{path}?token={token}") for token in scene.tokens]
    before = _processor_ms(port)
    load = scene.visitors.keep_asking(port, requests, SECONDS)
    return _Turn(load.ms_per_answer, (_processor_ms(port) - before) / len(load.durations_ms))


def _processor_ms(port: int) -> float:
    """What the process that listens on `port` has used so far."""
    times = _listener(port).cpu_times()
    return (times.user + times.system) * 1000


@cache
def _listener(port: int) -> psutil.Process:
    for found in psutil.net_connections("tcp"):
        if found.status == psutil.CONN_LISTEN and found.laddr.port == port:
            return psutil.Process(found.pid)
    raise LookupError(f"nobody listens on port {port}")


def _line(what: str, turns: Sequence[tuple[float, float]], least: float) -> Line:
    ratio = statistics.median(naive / ours for ours, naive in turns)
    ms = statistics.median(ours for ours, _ in turns)
    return Line(what, ms, ratio * ms, f"≥ {least}×", ratio >= least)


def _previews(scene: _Scene) -> Line:
    def names(turn: int) -> Iterator[tuple[str, dict[str, object]]]:
        for number, token in enumerate(scene.tokens[:PREVIEWS]):
            yield "/api/preview", {"token": token, "name": f"Ana Maria {turn} {number}"}

    durations = [d for turn in range(10) for d in _at_once(scene, names(turn))[turn == 0 :]]
    ms = statistics.median(durations)
    return Line(f"8 previews at once, {scene.name}, median", ms, None, "≤ 60 ms", ms <= 60)


def _submits(scene: _Scene) -> Line:
    """Without a worker, so that each waits for its mail as long as a visitor ever does."""
    invited = [token for number, token in enumerate(scene.tokens) if number % 3]
    durations = []
    for start in range(0, len(invited) - SUBMITS + 1, SUBMITS):
        people = invited[start : start + SUBMITS]
        durations += _at_once(
            scene,
            (("/api/submitUserInfo", {"token": token, "name": "Bo Li"}) for token in people),
        )
    slowest = statistics.quantiles(durations, n=100)[98]
    return Line(f"50 submits at once, {scene.name}, p99", slowest, None, "≤ 1 s", slowest <= 1000)


def _style_while_it_hangs(scene: _Scene, size: int) -> Line:
    """How soon the page's style comes while visitors wait for a suspended database."""
    with suspended(scene.url), ExitStack() as waiting:
        for token in scene.tokens[:SUBMITS]:
            visitor = waiting.enter_context(socket.create_connection(("127.0.0.1", scene.port)))
            visitor.sendall(request("GET", f"/api/getUserInfo?token={token}"))
        style = [request("GET", "/static/page.css")]
        durations = scene.visitors.keep_asking(scene.port, style, SECONDS).durations_ms
    ms = statistics.quantiles(durations, n=100)[98]
    what = f"/static while {scene.name} hangs, {size:,}, p99"
    return Line(what, ms, None, "≤ 100 ms", ms <= 100)


def _at_once(scene: _Scene, calls: Iterator[tuple[str, dict[str, object]]]) -> list[float]:
    posts = [request("POST", path, json.dumps(body).encode()) for path, body in calls]
    return scene.visitors.ask_at_once(scene.port, posts).durations_ms


@contextmanager
def _api(database: str, size: int) -> Iterator[tuple[str, int, Sequence[str]]]:
    """Address of a database with `size` people, port of `certs api` on it, some people's tokens."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = f"sqlite:///{folder}/certs.sqlite3"
        if database == "PostgreSQL":
            url = stack.enter_context(postgresql("visits"))
        installation, tokens = gather(folder, url, max(size, CALLED))
        installation.database.close()
        environment = {"DATA_DIR": str(folder), "DATABASE_URL": url}
        command = [str(Path(sys.executable).with_name("certs")), "api"]
        port = _free_port()
        stack.enter_context(_running(command, port, "/health", API_PORT=str(port), **environment))
        yield url, port, tokens


@contextmanager
def _bare_api() -> Iterator[int]:
    port = _free_port()
    command = [sys.executable, "-m", "tests.benchmarks.bare_api", str(port)]
    with _running(command, port, "/bare?token=first"):
        yield port


@contextmanager
def _running(command: list[str], port: int, path: str, **environment: str) -> Iterator[None]:
    process = subprocess.Popen(command, env=os.environ | environment, stderr=subprocess.DEVNULL)
    try:
        _wait_until(lambda: _answers(port, path))
        yield
    finally:
        process.terminate()
        process.wait(20)


def _wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not is_so():
        if time.monotonic() > until:
            raise TimeoutError("the server does not answer")
        time.sleep(0.05)


def _answers(port: int, path: str) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=2) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False
