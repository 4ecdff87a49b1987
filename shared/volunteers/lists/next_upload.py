"""What the next upload of a list needs: how one with the same titles was read, and its lines that
added nobody, to be corrected."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TypedDict

from shared.language import LANGUAGES, N_, Language, translate
from shared.storage.models import Event
from shared.volunteers.lists.column_mapping import (
    EMAIL,
    FIRST_NAME,
    LAST_NAME,
    NAME,
    NO_TITLES,
    NUMBER,
    ColumnMapping,
    mapping_at,
    reading_of,
    title_of,
    with_kinds,
)
from shared.volunteers.lists.list_parser import Refusal
from shared.volunteers.lists.titles import (
    LINES_LOOKED_AT,
    Row,
    plain_titles,
    titles_in,
    without_empty_end,
)
from shared.volunteers.tables import FORMULA_STARTS, Table

# How lists were read
#
# A file is recognized by the set of its plain titles, not by its name. Mappings are stored with the
# event: strangers on the same installation should not see what an organizer's columns mean.

# How many kinds of files are remembered; the oldest are dropped.
MOST_REMEMBERED = 20


class Remembered(TypedDict):
    """How a list was read, as stored: the kind by plain title, and whether only those who came were
    wanted."""

    kinds: dict[str, str]
    only_who_came: bool


def forget_readings(event: Event, readings: Collection[str]) -> None:
    """What these lists were read as was not meant; call with the event locked."""
    if not event.list_mappings.keys().isdisjoint(readings):
        event.list_mappings = {
            key: one for key, one in event.list_mappings.items() if key not in readings
        }


def remember(event: Event, mapping: ColumnMapping) -> None:
    """Remember how a list with titles was read; call with the event locked."""
    if not any(mapping.titles):
        return
    kinds = {title: mapping.kinds[i] for i, title in _numbered(mapping.titles).items()}
    one = Remembered(kinds=kinds, only_who_came=mapping.only_who_came)
    key = mapping.reading
    others = {known: other for known, other in event.list_mappings.items() if known != key}
    newest = list(others.items())[-(MOST_REMEMBERED - 1) :]
    event.list_mappings = dict([*newest, (key, one)])


def recall(event: Event, rows: Sequence[Row]) -> ColumnMapping | None:
    """How a table with these titles was last read; None for a new one."""
    for line in range(min(len(rows), LINES_LOOKED_AT) if event.list_mappings else 0):
        if known := event.list_mappings.get(reading_of(plain_titles(titles_in(rows, line)))):
            found = mapping_at(rows, line)
            titles = _numbered(found.titles)
            kinds = {
                i: known["kinds"].get(titles.get(i, ""), kind) for i, kind in found.kinds.items()
            }
            return replace(
                with_kinds(found, kinds), only_who_came=known["only_who_came"], rivals=()
            )
    return None


def _numbered(titles: Sequence[str]) -> dict[int, str]:
    """The titles by column, repeated ones numbered."""
    return {i: f"{title}#{titles[:i].count(title)}" for i, title in enumerate(titles) if title}


# The lines that added nobody, as a table. It has the list's own columns, so that it is read like
# the list, followed by the reason, which is ignored on the next upload.

KIND_NAMES = {
    EMAIL: N_("Address"),
    NAME: N_("Full name"),
    FIRST_NAME: N_("First name"),
    LAST_NAME: N_("Last name"),
    NUMBER: N_("Number"),
}

REASON_TITLE = N_("Why it was not added")

Rows = list[list[str]]


def returned_lines(
    rows: Rows, mapping: ColumnMapping | None, lines: Sequence[Refusal], language: Language
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
    """The rows of a file that may be such a table, as they were before it was written.

    This removes the marks that keep spreadsheets from running cells as formulas, and the earlier
    reasons.
    """
    reasons = {translate(REASON_TITLE, language) for language in LANGUAGES}
    places = [i for i, title in enumerate(rows[0]) if title in reasons] if rows else []
    if not places:
        return rows
    without = ([cell for i, cell in enumerate(row) if i not in places] for row in rows)
    return [without_empty_end([_unmarked(cell) for cell in row]) for row in without]


def _unmarked(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS) else cell
