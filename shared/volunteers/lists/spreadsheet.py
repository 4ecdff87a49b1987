"""Workbooks (XLSX, XLS, ODS), read in a process of their own within limits.

A small file can unpack to gigabytes, put a cell into each line's last column or refer to line one
million. Only that process bears the cost; this one gets a list within limits, or a refusal.
"""

from dataclasses import dataclass, field

from shared import confined
from shared.errors import ListUnreadable
from shared.garbage import no_search_for_garbage
from shared.language import N_
from shared.volunteers.lists import sheet_reader
from shared.volunteers.lists.column_mapping import MOST_COLUMNS, TOO_MANY_COLUMNS

MOST_LINES = 200_000
# More than any list needs; a small file can unpack to far more than this.
MOST_CHARACTERS = 100_000_000

# 100 000 lines of eight columns take a third of the memory, and a second.
_LIMITS = confined.Limits(
    memory=1_000_000_000, cpu_seconds=30, seconds=60, answer=8 * MOST_CHARACTERS
)

_TOO_LARGE = N_("it is too large. Keep only the sheet with the list.")
_REASONS = {
    sheet_reader.TOO_LARGE: _TOO_LARGE,
    sheet_reader.TOO_WIDE: TOO_MANY_COLUMNS,
    sheet_reader.TOO_LONG: N_(
        "its sheet has more than 200 000 lines. Save it as CSV, or in several parts."
    ),
    sheet_reader.LOCKED: N_("it is locked with a password. Save it without one."),
    sheet_reader.DAMAGED: N_(
        "it is not a whole XLSX, XLS or ODS file. Save it again as XLSX or CSV."
    ),
}


@dataclass(frozen=True)
class Workbook:
    """The lines of one sheet, its name, and all sheets: name -> whether it is hidden.

    `rounded`: the columns, from 0, with numbers that lost their last digits in the file.
    """

    sheet: str
    rows: list[list[str]]
    sheets: dict[str, bool] = field(default_factory=dict)
    rounded: tuple[int, ...] = ()


def is_workbook(content: bytes) -> bool:
    """Judged by its first bytes: XLSX and ODS are ZIPs, XLS is a compound file (MS-CFB)."""
    return content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))


def read_workbook(content: bytes, sheet: str | None = None) -> Workbook:
    """The sheet of that name, or else the one with the list.

    Raises ListUnreadable for anything but an intact workbook, and for one larger than any list.
    """
    request = {"sheet": sheet, "most": [MOST_COLUMNS, MOST_LINES, MOST_CHARACTERS]}
    try:
        with no_search_for_garbage():
            answer, *parts = confined.answers(sheet_reader.__name__, request, content, _LIMITS)
    except (confined.Broken, ValueError):
        # A file is given up if it takes more time or memory than any list, or if reading it
        # crashes.
        raise ListUnreadable(reason=_TOO_LARGE) from None
    if reason := answer.get("refused"):
        raise ListUnreadable(reason=_REASONS[reason])
    rows = [row for part in parts for row in part]
    return Workbook(answer["sheet"], rows, dict(answer["sheets"]), tuple(answer["rounded"]))
