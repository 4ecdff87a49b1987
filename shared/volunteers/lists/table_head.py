"""The titles of a table's columns, which may stand in two lines.

Spreadsheets have a title over several others, in merged cells that are read as a filled cell and
empty ones behind it: “Contact” over “Phone” and “E-mail” become “Contact · Phone” and “Contact ·
E-mail”.
"""

import re
from collections.abc import Sequence
from itertools import zip_longest

from shared.volunteers.lists.titles import JOINT, Row, holds_address

_LONGEST_CELL = 60
# A year, a phone number: it belongs to a note or to a person.
_FOUR_DIGITS = re.compile(r"\d{4}")
_NOTE = re.compile(r"[:：]\s*\S")


def titles_in(rows: Sequence[Row], line: int) -> tuple[str, ...]:
    """The titles of the columns if the last line of titles is `line`, from 0."""
    lower = _tidy(rows[line])
    upper = _tidy(rows[line - 1]) if is_second_line(rows, line) else []
    above, columns = "", []
    for over, under in zip_longest(upper, lower, fillvalue=""):
        # A merged cell ends before the next one, and before a column without any title.
        above = over or (above if under else "")
        columns.append(JOINT.join(filter(None, (above, under))))
    return tuple(columns)


def is_second_line(rows: Sequence[Row], line: int) -> bool:
    """Whether `line` and the one above are one head: a title above stands over several below."""
    if not 0 < line < len(rows):
        return False
    upper, lower = _tidy(rows[line - 1]), _tidy(rows[line])
    if not _are_titles(upper) or not _are_titles(lower):
        return False
    begins_first = _first(upper) <= _first(lower)
    # Alone over everything, it is the heading of the list.
    is_heading = sum(map(bool, upper)) == 1 and begins_first
    return not is_heading and any(len(under) > 1 for under in _under(upper, lower))


def continues(rows: Sequence[Row], line: int) -> bool:
    """Whether the line behind `line`, which has titles, only says more about some of them."""
    if not is_second_line(rows, line + 1):
        return False
    upper, lower = _tidy(rows[line]), _tidy(rows[line + 1])
    below = sum(len(under) for under in _under(upper, lower) if len(under) > 1)
    return below == sum(map(bool, lower)) and holds_address(
        [cell for row in rows[line + 2 : line + 12] for cell in row]
    )


def _under(upper: Sequence[str], lower: Sequence[str]) -> list[list[str]]:
    """The titles below each one above, as far as its merged cell may reach."""
    found: list[list[str]] = []
    is_below = False
    for over, under in zip_longest(upper, lower, fillvalue=""):
        if over:
            found.append([])
        is_below = bool(over or (is_below and under))
        if is_below and under:
            found[-1].append(under)
    return found


def _tidy(row: Row) -> list[str]:
    return [" ".join(cell.split()) for cell in row]


def _first(cells: Sequence[str]) -> int:
    return next((index for index, cell in enumerate(cells) if cell), len(cells))


def _are_titles(cells: Sequence[str]) -> bool:
    return any(cells) and all(map(_is_title, filter(None, cells)))


def _is_title(cell: str) -> bool:
    """Whether it may be one of several titles, rather than a note or something about a person."""
    if len(cell) > _LONGEST_CELL or "@" in cell or _NOTE.search(cell) or _FOUR_DIGITS.search(cell):
        return False
    return any(character.isalpha() for character in cell)
