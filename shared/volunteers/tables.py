"""Tables as CSV, JSON lines and XLSX, streamed while their rows are read.

XlsxWriter writes a workbook of the titles alone, and the rows are put into its sheets on the way:
it cannot stream a workbook, and takes five times as long for a row.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from shared.storage.turns import CountProgress
from shared.volunteers.formula_marks import marked

Page = Sequence[Sequence[Any]]

# The most characters of a cell (Excel's limit; ECMA-376 has none).
_LONGEST = 32_767
_END = b"</sheetData>"
# It names the last cell, which is unknown until the end; readers do without it.
_DIMENSION = re.compile(rb"<dimension [^>]*/>")
# Larger sheets need ZIP64, which not every program opens.
_ZIP64_ABOVE = 1_000_000_000
# Packs sheets to a fourteenth; level 6 takes three times as long and saves another twentieth.
_COMPRESSION = 3
# XML has no control characters: ECMA-376 (22.9.2.19) writes them as _x0007_.
_LIKE_AN_ESCAPE = re.compile(r"_(?=x[0-9a-fA-F]{4}_)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class Table:
    """Titles, and rows in pages, each of which is read when it is needed."""

    titles: Sequence[str]
    pages: Iterable[Page]
    # About how many rows there will be, which decides on ZIP64.
    count: int = 0

    def counted(self, progress: CountProgress) -> "Table":
        """Return this table, which calls `progress` with the number of its rows that were read."""

        def counted() -> Iterator[Page]:
            done = 0
            for page in self.pages:
                yield page
                done += len(page)
                progress(done)

        return replace(self, pages=counted())


def csv_of(table: Table) -> Iterator[bytes]:
    """CSV (RFC 4180) that Excel opens as UTF-8, without formulas; with titles even without rows."""
    yield csv_lines([table.titles]).encode("utf-8-sig")
    for page in table.pages:
        yield csv_lines(page).encode()


def csv_lines(page: Page) -> str:
    """Return rows as CSV without formulas; every text is quoted."""
    # Takes half a second to import, which most commands do without.
    import pandas

    # As objects: otherwise numbers beside an empty cell get a decimal point.
    rows = pandas.DataFrame(
        [[marked(cell) if isinstance(cell, str) else cell for cell in row] for row in page],
        dtype=object,
    )
    text: str = rows.to_csv(
        index=False, header=False, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC
    )
    return text


def jsonl_of(table: Table) -> Iterator[bytes]:
    """Yield JSON lines for programs: an object by title for each row; an empty cell is null."""
    import pandas

    for page in table.pages:
        cells = [[None if cell == "" else cell for cell in row] for row in page]
        rows = pandas.DataFrame(cells, columns=table.titles, dtype=object)
        text: str = rows.to_json(
            orient="records", lines=True, force_ascii=False, double_precision=15
        )
        yield text.encode()


def workbook(sheets: Mapping[str, Table]) -> Iterator[bytes]:
    """XLSX with these sheets, piece by piece. Cells are texts or numbers; None and "" are left out.

    Every text stays text, whatever it begins with.
    """
    begun, outflow = io.BytesIO(), Outflow()
    with Workbook(begun, {"strings_to_formulas": False, "strings_to_urls": False}) as of_titles:
        for name, table in sheets.items():
            of_titles.add_worksheet(name).write_row(0, 0, table.titles)
    parts = {f"xl/worksheets/sheet{n}.xml": table for n, table in enumerate(sheets.values(), 1)}
    with (
        zipfile.ZipFile(begun) as around,
        zipfile.ZipFile(outflow, "w", zipfile.ZIP_DEFLATED, compresslevel=_COMPRESSION) as book,
    ):
        for part in around.namelist():
            if part not in parts:
                book.writestr(part, around.read(part))
                continue
            for _ in _write_sheet(book, part, around.read(part), parts[part]):
                yield outflow.taken()
    yield outflow.taken()


def _write_sheet(book: zipfile.ZipFile, part: str, around: bytes, table: Table) -> Iterator[None]:
    before, end, after = _DIMENSION.sub(b"", around).partition(_END)
    pages = _written(table)
    first = next(pages, b"")
    is_large = len(first) * table.count > _ZIP64_ABOVE * first.count(b"</row>")
    with book.open(part, "w", force_zip64=is_large) as file:
        file.write(before)
        for page in chain([first], pages):
            file.write(page)
            yield
        file.write(end + after)


def _written(table: Table) -> Iterator[bytes]:
    letters = [xl_col_to_name(place) for place in range(len(table.titles))]
    # The titles are the first line.
    line = 2
    for page in table.pages:
        rows = []
        for row in page:
            cells = [
                _cell(f"{letter}{line}", value)
                for letter, value in zip(letters, row, strict=True)
                if value is not None and value != ""
            ]
            rows.append(f'<row r="{line}">{"".join(cells)}</row>')
            line += 1
        yield "".join(rows).encode()


def _cell(place: str, value: str | float) -> str:
    if not isinstance(value, str):
        # As many digits as Excel shows.
        return f'<c r="{place}"><v>{value:.16G}</v></c>'
    text = _LIKE_AN_ESCAPE.sub("_x005F_", value[:_LONGEST])
    text = _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


class Outflow(io.RawIOBase):
    """A stream that keeps what was written until it is taken; it cannot seek."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def taken(self) -> bytes:
        """Return everything written since the last call."""
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)
