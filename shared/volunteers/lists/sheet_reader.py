"""The process that reads workbooks (XLSX, XLS, ODS); `list_files` starts it.

calamine reads them fast, but a malicious file can end its process: a cell in the last column of the
last line is enough (github.com/tafia/calamine/issues/693).

It answers with an object, followed by the lines of the sheet in parts: `{"refused": REASON}` or
`{"sheet", "sheets": [[name, is hidden], …], "rounded": [column, …]}`.
"""

import datetime
import gc
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from shared import confined
from shared.volunteers.lists.column_mapping import find_mapping
from shared.volunteers.lists.titles import holds_address, without_empty_end

DAMAGED, LOCKED, TOO_LARGE = "damaged", "locked", "too large"
TOO_WIDE, TOO_LONG = "too wide", "too long"

# Above this, digits are lost: a double has 53 bits, Excel 15 digits.
_ROUNDED = 1e15
# Where Excel puts a workbook that has a password (MS-OFFCRYPTO, 2.3.4.4).
_LOCKED_PART = "EncryptedPackage".encode("utf-16-le")
_LINES_OF_A_PART = 1000

Cell = int | float | str | bool | datetime.time | datetime.date | datetime.timedelta


class Refused(Exception):
    """The workbook is not a list; the text is one of the reasons above."""


class Most(NamedTuple):
    """The limits of a list."""

    columns: int
    lines: int
    characters: int


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, and its lines without the empty cells at their ends.

    People who open the file do not see hidden sheets.
    """

    name: str
    rows: list[list[str]]
    is_hidden: bool = False


def best_sheet(sheets: Iterable[Sheet]) -> Sheet:
    """The sheet with the list: titles and addresses count, notes have neither in number.

    Of equal ones the first is taken; a hidden one only if no other looks like a list.
    """
    best, most = Sheet("", []), (False, -1)
    for sheet in sheets:
        addresses = sum(map(holds_address, sheet.rows))
        worth = addresses + 3 * (find_mapping(sheet.rows) is not None)
        if (rank := (worth > 0 and not sheet.is_hidden, worth)) > most:
            best, most = sheet, rank
    return best


class _Workbook:
    def __init__(self, content: bytes, most: Most) -> None:
        self._book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        self._most = most
        # The columns of each sheet with numbers that are not whole.
        self.rounded: dict[str, set[int]] = {}

    @property
    def names(self) -> list[SheetMetadata]:
        """The sheets with cells; charts are sheets, too."""
        return [one for one in self._book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]

    def sheet(self, wanted: str | None) -> Sheet:
        """The sheet with this name, otherwise the one with the list."""
        candidates = [one for one in self.names if one.name == wanted] or self.names
        # Addresses are counted only if there is a choice.
        sheets = (self._sheet(one) for one in candidates)
        return next(sheets) if len(candidates) == 1 else best_sheet(sheets)

    def _sheet(self, one: SheetMetadata) -> Sheet:
        sheet = self._book.get_sheet_by_name(one.name)
        line, column = sheet.end or (0, 0)
        if column >= self._most.columns:
            raise Refused(TOO_WIDE)
        if line >= self._most.lines:
            raise Refused(TOO_LONG)
        self.rounded[one.name] = set()
        rows, characters = [], 0
        for row in self._rows(sheet, self.rounded[one.name]):
            rows.append(row)
            characters += sum(map(len, row))
            if characters > self._most.characters:
                raise Refused(TOO_LARGE)
        return Sheet(one.name, rows, hidden(one))

    def _rows(self, sheet: CalamineSheet, rounded: set[int]) -> Iterator[list[str]]:
        """The lines from the first one on; notes the columns with rounded numbers."""
        before: list[Cell] = [""] * (sheet.start[1] if sheet.start else 0)
        for told in sheet.iter_rows():
            cells = before + told if before else told
            rounded.update(
                [i for i, cell in enumerate(cells) if type(cell) is float and abs(cell) >= _ROUNDED]
            )
            yield without_empty_end(
                [cell if type(cell) is str else cell_text(cell) for cell in cells]
            )


def hidden(one: SheetMetadata) -> bool:
    return one.visible != SheetVisibleEnum.Visible


# Days, hours and counts repeat in many lines; 1 and True are equal, but read differently.
@lru_cache(maxsize=65_536, typed=True)
def cell_text(cell: Cell) -> str:
    """What a person reads in the cell, independent of locale: 7, 2.5, 2026-05-01 08:30:00."""
    if isinstance(cell, str):
        return cell
    # Every number is kept as a floating one: 7.0 was typed as 7.
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else format(cell, ".15g")
    # A date is stored as its midnight.
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        cell = cell.date()
    if isinstance(cell, datetime.datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, datetime.timedelta):
        minutes, seconds = divmod(int(cell.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return str(cell)


def read(content: bytes, wanted: str | None, most: Most) -> Iterator[object]:
    """What `list_files` gets to hear."""
    try:
        book = _Workbook(content, most)
        sheet = book.sheet(wanted)
    except Refused as reason:
        yield {"refused": str(reason)}
        return
    except MemoryError:
        yield {"refused": TOO_LARGE}
        return
    except BaseException:
        # On unexpected input calamine panics, which is not an Exception.
        yield {"refused": LOCKED if _LOCKED_PART in content else DAMAGED}
        return
    names = [[one.name, hidden(one)] for one in book.names]
    rounded = sorted(book.rounded.get(sheet.name, ()))
    yield {"sheet": sheet.name, "sheets": names, "rounded": rounded}
    for start in range(0, len(sheet.rows), _LINES_OF_A_PART):
        yield sheet.rows[start : start + _LINES_OF_A_PART]


if __name__ == "__main__":
    # The process ends in a second, and nothing in it forms reference cycles.
    gc.disable()
    (request, file) = confined.work()
    for value in read(file, request["sheet"], Most(*request["most"])):
        confined.answer(value)
