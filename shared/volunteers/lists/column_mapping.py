"""The kinds of a table's columns, detected by title and cells or set by a person.

A kind is EMAIL, NAME, FIRST_NAME, LAST_NAME, NUMBER, LEFT_OUT, or `kept(title)` for a further
column; each of the first five has at most one column.
"""

import hashlib
import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import regex

from shared.language import N_
from shared.rendering.names import without_stray_ends
from shared.volunteers.lists import titles as meaning
from shared.volunteers.lists.known_exports import known_export
from shared.volunteers.lists.titles import (
    Row,
    find_line,
    holds_address,
    is_phone,
    is_second_line,
    plain_titles,
    titles_in,
)

EMAIL, NAME, FIRST_NAME, LAST_NAME, NUMBER = "email", "name", "first_name", "last_name", "number"
KIND_NAMES = {
    EMAIL: N_("Address"),
    NAME: N_("Full name"),
    FIRST_NAME: N_("First name"),
    LAST_NAME: N_("Last name"),
    NUMBER: N_("Number"),
}
LEFT_OUT = ""
_KEPT = "column:"
# In place of the line of titles, for lists without one.
NO_TITLES = -1

MOST_COLUMNS = 200
TOO_MANY_COLUMNS = N_("it has more than 200 columns. Keep only those of the list.")

# Lines that are examined to detect what a column holds.
_SAMPLE_LINES = 100
# The shares of a column's cells that must look like names, and differ, and the fewest of them.
_LEAST_LIKE_NAMES, _LEAST_DIFFERENT, _FEWEST_NAMES = 0.8, 0.8, 3
# Two words or more that begin with capitals or have no other letters; or a name in Han, kana or
# Hangul.
_LIKE_A_NAME = regex.compile(
    r"[\p{Lu}\p{Lo}][\p{L}\p{M}.'’-]*(?:[ ·][\p{L}\p{M}][\p{L}\p{M}.'’-]*){1,4}"
    r"|\p{Han}{2,4}|\p{Han}{1,5}·\p{Han}{1,8}|[\p{Hangul}]{2,4}|[\p{Katakana}ー・]{3,}"
)
# Written by forms for people who do not sign in.
_NOBODY = {"anonymous", "匿名"}
# Names with the family name first and no space between.
_HAN_NAME = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\U00020000-\U0003ffff]+")


@dataclass(frozen=True)
class ColumnMapping:
    """The reading of a table: `kinds` by column, from 0; the titles are in `line`, from 0, and
    perhaps also in the line above.

    `names` are the titles as a person reads them, `titles` the plain ones, for every column of the
    table. `head` has the plain titles of each of their lines. `came` is the column that says who
    attended; with `only_who_came` others are left out. `program` is the one that exported it.
    """

    line: int
    kinds: dict[int, str]
    names: tuple[str, ...]
    titles: tuple[str, ...]
    head: tuple[tuple[str, ...], ...] = ()
    came: int | None = None
    only_who_came: bool = False
    program: str = ""
    # Columns among which the one with the addresses had to be guessed.
    rivals: tuple[int, ...] = field(default=())

    @property
    def reading(self) -> str:
        """The key under which an event remembers how such a list was read."""
        return reading_of(self.titles)

    @property
    def email_title(self) -> str:
        """The title of the addresses' column."""
        return next(self.names[i] for i, kind in self.kinds.items() if kind == EMAIL)

    @cached_property
    def _wanted(self) -> list[tuple[int, str]]:
        return [(index, kind) for index, kind in self.kinds.items() if kind != LEFT_OUT]

    @property
    def has_addresses(self) -> bool:
        return EMAIL in self.kinds.values()

    def values(self, row: Row) -> dict[str, str]:
        """Return the cells of a line by kind; a name in two columns is joined."""
        length = len(row)
        values = {kind: row[index] for index, kind in self._wanted if index < length}
        if FIRST_NAME in values or LAST_NAME in values:
            first, last = values.pop(FIRST_NAME, ""), values.pop(LAST_NAME, "")
            values[NAME] = values.get(NAME) or joined_name(first, last)
        return values

    def leaves_out(self, row: Row) -> bool:
        """Return whether only people who came are wanted, and the line is of somebody else."""
        if not self.only_who_came or self.came is None:
            return False
        return not meaning.has_come(row[self.came] if self.came < len(row) else "")

    def is_repeated_in(self, row: Row) -> bool:
        """Return whether this line repeats the titles, as on each printed page."""
        return plain_titles(row) in self.head

    def is_head(self, line: int) -> bool:
        """Return whether the titles are in this line."""
        return self.line - len(self.head) < line <= self.line


def kept(title: str) -> str:
    """Return the kind of a further column, stored under its title."""
    return f"{_KEPT}{title}"


def title_of(kind: str) -> str | None:
    """Return the title under which a further column is stored; None for every other kind."""
    return kind.removeprefix(_KEPT) if kind.startswith(_KEPT) else None


def joined_name(first: str, last: str) -> str:
    """Join a name in two parts as people write it: Ana Souza, 王小明."""
    first, last = without_stray_ends(first), without_stray_ends(last)
    if _HAN_NAME.fullmatch(first) and _HAN_NAME.fullmatch(last):
        return last + first
    return f"{first} {last}".strip()


def with_kinds(mapping: ColumnMapping, kinds: dict[int, str]) -> ColumnMapping:
    """Return `mapping` with other kinds; equal titles are numbered, so that none is lost."""
    return replace(mapping, kinds=_distinct(kinds))


def overlooked_names(mapping: ColumnMapping, rows: Sequence[Row]) -> tuple[int, ...]:
    """Return the columns that look like people's names, if none is taken for the names."""
    if not {NAME, FIRST_NAME, LAST_NAME}.isdisjoint(mapping.kinds.values()):
        return ()
    sample = rows[mapping.line + 1 : mapping.line + 1 + _SAMPLE_LINES]
    return tuple(
        index
        for index, kind in mapping.kinds.items()
        if kind != EMAIL
        and not meaning.is_anothers(mapping.titles[index])
        and _look_like_names(_filled(index, sample))
    )


def _look_like_names(cells: Sequence[str]) -> bool:
    alike = sum(bool(_LIKE_A_NAME.fullmatch(cell.strip())) for cell in cells)
    return (
        len(cells) >= _FEWEST_NAMES
        and alike >= _LEAST_LIKE_NAMES * len(cells)
        and len(set(cells)) >= _LEAST_DIFFERENT * len(cells)
    )


def reading_of(titles: Sequence[str]) -> str:
    """Return a key of these plain titles, in any order; empty for none."""
    distinct = sorted(set(titles) - {""})
    return hashlib.sha256("\n".join(distinct).encode()).hexdigest()[:32] if distinct else ""


def find_mapping(rows: Sequence[Row]) -> ColumnMapping | None:
    """Return how a table with titles is read; None for a list without titles or addresses."""
    line = find_line(rows)
    if line is None:
        return None
    found = mapping_at(rows, line)
    return found if found.has_addresses else None


def mapping_at(rows: Sequence[Row], line: int) -> ColumnMapping:
    """Return what the columns seem to hold if the titles are in `line`; NO_TITLES for none."""
    sample, head = rows[line + 1 : line + 1 + _SAMPLE_LINES], list[tuple[str, ...]]()
    # As spreadsheets name columns without titles: A, B … AA.
    names = tuple(
        (chr(64 + i // 26) if i >= 26 else "") + chr(65 + i % 26)
        for i in range(max(map(len, rows), default=0))
    )
    titles = ("",) * len(names)
    if line != NO_TITLES:
        named = titles_in(rows, line)
        names = named + ("",) * (len(names) - len(named))
        titles = plain_titles(names)
        head = [plain_titles(row) for row in rows[line - is_second_line(rows, line) : line + 1]]
    export = known_export(titles, names)
    # A program's own columns have no person's number or name, whatever their titles.
    own = [export is not None and title in export.own for title in titles]
    meant = [meaning.meant_title(name) if line != NO_TITLES else "" for name in names]
    telling = tuple("" if is_own else title for title, is_own in zip(meant, own, strict=True))
    kinds = {i: LEFT_OUT if own[i] or not name else kept(name) for i, name in enumerate(names)}
    kinds |= dict.fromkeys(third_persons(titles, sample), LEFT_OUT)
    # The participant's address comes before the buyer's; those that are as likely are rivals.
    is_own = [meaning.is_of_who_takes_part(title) for title in titles]
    emails = sorted(
        _email_columns(telling, sample),
        key=lambda index: (not is_own[index], meant[index] not in meaning.EMAIL_TITLES),
    )
    rivals = tuple(index for index in emails if is_own[index] == is_own[emails[0]])
    kinds |= dict.fromkeys(emails[:1], EMAIL) | _people_columns(telling, titles, sample)
    return ColumnMapping(
        line, _distinct(kinds), names, titles, tuple(head),
        came=_first(meant, meaning.CHECKED_IN_TITLES),
        program=export.program if export else "", rivals=rivals if len(rivals) > 1 else (),
    )  # fmt: skip


def _first(titles: Sequence[str], wanted: Container[str]) -> int | None:
    return next((index for index, title in enumerate(titles) if title in wanted), None)


def _filled(index: int, sample: Sequence[Row]) -> list[str]:
    return [row[index] for row in sample if index < len(row) and row[index].strip()]


def third_persons(titles: Sequence[str], sample: Sequence[Row]) -> list[int]:
    """Return the columns with contacts of people not on the list: in an emergency, a parent."""
    return [
        index
        for index, title in enumerate(titles)
        if meaning.is_anothers(title) and meaning.is_about_reaching(_filled(index, sample))
    ]


def _distinct(kinds: dict[int, str]) -> dict[int, str]:
    """Return the kinds, with repeated titles numbered."""
    distinct: dict[int, str] = {}
    taken = set[str]()
    for index, kind in kinds.items():
        times, first = 2, kind
        while title_of(kind) is not None and kind in taken:
            kind, times = f"{first} ({times})", times + 1
        distinct[index] = kind
        taken.add(kind)
    return distinct


def _people_columns(
    titles: Sequence[str], whole: Sequence[str], sample: Sequence[Row]
) -> dict[int, str]:
    """Return the columns of names, one or two, and of numbers; `whole` titles include those
    above."""
    chosen: dict[int, str] = {}
    named = ["" if _identifies(i, sample) else title for i, title in enumerate(titles)]
    names = [index for index, title in enumerate(named) if meaning.is_name(title)]
    # “Name” comes before “Team · Name”.
    names.sort(key=lambda index: titles[index] != whole[index])
    cells = {index: {cell.strip().lower() for cell in _filled(index, sample)} for index in names}
    name = next((index for index in names if cells[index] - _NOBODY), next(iter(names), None))
    first = _first(named, meaning.FIRST_NAME_TITLES)
    last = _first(named, meaning.LAST_NAME_TITLES)
    if name is not None:
        chosen[name] = NAME
    elif first is not None and last is not None:
        chosen |= {first: FIRST_NAME, last: LAST_NAME}
    for index in (index for index, title in enumerate(titles) if title in meaning.NUMBER_TITLES):
        values = _filled(index, sample)
        if 2 * sum(map(is_phone, values)) <= len(values):
            return chosen | {index: NUMBER}
    return chosen


def _identifies(index: int, sample: Sequence[Row]) -> bool:
    """Return whether most cells are phone numbers, ids or second addresses, and therefore no names,
    whatever the title. A line's only address may be in a wrong place."""
    filled = [row for row in sample if index < len(row) and row[index].strip()]
    found = sum(
        meaning.is_identifier(row[index]) or ("@" in row[index] and sum("@" in c for c in row) > 1)
        for row in filled
    )
    return 2 * found > len(filled)


def _email_columns(titles: Sequence[str], sample: Sequence[Row]) -> tuple[int, ...]:
    """Return the filled columns with such a title, or else the column with the most addresses."""
    counts = {
        index: sum(holds_address(row[index : index + 1]) for row in sample)
        for index, title in enumerate(titles)
        if not meaning.is_anothers(title)
    }
    named = [index for index in counts if meaning.is_email(titles[index])]
    if not named:
        filled = [index for index in counts if counts[index]]
        return tuple(sorted(filled, key=lambda index: -counts[index])[:1])
    filled_enough = max(counts[index] for index in named) / 2
    return tuple(index for index in named if counts[index] >= filled_enough)
