"""The lines of a list that added nobody, as a table to correct and add again.

It has the list's own columns, so that it is read like the list, and the reason, which the next
upload ignores.
"""

from collections.abc import Sequence

from shared.language import LANGUAGES, N_, Language, translate
from shared.volunteers.lists.column_mapping import (
    EMAIL,
    KIND_NAMES,
    NO_TITLES,
    ColumnMapping,
    title_of,
)
from shared.volunteers.lists.recipients import RejectedLine
from shared.volunteers.lists.titles import without_empty_end
from shared.volunteers.table_files import OUR_TITLES
from shared.volunteers.tables import Table

REASON_TITLE = N_("Why it was not added")

Rows = list[list[str]]


def returned_lines(
    rows: Rows, mapping: ColumnMapping | None, lines: Sequence[RejectedLine], language: Language
) -> Table:
    """Return a row for each of `lines`, which name lines of `rows`; without a mapping in one
    cell."""
    returned = [rows[line.line - 1] for line in lines]
    reasons = [translate(line.reason, language, **line.details) for line in lines]
    if mapping is None:
        # One cell, from which the line is read as before.
        titles = [translate(KIND_NAMES[EMAIL], language)]
        returned = [[",".join(row)] for row in returned]
    else:
        titles = list(mapping.names)
        if mapping.line == NO_TITLES:
            words = {kind: translate(name, language) for kind, name in KIND_NAMES.items()}
            kinds = [mapping.kinds[place] for place in range(len(titles))]
            named = zip(kinds, mapping.names, strict=True)
            titles = [words.get(kind) or title_of(kind) or name for kind, name in named]
    width = max(len(titles), *map(len, returned), 0)
    cells = [
        [*row, *[""] * (width - len(row)), reason]
        for row, reason in zip(returned, reasons, strict=True)
    ]
    titles += [*[""] * (width - len(titles)), translate(REASON_TITLE, language)]
    return Table(titles, [cells])


def restored(rows: Rows) -> Rows:
    """Return the rows of a file without the columns that this program added to a list: reasons, and
    people's progress."""
    titles = set(rows[0]) if rows else set()
    ours = {translate(REASON_TITLE, language) for language in LANGUAGES}
    if {"email", "status_text"} <= titles:
        ours |= OUR_TITLES - {"number", "email", "name"}
    if titles.isdisjoint(ours):
        return rows
    kept = [place for place, title in enumerate(rows[0]) if title not in ours]
    return [without_empty_end([row[i] for i in kept if i < len(row)]) for row in rows]
