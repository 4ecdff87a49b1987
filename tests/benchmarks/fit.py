"""The tightest names of a long list as a browser gets them, while a worker looks through the rest.

`python -m tests.benchmarks fit`; other numbers of names: `fit=1000,10000`.
"""

import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from shared.events import event_for_change
from shared.rendering.layout import Box, Field, Layout
from shared.storage import migrating
from shared.storage.database import Database
from shared.storage.models import FitProgress
from tests.benchmarks.crowd import postgresql
from tests.benchmarks.growth import waiting
from tests.benchmarks.rendering import A4_AT_300, uploaded
from tests.benchmarks.streamlit_client import Tab
from tests.benchmarks.table import Line
from tests.support import designing
from tests.support.console_server import ServedConsole, served_console
from tests.support.factories import KEY
from tests.support.list_columns import add_sealed
from tests.support.named_crowds import named_crowd

SIZES = (10_000, 1_000_000)
_TIGHT = "Wilhelmina Konstantina von Hohenberg-Schwarzenfels zu Rabenstein"


def measure(*sizes: int) -> list[Line]:
    lines = []
    with tempfile.TemporaryDirectory() as name, postgresql("fit") as server:
        folder = Path(name)
        for where, url in (("SQLite", f"sqlite:///{folder / 'fit'}"), ("PostgreSQL", server)):
            database = Database(url)
            migrating.migrate(database)
            for size in sizes or SIZES:
                event_id = named_crowd(database, size, uploaded(A4_AT_300, True))
                # With what the crowd's identity cards are sealed by.
                keys = {"database_url": url, "secret_keys": KEY}
                with served_console(folder / f"{size}", **keys) as console:
                    lines += Look(console, database, event_id, f"{size:,} ({where})").lines()
            database.close()
    return lines


@dataclass
class Look:
    """At one event, from a console that was just started, and on which its certificate was seen."""

    console: ServedConsole
    database: Database
    event_id: int
    where: str

    def lines(self) -> list[Line]:
        with ExitStack() as stack:
            stack.enter_context(Tab(self._screen("certificate"))).run()
            names = stack.enter_context(Tab(self._screen("volunteers") + "&window=names"))
            lines = [self._at_most("tightest names, nothing known", _shown(names))]
            lines += self._background()
            lines.append(self._at_most("tightest names, all known", _shown(names)))
            self._widen()
            lines.append(self._at_most("tightest names, another layout", _shown(names)))
            with _worker(self.console):
                self._wait()
            late = f"email,name\nlate@example.org,{_TIGHT}"
            add_sealed(self.console.installation, self.event_id, late)
            lines.append(self._at_most("tightest names, one more person", _shown(names, _TIGHT)))
            sending = stack.enter_context(Tab(self._screen("send")))
            sending.run()
            took = statistics.median(_shown(sending) for _ in range(5))
            lines.append(self._at_most("flight check", took))
            memory = psutil.Process(self.console.process.pid).memory_info().rss / 1e6
        return [*lines, Line(f"… the console's MB (not ms), {self.where}", memory, None, "–", None)]

    def _screen(self, name: str) -> str:
        return f"{self.console.url}/{name}?event={self.event_id}"

    def _at_most(self, what: str, took: float) -> Line:
        return Line(f"{what}, {self.where}", took, None, "≤ 1 s", took <= 1000)

    def _background(self) -> list[Line]:
        """How long a worker needs for the list, what it takes, and how long others wait."""
        began = time.perf_counter()
        with waiting(self.database) as waits, _worker(self.console) as worker:
            peak = self._wait(lambda: worker.memory_info().rss / 1e6)
            took = (time.perf_counter() - began) * 1000
        late = 1000 * sorted(waits)[int(0.99 * len(waits))]
        where = self.where
        return [
            Line(f"… a worker until all is known, {where}", took, None, "–", None),
            Line(f"… others wait meanwhile (p99), {where}", late, None, "≤ 200 ms", late <= 200),
            Line(f"… the worker's MB (not ms), {where}", peak, None, "< 300", peak < 300),
        ]

    def _wait(self, measured: Callable[[], float] = lambda: 0.0) -> float:
        """Until all of the list is known; the most that was `measured` meanwhile."""
        most = 0.0
        while not self._is_whole():
            time.sleep(0.1)
            most = max(most, measured())
        return most

    def _is_whole(self) -> bool:
        with self.database.reading() as session:
            progress = session.get(FitProgress, self.event_id)
            return progress is not None and progress.is_whole

    def _widen(self) -> None:
        box = Box(left=0.15, top=0.4, width=0.6, height=0.15)
        with self.database.writing() as session:
            event = event_for_change(session, self.event_id)
            designing.set_layout(session, event, Layout(fields=(Field(kind="name", box=box),)))


def _shown(tab: Tab, expected: str = "") -> float:
    """Milliseconds until the screen has been run, and all pictures on it have come."""
    start = time.perf_counter()
    said, pictures = tab.run()
    for address in pictures:
        tab.picture(address)
    took = (time.perf_counter() - start) * 1000
    assert expected in said
    return took


@contextmanager
def _worker(console: ServedConsole) -> Iterator[psutil.Process]:
    command = [Path(sys.executable).with_name("certs"), "worker"]
    environment = os.environ | console.environment
    worker = psutil.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        yield worker
    finally:
        worker.send_signal(signal.SIGTERM)
        worker.wait(20)
