"""The lines of a list that added nobody, as a table to be corrected and added again.

It has the list's own columns, so that it is read like the list, followed by the reason, which is
ignored on the next upload.
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
    """A row for each of `lines`, which name lines of `rows`; without titles each is one cell."""
    returned = [rows[line.line - 1] for line in lines]
    reasons = [translate(line.reason, language, **line.details) for line in lines]
    if mapping is None:
        # A line in one cell, from which it is read as before.
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
    """The rows of a file without what this program has written beside a list: why lines were not
    added, and how far people are."""
    titles = set(rows[0]) if rows else set()
    ours = {translate(REASON_TITLE, language) for language in LANGUAGES}
    if {"email", "status_text"} <= titles:
        ours |= OUR_TITLES - {"number", "email", "name"}
    if titles.isdisjoint(ours):
        return rows
    kept = [place for place, title in enumerate(rows[0]) if title not in ours]
    return [without_empty_end([row[i] for i in kept if i < len(row)]) for row in rows]
