"""The process that reads workbooks (XLSX, XLS, ODS); `list_files` starts it.

calamine reads them fast, but a malicious file can end its process: a cell in the last column of the
last line is enough (github.com/tafia/calamine/issues/693).

It answers with the reason for a refusal, or with an `UploadedList` without rows, then the rows in
parts.
"""

import datetime
import gc
import io
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from python_calamine import CalamineWorkbook, SheetMetadata, SheetTypeEnum, SheetVisibleEnum

from shared import confined
from shared.volunteers.lists.column_mapping import MOST_COLUMNS, find_mapping
from shared.volunteers.lists.titles import holds_address, without_empty_end

DAMAGED, LOCKED, TOO_LARGE = "damaged", "locked", "too large"
TOO_WIDE, TOO_LONG = "too wide", "too long"

MOST_LINES = 200_000
# More than any list needs; a small file can unpack to far more than this.
MOST_CHARACTERS = 100_000_000
# Above this, digits are lost: a double has 53 bits, Excel 15 digits.
_ROUNDED = 1e15
# The part into which Excel puts a workbook with a password (MS-OFFCRYPTO, 2.3.4.4).
_LOCKED_PART = "EncryptedPackage".encode("utf-16-le")
_LINES_OF_A_PART = 1000

Cell = int | float | str | bool | datetime.time | datetime.date | datetime.timedelta


class Refused(Exception):
    """A workbook that is not a list; the text is one of the reasons above."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, and its lines without the empty cells at their ends.

    `rounded` are the columns with numbers that lost digits.
    """

    name: str = ""
    rows: Sequence[list[str]] = ()
    is_hidden: bool = False
    rounded: Collection[int] = ()


def best_sheet(sheets: Iterable[Sheet]) -> Sheet:
    """Return the sheet that looks most like a list, by its titles and addresses.

    Of equal ones the first is taken; a hidden one only if no other looks like a list.
    """
    best, most = Sheet(), (False, -1)
    for sheet in sheets:
        addresses = sum(map(holds_address, sheet.rows))
        worth = addresses + 3 * (find_mapping(sheet.rows) is not None)
        if (rank := (worth > 0 and not sheet.is_hidden, worth)) > most:
            best, most = sheet, rank
    return best


def _sheet(book: CalamineWorkbook, about: SheetMetadata) -> Sheet:
    sheet = book.get_sheet_by_name(about.name)
    line, column = sheet.end or (0, 0)
    if column >= MOST_COLUMNS:
        raise Refused(TOO_WIDE)
    if line >= MOST_LINES:
        raise Refused(TOO_LONG)
    rows, rounded, characters = list[list[str]](), set[int](), 0
    # calamine's lines begin at the first column with cells.
    before: list[Cell] = [""] * (sheet.start[1] if sheet.start else 0)
    for line_of_sheet in sheet.iter_rows():
        cells = before + line_of_sheet if before else line_of_sheet
        rounded.update(
            [i for i, cell in enumerate(cells) if type(cell) is float and abs(cell) >= _ROUNDED]
        )
        texts = [cell if type(cell) is str else cell_text(cell) for cell in cells]
        rows.append(without_empty_end(texts))
        characters += sum(map(len, rows[-1]))
        if characters > MOST_CHARACTERS:
            raise Refused(TOO_LARGE)
    return Sheet(about.name, rows, hidden(about), rounded)


def hidden(about: SheetMetadata) -> bool:
    return about.visible != SheetVisibleEnum.Visible


# Days, hours and counts repeat in many lines; 1 and True are equal, but read differently.
@lru_cache(maxsize=65_536, typed=True)
def cell_text(cell: Cell) -> str:
    """Return the cell as a person reads it, in no locale: 7, 2.5, 2026-05-01 08:30:00."""
    if isinstance(cell, str):
        return cell
    # Every number is stored as a double: 7.0 was typed as 7.
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


def read(content: bytes, wanted: str | None) -> Iterator[object]:
    """Yield the answers about the sheet with this name, or else the one with the list."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        # Charts are sheets, too.
        known = [about for about in book.sheets_metadata if about.typ == SheetTypeEnum.WorkSheet]
        candidates = [about for about in known if about.name == wanted] or known
        sheets = (_sheet(book, about) for about in candidates)
        # Addresses are counted only if there is a choice.
        sheet = next(sheets) if len(candidates) == 1 else best_sheet(sheets)
    except Refused as reason:
        yield str(reason)
        return
    except MemoryError:
        yield TOO_LARGE
        return
    except BaseException:
        # On unexpected input calamine panics, which is not an Exception.
        yield LOCKED if _LOCKED_PART in content else DAMAGED
        return
    names = {about.name: hidden(about) for about in known}
    yield {"rows": [], "sheet": sheet.name, "sheets": names, "rounded": sorted(sheet.rounded)}
    for start in range(0, len(sheet.rows), _LINES_OF_A_PART):
        yield sheet.rows[start : start + _LINES_OF_A_PART]


if __name__ == "__main__":
    # The process ends in a second, and nothing in it forms reference cycles.
    gc.disable()
    (request, file) = confined.work()
    for value in read(file, request["sheet"]):
        confined.answer(value)
