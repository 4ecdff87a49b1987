"""The mappings of an event's earlier lists, by which a list with the same titles is read again.

A file is recognized by the set of its plain titles, not by its name. Mappings are stored with the
event, since strangers on the same installation should not see what an organizer's columns mean.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TypedDict

from shared.storage.models import Event
from shared.volunteers.lists.column_mapping import ColumnMapping, mapping_at, reading_of, with_kinds
from shared.volunteers.lists.titles import LINES_LOOKED_AT, Row, plain_titles, titles_in

# Mappings that an event remembers; the oldest are dropped.
MOST_REMEMBERED = 20


class RememberedMapping(TypedDict):
    """A stored mapping: the kinds by plain title, and whether only those who came were wanted."""

    kinds: dict[str, str]
    only_who_came: bool


def forget_readings(event: Event, readings: Collection[str]) -> None:
    """Forget the mappings of these lists, which were not meant; call with the event locked."""
    if not event.list_mappings.keys().isdisjoint(readings):
        event.list_mappings = {
            key: mapping for key, mapping in event.list_mappings.items() if key not in readings
        }


def remember(event: Event, mapping: ColumnMapping) -> None:
    """Remember how a list with titles was read; call with the event locked."""
    if not any(mapping.titles):
        return
    kinds = {title: mapping.kinds[i] for i, title in _numbered(mapping.titles).items()}
    remembered = RememberedMapping(kinds=kinds, only_who_came=mapping.only_who_came)
    key = mapping.reading
    others = {known: other for known, other in event.list_mappings.items() if known != key}
    newest = list(others.items())[-(MOST_REMEMBERED - 1) :]
    event.list_mappings = dict([*newest, (key, remembered)])


def recall(event: Event, rows: Sequence[Row]) -> ColumnMapping | None:
    """Return how a table with these titles was last read; None for a new one."""
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
    """Return the titles by column, repeated ones numbered."""
    return {i: f"{title}#{titles[:i].count(title)}" for i, title in enumerate(titles) if title}
