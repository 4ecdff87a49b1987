"""Which line of a table holds the titles of its columns.

Lists come with a heading, notes and a running count. The score was tested on exports of common
forms and ticket shops.
"""

import re
from collections.abc import Iterator, Sequence

from shared.volunteers.lists.table_head import continues
from shared.volunteers.lists.titles import (
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


def find_line(rows: Sequence[Row]) -> int | None:
    """The line of titles among the first 20, from 0, or None for a list without.

    Of the lines that score nearly as high as the best, the topmost is taken; of titles in two
    lines (`table_head`), the second.
    """
    scores = {line: score for line, score in _scores(rows) if score >= _LEAST_SCORE}
    nearly = 0.9 * max(scores.values(), default=0.0)
    best = next((line for line, score in scores.items() if score >= nearly), None)
    return best if best is None or not continues(rows, best) else best + 1


def _scores(rows: Sequence[Row]) -> Iterator[tuple[int, float]]:
    addresses = 0
    for line, row in enumerate(rows[:LINES_LOOKED_AT]):
        if holds_address([without_brackets(cell) for cell in row]):
            addresses += 1
        elif addresses <= _MOST_ADDRESSES_ABOVE and _names_people(row):
            yield line, _score(rows, line)


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
    return score + _score_of_lines_behind(rows[line + 1 : line + 1 + _LINES_BEHIND])


def _score_of_lines_behind(rows: Sequence[Row]) -> float:
    have_addresses = [holds_address(row) for row in rows if any(cell.strip() for cell in row)]
    if not have_addresses:
        return 0.0
    return 3.0 * sum(have_addresses) / len(have_addresses) - (0.0 if have_addresses[0] else 1.5)
