"""An XLSX workbook that is sent while its rows are read, and held nowhere as a whole.

XlsxWriter writes a workbook of the titles alone, into whose sheets the rows are put on the way. It
cannot send a workbook before its end, and takes ten times as long for a row.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from shared.outflow import Outflow

Row = Sequence[Any]

# Every text stays text, whatever it begins with.
TEXT_STAYS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False}
# The most characters of a cell (Excel's limit; ECMA-376 has none).
_LONGEST = 32_767
_END = b"</sheetData>"
# It names the last cell, which is unknown until the end; readers do without it.
_DIMENSION = re.compile(rb"<dimension [^>]*/>")
# Larger sheets need ZIP64, which not every program opens.
_ZIP64_ABOVE = 1_000_000_000
# Packs sheets to a fourteenth; level 6 takes three times as long and saves another twentieth.
_COMPRESSION = 3
# What must be escaped: markup, what looks like an escape, blanks at the ends of a text.
_ODD = ("&", "<", ">", "_x", "| ", " |")
_LIKE_AN_ESCAPE = re.compile(r"_(?=x[0-9a-fA-F]{4}_)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class StreamedSheet:
    """A sheet: its titles, its rows in pages, and about how many rows there will be."""

    name: str
    titles: Sequence[str]
    pages: Iterable[Sequence[Row]]
    count: int


def streamed(sheets: Sequence[StreamedSheet]) -> Iterator[bytes]:
    """The workbook, piece by piece. Cells are texts or numbers; None and "" are left out."""
    parts = {f"xl/worksheets/sheet{place}.xml": one for place, one in enumerate(sheets, start=1)}
    outflow = Outflow()
    with (
        zipfile.ZipFile(io.BytesIO(_of_titles(sheets))) as titles,
        zipfile.ZipFile(outflow, "w", zipfile.ZIP_DEFLATED, compresslevel=_COMPRESSION) as book,
    ):
        for part in titles.namelist():
            if part not in parts:
                book.writestr(part, titles.read(part))
                continue
            for _ in _write_sheet(book, part, titles.read(part), parts[part]):
                yield outflow.taken()
    yield outflow.taken()


def _of_titles(sheets: Sequence[StreamedSheet]) -> bytes:
    book = io.BytesIO()
    with Workbook(book, TEXT_STAYS_TEXT) as workbook:
        for one in sheets:
            workbook.add_worksheet(one.name).write_row(0, 0, one.titles)
    return book.getvalue()


def _write_sheet(
    book: zipfile.ZipFile, part: str, around: bytes, sheet: StreamedSheet
) -> Iterator[None]:
    before, end, after = _DIMENSION.sub(b"", around).partition(_END)
    pages = _pages(sheet)
    first = next(pages, b"")
    is_large = len(first) * sheet.count > _ZIP64_ABOVE * first.count(b"</row>")
    with book.open(part, "w", force_zip64=is_large) as file:
        file.write(before)
        for page in chain([first], pages):
            file.write(page)
            yield
        file.write(end + after)


def _pages(sheet: StreamedSheet) -> Iterator[bytes]:
    letters = [xl_col_to_name(place) for place in range(len(sheet.titles))]
    # The titles are the first line.
    line = 2
    for page in sheet.pages:
        rows = [_row(letters, place, row) for place, row in enumerate(page, start=line)]
        yield "".join(rows).encode()
        line += len(page)


def _row(letters: Sequence[str], line: int, row: Row) -> str:
    written = _plain_cell if _is_plain(row) else _cell
    cells = [
        written(letter, line, value)
        for letter, value in zip(letters, row, strict=True)
        if value is not None and value != ""
    ]
    return f'<row r="{line}">{"".join(cells)}</row>'


def _is_plain(row: Row) -> bool:
    """Whether no text of the row needs escaping, found out for all of them at once."""
    texts = "|".join(["", *[value for value in row if isinstance(value, str)], ""])
    return texts.isprintable() and not any(odd in texts for odd in _ODD) and len(texts) < _LONGEST


def _plain_cell(letter: str, line: int, value: str | float) -> str:
    if isinstance(value, str):
        return f'<c r="{letter}{line}" t="inlineStr"><is><t>{value}</t></is></c>'
    # As many digits as Excel shows.
    return f'<c r="{letter}{line}"><v>{value:.16G}</v></c>'


def _cell(letter: str, line: int, value: str | float) -> str:
    if not isinstance(value, str):
        return _plain_cell(letter, line, value)
    text = _escaped(value[:_LONGEST])
    return f'<c r="{letter}{line}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _escaped(text: str) -> str:
    """XML has no control characters: ECMA-376 (22.9.2.19) writes them as _x0007_."""
    text = _LIKE_AN_ESCAPE.sub("_x005F_", text)
    text = _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
