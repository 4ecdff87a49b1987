"""The titles of a table's columns: which line they are in, or which two.

Spreadsheets have a title over several others, in merged cells that are read as a filled cell and
empty ones behind it: “Contact” over “Phone” and “E-mail” become “Contact · Phone” and “Contact ·
E-mail”.
"""

import re
from collections.abc import Sequence
from itertools import zip_longest

from shared.volunteers.lists.titles import (
    JOINT,
    Row,
    holds_address,
    is_email,
    is_name,
    plain_title,
    plain_titles,
    without_brackets,
)

LINES_LOOKED_AT = 20
_LINES_BEHIND = 10
_LEAST_SCORE = 3.0
# A contact or two may come above the titles; more addresses mean a list without titles.
_MOST_ADDRESSES_ABOVE = 2
_NUMBER = re.compile(r"[+(-]?\d[\d\s().,:/%-]*")
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
    """Whether each may be one of several titles, rather than a note or something about a person."""
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(
        len(cell) <= _LONGEST_CELL
        and "@" not in cell
        and not _NOTE.search(cell)
        and not _FOUR_DIGITS.search(cell)
        and any(map(str.isalpha, cell))
        for cell in filled
    )


# Which line it is


def find_line(rows: Sequence[Row]) -> int | None:
    """The line of titles among the first 20, from 0, or None for a list without.

    Lists come with a heading, notes and a running count; the score was tested on exports of common
    forms and ticket shops. Of the lines that score nearly as high as the best, the topmost is
    taken; of titles in two lines, the second.
    """
    scores, addresses = dict[int, float](), 0
    for line, row in enumerate(rows[:LINES_LOOKED_AT]):
        if holds_address([without_brackets(cell) for cell in row]):
            addresses += 1
        elif addresses <= _MOST_ADDRESSES_ABOVE and _names_people(row):
            scores[line] = _score(rows, line)
    nearly = max(_LEAST_SCORE, 0.9 * max(scores.values(), default=0.0))
    best = next((line for line, score in scores.items() if score >= nearly), None)
    return best if best is None or not continues(rows, best) else best + 1


def _names_people(row: Row) -> bool:
    """Whether a title means addresses, or at least names, besides something else."""
    titles = [title for title in plain_titles(row) if title]
    return any(map(is_email, titles)) or (len(titles) > 1 and any(map(is_name, titles)))


def _score(rows: Sequence[Row], line: int) -> float:
    cells = [cell for cell in rows[line] if cell.strip()]
    titles = [plain_title(cell) for cell in cells]
    numbers = sum(bool(_NUMBER.fullmatch(cell.strip())) for cell in cells)
    score = 3.0 * any(map(is_email, titles)) + 2.0 * any(map(is_name, titles))
    score += 2.0 if not numbers else -2.0 * numbers
    score += len(set(titles)) / len(titles)
    score -= 2.0 if len(cells) == 1 else 0.0
    behind = rows[line + 1 : line + 1 + _LINES_BEHIND]
    have_addresses = [holds_address(row) for row in behind if any(cell.strip() for cell in row)]
    if have_addresses:
        share = sum(have_addresses) / len(have_addresses)
        score += 3.0 * share - (0.0 if have_addresses[0] else 1.5)
    return score
