"""The sheets of an XLSX file, read within limits that hold whatever the file claims about itself.

A small file can unpack to gigabytes, put one cell into each line's last column or name a line of
a million. So openpyxl gets no part of the file that was not looked through before.
"""

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from typing import IO, Any
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile, ZipInfo

from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.exceptions import InvalidFileException

from shared.errors import ListUnreadable
from shared.language import N_

MOST_COLUMNS = 200
MOST_LINES = 200_000
# More than any list needs; a small file can unpack to far more than this.
MOST_UNPACKED_BYTES = 200_000_000
MOST_CHARACTERS = 100_000_000
_MOST_PARTS = 10_000
_MOST_ELEMENTS = 10_000_000
# As many lines as Excel has: those behind the list may be coloured though empty.
_MOST_ROW_ELEMENTS = 1_048_576
# Different texts of all cells.
_MOST_STRINGS = 2_000_000
# Outside of a line: Excel keeps up to 65 530 links and 64 000 formats.
_MOST_ELEMENTS_OF_ONE = 300_000
# Between two elements; a cell has at most 32 767 characters.
_LONGEST_TEXT_BYTES = 200_000
_CHUNK = 65_536

_TOO_LARGE = N_("it is too large. Keep only the sheet with the list.")
_TOO_WIDE = N_("it has more than 200 columns. Keep only those of the list.")
_TOO_LONG = N_("its sheet has more than 200 000 lines. Save it as CSV, or in several parts.")

# What openpyxl and zipfile raise for a damaged or foreign file. The XML parsers that openpyxl may
# use have errors of their own, all of them kinds of SyntaxError.
_DAMAGES = (
    BadZipFile,
    InvalidFileException,
    AttributeError,
    EOFError,
    IndexError,
    KeyError,
    RuntimeError,
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
    expat.ExpatError,
    zlib.error,
)


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, and its lines without the empty cells at their ends."""

    name: str
    rows: list[list[str]]


def visible_sheets(content: bytes) -> Iterator[Sheet]:
    """The sheets that a person sees who opens the file, one after the other.

    Raises ListUnreadable for what is no whole XLSX file, or larger than any list.
    """
    try:
        # Counted before it is opened: a directory of a million names is a burden by itself.
        if content.count(b"PK\x01\x02") > _MOST_PARTS:
            raise ListUnreadable(reason=_TOO_LARGE)
        with _Parts(io.BytesIO(content)) as parts:
            parts.check_sheets()
            yield from _sheets(content, parts)
    except _DAMAGES:
        raise ListUnreadable(
            reason=N_("it is not a whole XLSX file. Save it again as XLSX or CSV.")
        ) from None


def _sheets(content: bytes, parts: "_Parts") -> Iterator[Sheet]:
    reader = ExcelReader(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    reader.archive.close()
    reader.archive = parts
    reader.read()
    sheets: list[Any] = reader.wb.worksheets
    for sheet in sheets:
        if sheet.sheet_state == "visible":
            yield Sheet(sheet.title, _rows(sheet, parts.look(sheet._worksheet_path)))


def _rows(sheet: Any, look: "_Look") -> list[list[str]]:
    # The size that some programs write into the file is wrong: it would cut or pad the list.
    sheet.reset_dimensions()
    if not look.lines:
        return []
    rows: list[list[str]] = []
    characters = 0
    for values in sheet.iter_rows(
        max_row=look.lines, max_col=max(look.columns, 1), values_only=True
    ):
        rows.append(without_empty_end([_cell_text(value) for value in values]))
        characters += sum(map(len, rows[-1]))
        if characters > MOST_CHARACTERS:
            raise ListUnreadable(reason=_TOO_LARGE)
    return rows


def without_empty_end(cells: list[str]) -> list[str]:
    """The cells up to the last one in which something stands."""
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _cell_text(value: object) -> str:
    if value is None:
        return ""
    # Excel keeps every number as a floating one: 7.0 was typed as 7.
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    # A day is kept as its midnight.
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    return value.isoformat(sep=" ") if isinstance(value, datetime) else str(value)


class _Parts(ZipFile):
    """The parts of the file; each is looked through before anybody gets it."""

    def __init__(self, content: IO[bytes]) -> None:
        super().__init__(content)
        self._looks: dict[str, _Look] = {}
        # zipfile gives no more of a part than the size that the file claims.
        if sum(part.file_size for part in self.infolist()) > MOST_UNPACKED_BYTES:
            raise ListUnreadable(reason=_TOO_LARGE)

    def check_sheets(self) -> None:
        """Before their strings are in memory, which are a part of their own."""
        for name in self.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                self.look(name)

    def look(self, name: str) -> "_Look":
        if name not in self._looks:
            with super().open(name) as part:
                self._looks[name] = _Look(part)
        return self._looks[name]

    def open(self, name: str | ZipInfo, *args: Any, **options: Any) -> IO[bytes]:
        self.look(name.filename if isinstance(name, ZipInfo) else name)
        return super().open(name, *args, **options)


class _Look:
    """How far the cells of one XML part reach; nothing of it is kept.

    Raises ListUnreadable for more than any list needs, ExpatError for what is no XML.
    """

    def __init__(self, part: IO[bytes]) -> None:
        # The last line and the last column in which something stands.
        self.lines = self.columns = 0
        self._row = self._column = 0
        self._elements = self._elements_of_one = self._row_elements = self._strings = 0
        self._fed = self._fed_at_element = 0
        self._through(part)

    def _through(self, part: IO[bytes]) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.StartDoctypeDeclHandler = self._refuse_entities
        while chunk := part.read(_CHUNK):
            self._fed += len(chunk)
            parser.Parse(chunk)
            if self._fed - self._fed_at_element > _LONGEST_TEXT_BYTES:
                raise ListUnreadable(reason=_TOO_LARGE)
        parser.Parse(b"", True)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._fed_at_element = self._fed
        self._elements += 1
        self._elements_of_one += 1
        kind = tag.rpartition(" ")[2]
        if kind == "c":
            self._column = _column(attributes.get("r", "")) or self._column + 1
        elif kind in ("v", "t"):
            self._check_place()
        elif kind in ("row", "si"):
            self._next_line(kind, attributes)
        if self._elements > _MOST_ELEMENTS or self._elements_of_one > _MOST_ELEMENTS_OF_ONE:
            raise ListUnreadable(reason=_TOO_LARGE)

    def _next_line(self, kind: str, attributes: dict[str, str]) -> None:
        self._elements_of_one = self._column = 0
        if kind == "row":
            self._row_elements += 1
            self._row = int(attributes.get("r", self._row + 1))
            if self._row_elements > _MOST_ROW_ELEMENTS:
                raise ListUnreadable(reason=_TOO_LONG)
        else:
            self._strings += 1
            if self._strings > _MOST_STRINGS:
                raise ListUnreadable(reason=_TOO_LARGE)

    def _check_place(self) -> None:
        """What is only coloured may stand anywhere; what says something may not."""
        if self._column > MOST_COLUMNS:
            raise ListUnreadable(reason=_TOO_WIDE)
        if self._row > MOST_LINES:
            raise ListUnreadable(reason=_TOO_LONG)
        self.columns = max(self.columns, self._column)
        self.lines = max(self.lines, self._row)

    def _refuse_entities(self, *_: object) -> None:
        # What a document type declares can grow without end when it is put in its places.
        raise ListUnreadable(reason=_TOO_LARGE)


_COLUMN = re.compile(r"\$?([A-Z]{1,3})\$?[0-9]", re.IGNORECASE)


def _column(place: str) -> int:
    """C7 stands in the third column; 0 where no place is told."""
    found = _COLUMN.match(place)
    number = 0
    for letter in found.group(1).upper() if found else "":
        number = number * 26 + ord(letter) - 64
    return number
