"""The sheets of a workbook, and which of them has the list."""

from collections.abc import Iterable
from dataclasses import dataclass

from shared.volunteers.lists.column_mapping import find_mapping
from shared.volunteers.lists.titles import holds_address


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


def without_empty_end(cells: list[str]) -> list[str]:
    """The cells up to the last non-empty one."""
    while cells and not cells[-1]:
        cells.pop()
    return cells
