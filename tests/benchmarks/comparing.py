"""A list that is brought again: read, mapped and compared, updated and undone, on both databases.

`python -m tests.benchmarks comparing`; with another size: `comparing=10000`.
"""

import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from shared.acts import Context
from shared.acts.add_list import add_list
from shared.acts.run import run
from shared.acts.undo_list import UndoList, count_undoable
from shared.acts.update_list import update_list
from shared.events.installation import Installation
from shared.events.opening import open_installation
from shared.events.settings import create_event
from shared.settings import Settings
from shared.storage.models import Event
from shared.volunteers.lists.column_mapping import find_mapping
from shared.volunteers.lists.list_files import read_file
from shared.volunteers.lists.list_parser import parse_table
from shared.volunteers.lists.recipients import RecipientList
from shared.volunteers.people.comparison import compare, missing_from
from shared.volunteers.people.list_changes import imports_of
from tests.benchmarks.crowd import postgresql
from tests.benchmarks.table import Line, median_ms
from tests.support.crowds import crowd

MANY = 100_000
TITLES = "序号,姓名,邮箱,证书编号,岗位,日期,小时,备注"
FIRST = "王小明"


def measure(count: int = MANY) -> list[Line]:
    lines: list[Line] = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        urls = {"SQLite": "", "PostgreSQL": stack.enter_context(postgresql("comparing"))}
        for where, url in urls.items():
            settings = Settings(
                _env_file=None, data_dir=folder / where, database_url=url,
                admin_token="token-of-the-benchmark",
            )  # fmt: skip
            lines += _measured(open_installation(settings), where, count)
    return lines


def _measured(installation: Installation, where: str, count: int) -> Iterator[Line]:
    database, seal = installation.database, installation.seal
    # Which takes a tenth of the time that adding the list would.
    event_id = crowd(database, count, queued=False, more=_row)
    again, what = _file(count, "王晓明"), f"{count} × 8 ({where})"

    def check() -> None:
        found = _read(again)
        with database.reading() as session:
            event = session.get_one(Event, event_id)
            assert len(compare(session, seal, event, found).changed) == count

    began = time.process_time()
    ours = median_ms(check, 3)
    # Once more to warm up. What the database's own server needs is not among it.
    processor = (time.process_time() - began) * 1000 / 4
    yield Line(f"CSV of {what} read, mapped, compared", ours, None, "< 4 s", ours < 4_000)
    yield Line("  of which our processor's time", processor, None, "–", None)
    with database.reading() as session:
        found = compare(session, seal, session.get_one(Event, event_id), _read(again))

    def page() -> None:
        with database.reading() as session:
            missing = missing_from(session.get_one(Event, event_id), found)
            session.scalars(missing.offset(20).limit(20)).all()

    ours = median_ms(page, 5)
    yield Line(f"a page of who is no longer on it, {what}", ours, None, "< 300 ms", ours < 300)
    yield from _stored(installation, f"{count // 10} × 8 ({where})", count // 10)


def _stored(installation: Installation, what: str, count: int) -> Iterator[Line]:
    """What storing takes, of a tenth: it grows with the list, turn by turn."""
    database, seal = installation.database, installation.seal
    with database.writing() as session:
        event_id = create_event(session, name="Benchmark")[0].id
    first, again = (_read(_file(count, name)) for name in (FIRST, "王晓明"))
    ours = _timed(lambda: add_list(database, seal, event_id, first))
    yield Line(f"adding {what}, kept to be undone", ours, None, "–", None)
    ours = _timed(lambda: update_list(database, seal, event_id, again))
    yield Line(f"updating {what}", ours, None, "–", None)
    with database.reading() as session:
        event = session.get_one(Event, event_id)
        kept = imports_of(session, event, most=1)[0].id
        ours = _timed(lambda: count_undoable(session, seal, event, kept))
    yield Line(f"counting what can be undone of {what}", ours, None, "–", None)
    ours = _timed(lambda: run(database, UndoList(kept), event_id, Context(seal)))
    yield Line(f"undoing {what}", ours, None, "–", None)


def _row(place: int) -> dict[str, Any]:
    """Somebody as the list of FIRST has them."""
    values = _line(place + 1, FIRST).split(",")
    columns = dict(zip(TITLES.split(","), values, strict=True))
    name, email, number = (columns.pop(title) for title in ("姓名", "邮箱", "证书编号"))
    own = {"email": email, "email_key": email, "number": number, "listed_name": name}
    return own | {"columns": columns}


def _line(n: int, name: str) -> str:
    return f"{n},{name}{n},reader{n}@example.org,HR-{n:06d},签到,2026-05-01,2.5,note {n}"


def _file(count: int, name: str) -> bytes:
    return "\n".join([TITLES, *(_line(n, name) for n in range(1, count + 1))]).encode()


def _read(content: bytes) -> RecipientList:
    rows = read_file(content, "list.csv").rows
    return parse_table(rows, find_mapping(rows))


def _timed(work) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000
