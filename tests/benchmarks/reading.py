"""A list as a workbook: read, its columns found, and checked — beside reading it with openpyxl."""

import io
import time
from collections.abc import Iterator

import openpyxl
import xlsxwriter

from shared.events.installation import Installation
from shared.storage.models import Event
from shared.volunteers.lists.list_files import read_file
from shared.volunteers.people import roster
from tests.benchmarks.table import Line, median_ms
from tests.support.lists import read_rows

TITLES = ["序号", "姓名", "邮箱", "证书编号", "岗位", "日期", "小时", "备注"]


def measure(installation: Installation, count: int) -> Iterator[Line]:
    """Three tries of ours, one of the other, which takes long."""
    content = _workbook(count)
    ours = median_ms(lambda: _check(installation, content, count), 3)
    start = time.perf_counter()
    _read_with_openpyxl(content)
    other = (time.perf_counter() - start) * 1000
    yield Line(
        f"XLSX of {count} × {len(TITLES)} read, mapped, checked (openpyxl: read)",
        ours, other, "< 3 s", ours < 3_000,
    )  # fmt: skip


def _check(installation: Installation, content: bytes, count: int) -> None:
    found = read_rows(read_file(content, "list.xlsx").rows)
    with installation.database.reading() as session:
        event = session.get_one(Event, 2)
        assert len(roster.check_list(session, event, found).new) == count


def _read_with_openpyxl(content: bytes) -> int:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    return sum(1 for _ in book.worksheets[0].iter_rows(values_only=True))


def _workbook(count: int) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet("名单")
        sheet.write_row(0, 0, TITLES)
        for n in range(1, count + 1):
            row = [n, f"王小明{n}", f"reader{n}@example.org", f"HR-{n:06d}", "签到", 46143.0, 2.5,
                   f"note {n}"]  # fmt: skip
            sheet.write_row(n, 0, row)
    return content.getvalue()
