"""The meaning of a list's columns: detected, and corrected by hand."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import islice

import streamlit as st

from console.screens.volunteers.entering import Entered
from console.session_key import SessionKey
from console.streamlit_edge.names import DeltaGenerator
from console.text import listed, plain, t, tn
from console.widgets.spoken import show_caption, show_warning
from shared.language import N_
from shared.storage.models import Event
from shared.volunteers.lists.column_mapping import (
    KIND_NAMES,
    LEFT_OUT,
    NO_TITLES,
    ColumnMapping,
    find_mapping,
    kept,
    mapping_at,
    overlooked_names,
    title_of,
    with_kinds,
)
from shared.volunteers.lists.list_parser import parse_table
from shared.volunteers.lists.masks import masked
from shared.volunteers.lists.recipients import RecipientList
from shared.volunteers.lists.remembered_mappings import recall
from shared.volunteers.lists.titles import (
    LINES_LOOKED_AT,
    has_come,
    is_second_line,
    is_secret_title,
    plain_title,
    titles_in,
    without_long_numbers,
)

_KIND, _TITLE = SessionKey[str]("volunteers.column"), SessionKey[str]("volunteers.title")
_SAID = SessionKey["_AllSaid"]("volunteers.columns")
_LINE = SessionKey[int]("volunteers.line")
_ONLY_WHO_CAME = SessionKey[bool]("volunteers.only_who_came")
_KEPT = "kept"
_KINDS = {
    **KIND_NAMES,
    _KEPT: N_("Keep as …"),
    LEFT_OUT: N_("Leave out"),
}
# The choice to read each line on its own, instead of a line of titles.
_BY_ITSELF = -2
# The number of columns shown at first, and of cells of each.
_FIRST_COLUMNS = 12
_SAMPLES = 3
# The number of cells that are searched for samples.
_LINES_OF_SAMPLES = 200
_LONGEST_SAMPLE = 40
_LONGEST_TITLE = 100


@dataclass(frozen=True)
class ListDraft:
    """A list that is entered and not stored yet, with the reading of its columns."""

    entered: Entered
    mapping: ColumnMapping | None
    pasted: RecipientList

    @property
    def fingerprint(self) -> str:
        return self.entered.fingerprint


def read_as_said(event: Event, entered: Entered, secret: Collection[str]) -> ListDraft | None:
    """Return the list, read as detected or as corrected; None while the column of addresses is
    unknown."""
    mapping = _mapping(event, entered) if entered.is_table else None
    if mapping and not mapping.has_addresses:
        show_warning("Choose the column with the addresses.", icon="alternate_email")
        return None
    return ListDraft(entered, mapping, parse_table(entered.rows, mapping, secret))


def _mapping(event: Event, entered: Entered) -> ColumnMapping | None:
    """Show how the columns are read, and return it; None if each line is read on its own."""
    remembered = recall(event, entered.rows)
    found = remembered or find_mapping(entered.rows)
    line = _LINE.of(entered.fingerprint).keep(found.line if found else _BY_ITSELF)
    if line == _BY_ITSELF:
        with _folded(t("Each line is read separately"), entered, is_open=False):
            _line_of_titles(entered)
            # Show the lines whose letters best reveal whether the encoding is right.
            telling = [row for row in entered.rows if not all(cell.isascii() for cell in row)]
            samples = (telling or entered.rows)[:_SAMPLES]
            show_caption("The file reads as:")
            lines = (", ".join(cell for cell in row if cell) for row in samples)
            st.code("\n".join(map(without_long_numbers, lines)), language=None)
        return None
    if found is None or line != found.line:
        found, remembered = mapping_at(entered.rows, line), None
    titled = {index: (kind, title_of(kind)) for index, kind in found.kinds.items()}
    said = _SAID.of(entered.fingerprint, found.line).keep(
        {
            index: _Said(kind if title is None else _KEPT, title or _name(found, index))
            for index, (kind, title) in titled.items()
        }
    )
    kinds = {
        i: kept(column.title) if column.kind == _KEPT else column.kind for i, column in said.items()
    }
    chosen = with_kinds(found, kinds)
    if found.rivals:
        titles = listed(f"“{plain(found.names[index])}”" for index in found.rivals)
        show_warning(
            "Several columns hold addresses: {titles}. Is the right one chosen?", titles=titles
        )
    overlooked = overlooked_names(chosen, entered.rows)
    if overlooked:
        titles = listed(f"“{plain(_name(chosen, index))}”" for index in overlooked)
        show_warning(
            "These look like names, but no column is set as the name: {titles}.",
            titles=titles,
            icon="badge",
        )
    # Shown are the first columns that are not empty, and those about people; all on request.
    there = [i for i, name in enumerate(found.names) if name or any(_cells(entered, found, i))]
    first, rest = there[:_FIRST_COLUMNS], there[_FIRST_COLUMNS:]
    words = tn("{count} column read", "{count} columns read", len(there))
    is_doubtful = bool(found.rivals or overlooked or not chosen.has_addresses)
    with _folded(words, entered, is_open=is_doubtful):
        _line_of_titles(entered)
        if remembered:
            show_caption("The columns are read as in the last list with these titles.")
        elif found.program:
            show_caption("This is an export of {program}.", program=t(found.program))
        label = t("Show all {count} columns", count=len(there))
        are_all = bool(rest) and st.toggle(label, key="volunteers.all_columns")
        for index in first + [i for i in rest if are_all or found.kinds[i] in KIND_NAMES]:
            _show_column(entered, found, index, said)
    if chosen.came is None:
        return chosen
    index, rows = chosen.came, entered.rows[chosen.line + 1 :]
    came = sum(has_come(row[index]) for row in rows if index < len(row))
    if not came:
        return chosen
    key = _ONLY_WHO_CAME.of(entered.fingerprint, chosen.line)
    key.keep(chosen.only_who_came)
    only = st.checkbox(
        t(
            "Only people who checked in ({count}, from the column “{column}”)",
            count=came,
            column=plain(chosen.names[index]),
        ),
        key=key.name,
    )
    return replace(chosen, only_who_came=only)


def _folded(words: str, entered: Entered, *, is_open: bool) -> DeltaGenerator:
    """Return an expander for how the columns are read, at first open if it `is_open`."""
    # The key keeps it open when its label changes.
    return st.expander(
        words,
        expanded=is_open,
        icon=":material/view_column:",
        key=f"volunteers.columns_read.{entered.fingerprint}",
    )


def _line_of_titles(entered: Entered) -> None:
    """Ask for the line of titles, the last one if they are in two; NO_TITLES and _BY_ITSELF mean
    that there is none."""
    rows = entered.rows[:LINES_LOOKED_AT]
    options = [_BY_ITSELF, NO_TITLES, *(line for line, row in enumerate(rows) if any(row))]
    secret = {
        index
        for row in rows
        for index, cell in enumerate(row)
        if is_secret_title(plain_title(cell))
    }

    def name_of(line: int) -> str:
        # A line may be about a person, so its secrets and long numbers are masked.
        if line == _BY_ITSELF:
            return t("None. Read each line separately.")
        if line == NO_TITLES:
            return t("None. I choose the columns.")
        is_second = is_second_line(rows, line)
        shown = titles_in(rows, line) if is_second else [
            masked(cell) if index in secret and not is_secret_title(plain_title(cell))
            else without_long_numbers(cell[:_LONGEST_TITLE])
            for index, cell in enumerate(rows[line])
        ]  # fmt: skip
        cells = listed(cell for cell in shown if cell)[:80]
        if is_second:
            return t("Lines {first} and {last}: {cells}", first=line, last=line + 1, cells=cells)
        return t("Line {line}: {cells}", line=line + 1, cells=cells)

    chosen = _LINE.of(entered.fingerprint)
    st.selectbox(t("Header row"), options, key=chosen.name, format_func=name_of)


@dataclass
class _Said:
    """The choice for a column; `title` is kept while the column has another meaning."""

    kind: str
    title: str


# The choices by column, since Streamlit forgets widgets that are not drawn.
_AllSaid = dict[int, _Said]


def _show_column(entered: Entered, found: ColumnMapping, index: int, said: _AllSaid) -> None:
    name = _name(found, index)
    about, kind, title = st.columns([5, 3, 3], vertical_alignment="center")
    # The first samples are cells that show whether the encoding is right.
    cells = dict.fromkeys(islice(_cells(entered, found, index), _LINES_OF_SAMPLES))
    shown = sorted(cells, key=str.isascii)
    if is_secret_title(found.titles[index]):
        shown = [masked(cell) for cell in shown]
    samples = " · ".join([cell[:_LONGEST_SAMPLE] for cell in shown[:_SAMPLES]])
    about.markdown(f"**{plain(name)}**  \n:small[{plain(samples)}]")
    key = _KIND.of(entered.fingerprint, found.line, index)
    key.set(said[index].kind)
    its_title = _TITLE.of(entered.fingerprint, found.line, index)

    def say_kind() -> None:
        # Only one column has the addresses, and one the names; the earlier one becomes a kept one.
        chosen = key.get(_KEPT)
        for column in said.values():
            if column.kind == chosen and chosen in KIND_NAMES:
                column.kind = _KEPT
        said[index].kind = chosen

    def say_title() -> None:
        # An emptied field changes nothing.
        said[index].title = " ".join(its_title.get("").split()) or said[index].title

    kind.selectbox(
        t("Meaning of “{column}”", column=name), list(_KINDS), key=key.name,
        format_func=lambda kind: t(_KINDS[kind]), label_visibility="collapsed", on_change=say_kind,
    )  # fmt: skip
    if said[index].kind == _KEPT:
        its_title.set(said[index].title)
        title.text_input(
            t("Title for “{column}”", column=name), key=its_title.name,
            max_chars=max(_LONGEST_TITLE, len(said[index].title)),
            label_visibility="collapsed", on_change=say_title,
        )  # fmt: skip


def _cells(entered: Entered, found: ColumnMapping, index: int) -> Iterator[str]:
    """Return the cells of a column that are not empty."""
    rows = islice(entered.rows, found.line + 1, None)
    cells = (row[index].strip() for row in rows if index < len(row))
    return filter(None, cells)


def _name(found: ColumnMapping, index: int) -> str:
    return found.names[index] or t("Column {number}", number=index + 1)
