"""Workbooks that are sent while their rows are read: all that was put in is in them."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape
from python_calamine import CalamineWorkbook

from shared.volunteers import tables
from shared.volunteers.tables import Page, Table, workbook

ODD = [
    "=1+1",
    "<r>not markup</r>",
    "<r><t>x</t></r>",
    "a & b < c > d",
    " blanks around ",
    "\ttab",
    "two\nlines",
    "bell \x07, return \r.",
    "_x0041_ stays",
    "\uffff",
    "王小明 😀",
    "|",
    "https://example.org",
    "007",
]


def book_of(*pages: Page, titles: Sequence[str] = ("a", "b")) -> bytes:
    count = sum(map(len, pages))
    return b"".join(workbook({"list": Table(titles, pages, count)}))


def cells(book: bytes) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(io.BytesIO(book))["list"]
    return [[_read(cell.value) for cell in row] for row in sheet.iter_rows()]


def _read(value: Any) -> Any:
    """As Excel reads it, which openpyxl leaves to others."""
    return unescape(value) if isinstance(value, str) else value


@pytest.mark.parametrize("text", ODD)
def test_every_text_stays_as_it_is(text: str):
    book = book_of([[text, "plain"]])
    assert cells(book) == [["a", "b"], [text, "plain"]]
    sheet = openpyxl.load_workbook(io.BytesIO(book))["list"]
    assert [cell.data_type for cell in sheet[2]] == ["s", "s"]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2))
def test_so_does_any_other(row: list[str]):
    assert cells(book_of([row]))[1:] == ([[text or None for text in row]] if any(row) else [])


def test_numbers_are_numbers_and_nothing_is_nothing():
    book = book_of([[7, 2.5], [None, ""], ["", 10**12]], [[-0.1, "7"]])
    assert cells(book)[1:] == [[7, 2.5], [None, None], [None, 10**12], [-0.1, "7"]]


def test_the_program_that_reads_our_lists_reads_it_too():
    pages = [[[f"{number}", number] for number in range(at, at + 10)] for at in range(0, 30, 10)]
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book_of(*pages))).get_sheet_by_index(0)
    assert sheet.to_python() == [["a", "b"], *([f"{n}", float(n)] for n in range(30))]


def test_a_text_longer_than_a_cell_is_cut():
    assert cells(book_of([["x" * 40_000, "y"]]))[1] == ["x" * 32_767, "y"]


def test_no_row_is_read_before_what_came_before_it_was_taken():
    read: list[int] = []

    def pages() -> Iterator[Page]:
        for number in range(5):
            read.append(number)
            yield [[f"{number}.{row}" * 9, hash((number, row))] for row in range(2_000)]

    pieces = workbook({"list": Table(["a", "b"], pages(), 10_000)})
    assert next(pieces).startswith(b"PK")
    assert read in ([], [0])
    assert all(pieces)
    assert read == [0, 1, 2, 3, 4]


def test_what_becomes_huge_is_packed_so_that_it_may(monkeypatch: pytest.MonkeyPatch):
    versions = []
    for above in (1_000_000_000, 100):
        monkeypatch.setattr(tables, "_ZIP64_ABOVE", above)
        book = book_of([["a", "b"]] * 10)
        assert len(cells(book)) == 11
        packed = zipfile.ZipFile(io.BytesIO(book)).getinfo("xl/worksheets/sheet1.xml")
        versions.append(packed.extract_version)
    assert versions == [20, 45]
