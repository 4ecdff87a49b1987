"""Parsing of lists: pasted text, CSV and XLSX become accepted, repeated and refused lines.

Nothing here knows a database: it is checked later who is already on an event's list.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from unicodedata import is_normalized

from shared.addresses import deliverable_address
from shared.errors import ListUnreadable, NameProblem
from shared.garbage import no_search_for_garbage
from shared.language import N_
from shared.rendering.names import clean_cell, listed_name
from shared.volunteers.formula_marks import unmarked
from shared.volunteers.lists.column_mapping import (
    MOST_COLUMNS,
    TOO_MANY_COLUMNS,
    ColumnMapping,
    find_mapping,
    third_persons,
    title_of,
)
from shared.volunteers.lists.list_line import (
    TOO_MANY_CELLS,
    DidNotCome,
    LineRefused,
    NobodysLine,
    Values,
    cells_of,
    people_in,
    people_of_call,
    people_under_titles,
    readable,
)
from shared.volunteers.lists.masks import masked
from shared.volunteers.lists.recipients import Recipient, RecipientList, RejectedLine
from shared.volunteers.lists.titles import (
    JOINT,
    continues,
    has_address,
    is_anothers,
    is_second_line,
    is_secret_title,
    is_summary,
    plain_title,
    plain_titles,
    titles_in,
    without_empty_end,
)

LONGEST_NUMBER = 64
LONGEST_COLUMN = 500
MOST_PASTED = 10_000_000

# The titles that API calls may have in their first line.
_TITLES_OF_CALLS = {
    "email": {
        "email", "e-mail", "mail", "email address", "address",
        "邮箱", "电子邮箱", "邮件", "邮箱地址", "电子邮件",
    },
    "number": {
        "number", "no", "no.", "serial", "serial number", "certificate number",
        "编号", "证书编号", "序号", "号码",
    },
    "name": {"name", "full name", "姓名", "名字", "称呼"},
}  # fmt: skip
# A pasted text is a table if it begins with titles.
_BEGINNING = 50

_ALREADY_THERE = N_("Already in line {first}.")
_CANNOT_BE_PRINTED = N_("The line contains characters that cannot be printed.")
# Every other kind is a further column's.
_OWN_KINDS = frozenset(("email", "number", "name"))
_KEPT_LENGTH = len("column:")

# A line: its number, its text, and the person (raises ValueError with an msgid).
_Line = tuple[int, str, Callable[[], list[Values]]]


def parse_entries(
    entries: Sequence[str | Values | LineRefused], secret: Collection[str] = ()
) -> RecipientList:
    """Read the entries of a call: cells, refused entries, or lines `address` or `address,number`.

    Everything after an address is the number, since programs rely on that. Lines that begin with
    titles are a table. `secret` are titles of secret columns, besides those that sound like it.
    Raises ListUnreadable for more columns than any list has.
    """
    kinds = {kind for entry in entries if isinstance(entry, dict) for kind in entry}
    if len(kinds) > MOST_COLUMNS:
        raise ListUnreadable(reason=TOO_MANY_COLUMNS)
    # A line break inside an entry would shift the numbers of later ones.
    lines = [" ".join(entry.splitlines()) if isinstance(entry, str) else "" for entry in entries]
    return _collect(
        line if isinstance(entry, str) else _line_of(number, entry, secret)
        for number, (entry, line) in enumerate(
            zip(entries, _lines_of_call("\n".join(lines), secret), strict=False), start=1
        )
    )


def pasted_table(text: str) -> list[list[str]] | None:
    """Return the rows of a pasted table; None if it does not begin with titles.

    A row with more cells than any list has is its line in one cell. Raises ListUnreadable for more
    text than anybody copies, and for more titles than any list has.
    """
    if len(text) > MOST_PASTED:
        raise ListUnreadable(reason=N_("more than 10 MB were pasted. Upload it as a file."))
    with no_search_for_garbage():
        lines = [readable(line) for line in _lines(text)]
        beginning = [cells_of(line) for line in lines[:_BEGINNING]]
        mapping = find_mapping([cells[:MOST_COLUMNS] for cells in beginning])
        if not mapping:
            return None
        if len(without_empty_end(beginning[mapping.line])) > MOST_COLUMNS:
            raise ListUnreadable(reason=TOO_MANY_COLUMNS)
        rows = ((line, cells_of(line)) for line in lines)
        return [
            without_empty_end(list(map(unmarked, row))) if len(row) <= MOST_COLUMNS else [line]
            for line, row in rows
        ]


def pasted_lines(text: str) -> list[list[str]]:
    """Return the lines of a pasted text without titles, each in one cell."""
    with no_search_for_garbage():
        return [[line] for line in _lines(text)]


def parse_table(
    rows: list[list[str]], mapping: ColumnMapping | None, secret: Collection[str] = ()
) -> RecipientList:
    """Read a table by `mapping`, which has addresses, or without one each line on its own.

    `secret` is as for `parse_entries`.
    """
    found = _collect(_table_lines(rows, mapping, secret))
    return replace(found, reading=mapping.reading) if mapping else found


def with_addresses(found: RecipientList, meant: Mapping[str, str]) -> RecipientList:
    """Return the list with other addresses for some, by `Recipient.key`; nobody is on it twice."""
    lines = {person.key: person.line for person in found.accepted if person.key not in meant}
    accepted, repeated = [], list(found.repeated)
    later = {key: list(others) for key, others in found.later.items() if key not in meant}
    for person in found.accepted:
        email = meant.get(person.key)
        if email is None:
            accepted.append(person)
            continue
        key, better = email.lower(), replace(person, email=email, before=person.as_listed)
        if (first := lines.setdefault(key, person.line)) == person.line:
            accepted.append(better)
        else:
            later.setdefault(key, []).append((better, email))
            repeated.append(RejectedLine(person.line, email, _ALREADY_THERE, {"first": first}))
        for other, text in found.later.get(person.key, []):
            other = replace(other, email=email, before=other.as_listed)
            later.setdefault(key, []).append((other, text))
    return replace(found, accepted=accepted, repeated=repeated, later=later)


def with_last_lines(found: RecipientList) -> RecipientList:
    """Return the list in which the last of several lines with one address counts.

    A line whose number is somebody else's does not count.
    """
    if not found.later:
        return found
    owners = {person.number: person.key for person in found.accepted if person.number}
    accepted, repeated = [], []
    for first in found.accepted:
        text = ",".join(filter(None, (first.email, first.number, first.name)))
        lines = [(first, text), *found.later.get(first.key, [])]
        counting = next(
            line for line, _ in reversed(lines) if owners.get(line.number, first.key) == first.key
        )
        if counting.number != first.number:
            owners.pop(first.number, None)
        if counting.number:
            owners[counting.number] = first.key
        accepted.append(counting)
        repeated += [
            RejectedLine(person.line, text, N_("Line {last} counts."), {"last": counting.line})
            for person, text in lines
            if person is not counting
        ]
    repeated.sort(key=lambda rejected: rejected.line)
    return replace(found, accepted=accepted, repeated=repeated, later={})


def _lines(text: str) -> list[str]:
    return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _tells_addresses(names: Sequence[str]) -> bool:
    if any("@" in name for name in names):
        return False
    return any(_title_of_call(name) in _TITLES_OF_CALLS["email"] for name in names)


def _title_of_call(name: str) -> str:
    """Return the title by which a column is recognized; empty for a third person's."""
    return "" if is_anothers(plain_title(name)) else name.rpartition(JOINT)[2].strip().lower()


def _kinds_of_call(names: Sequence[str], rows: Sequence[list[str]]) -> dict[int, str]:
    """Return the kinds of the columns."""
    kinds: dict[int, str] = {}
    missing = dict(_TITLES_OF_CALLS)
    for index, name in enumerate(names):
        title = _title_of_call(name)
        kind = next((kind for kind, titles in missing.items() if title in titles), "")
        missing.pop(kind, None)
        kinds[index] = kind or (f"column:{name}" if name else "")
    return kinds | dict.fromkeys(third_persons(plain_titles(names), rows), "")


def _lines_of_call(text: str, known: Collection[str]) -> Iterator[_Line]:
    lines = _lines(text)
    beginning = [cells_of(line) for line in lines[:_BEGINNING]]
    # Titles in the first line, or in the first two.
    is_two = is_second_line(beginning, 1) and (
        continues(beginning, 0) or not _tells_addresses(beginning[0])
    )
    last = int(is_two)
    names = titles_in(beginning, last)
    if not _tells_addresses(names):
        for number, line in enumerate(lines, start=1):
            yield number, line, partial(people_of_call, line)
        return
    if len(names) > MOST_COLUMNS:
        raise ListUnreadable(reason=TOO_MANY_COLUMNS)
    yield from ((number, "", list) for number in range(1, last + 2))
    rows = [cells_of(line) for line in lines[last + 1 :]]
    kinds = _kinds_of_call(names, rows[:_BEGINNING])
    column = next(names[index] for index, kind in kinds.items() if kind == "email")
    secret = _secret([kinds[index] for index in sorted(kinds)], known)
    for number, row in enumerate(rows, start=last + 2):
        values = {kinds[index]: cell for index, cell in enumerate(row) if kinds.get(index)}
        yield number, _said(row, secret), partial(people_under_titles, values, row, column)


def _line_of(number: int, cells: Values | LineRefused, known: Collection[str]) -> _Line:
    """Return the line of an entry with known cells, where nothing has to be guessed."""
    if isinstance(cells, LineRefused):
        return number, str(cells.details["field"]), partial(_people_of_entry, cells)
    shown = _said(list(cells.values()), _secret(list(cells), known))
    return number, shown, partial(_people_of_entry, cells)


def _people_of_entry(cells: Values | LineRefused) -> list[Values]:
    if isinstance(cells, LineRefused):
        raise cells
    if not "".join(cells).isprintable():
        raise ValueError(_CANNOT_BE_PRINTED)
    return [cells]


def _secret(kinds: Sequence[str], known: Collection[str]) -> list[int]:
    """Return the places of columns that are secret: known as such, or by their titles."""
    titles = enumerate(title_of(kind) or "" for kind in kinds)
    return [at for at, title in titles if title in known or is_secret_title(plain_title(title))]


def _said(row: Sequence[str], secret: Sequence[int]) -> str:
    """Return the text of a line, masked, for people who read why it was not accepted."""
    if not secret:
        return ",".join(row)
    return ",".join(masked(cell) if place in secret else cell for place, cell in enumerate(row))


def _table_lines(
    rows: list[list[str]], mapping: ColumnMapping | None, known: Collection[str]
) -> Iterator[_Line]:
    column, kinds = (mapping.email_title, mapping.kinds) if mapping else ("", {})
    secret = _secret([kinds[index] for index in sorted(kinds)], known)
    for place, cells in enumerate(rows):
        if mapping is None or not mapping.is_head(place):
            row, text = cells, ",".join(cells)
            # Most lines are in normal form and need no rewriting.
            if secret or ":" in text or not is_normalized("NFKC", text):
                row = [readable(cell) for cell in cells]
                text = _said(row, secret)
            yield place + 1, text, partial(_people_of_row, row, place, mapping, column)


def _people_of_row(
    row: list[str], place: int, mapping: ColumnMapping | None, column: str
) -> list[Values]:
    if len(row) == 1 and len(row[0]) > MOST_COLUMNS and len(cells_of(row[0])) > MOST_COLUMNS:
        raise ValueError(TOO_MANY_CELLS)
    if mapping is None or place < mapping.line:
        _pass_over_summary(row)
        if mapping is None:
            return people_in(row)
        # Notes name contacts; but an address in a cell of its own may be a person's.
        reason = N_("This line is above the header row.")
        if any(has_address(cell) and " " not in cell.strip() and cell.isascii() for cell in row):
            raise ValueError(reason)
        raise NobodysLine(reason)
    values = mapping.values(row)
    if "@" not in values.get("email", ""):
        _pass_over_summary(row)
        if mapping.is_repeated_in(row):
            raise NobodysLine(N_("This line repeats the header row."))
    if mapping.leaves_out(row):
        raise DidNotCome
    return people_under_titles(values, row, column)


def _pass_over_summary(row: list[str]) -> None:
    if is_summary(row):
        raise NobodysLine(N_("This line is a total or a signature."))


def _collect(lines: Iterable[_Line]) -> RecipientList:
    collection = _Collection()
    # Nothing in a list forms reference cycles.
    with no_search_for_garbage():
        for line_number, text, people in lines:
            shown = text.strip()
            if shown and (shown[0] != "," or shown.replace(",", "").strip()):
                collection.add(line_number, shown[:200], people)
    return collection.found


class _Collection:
    """Collects lines in order: a known address is a repetition, a known number is refused."""

    def __init__(self) -> None:
        self.found = RecipientList([], [], [])
        self._addresses: dict[str, int] = {}
        self._numbers: dict[str, int] = {}

    def add(self, line: int, shown: str, people: Callable[[], list[Values]]) -> None:
        try:
            brought = people()
        except NobodysLine as reason:
            self.found.skipped.append(RejectedLine(line, shown, str(reason)))
            return
        except DidNotCome:
            self.found.absent += 1
            return
        except ValueError as reason:
            self._refuse(line, shown, reason)
            return
        for values in brought:
            try:
                self._take(_recipient(line, values), shown)
            except ValueError as reason:
                self._refuse(line, shown, reason)

    def _refuse(self, line: int, shown: str, reason: ValueError) -> None:
        details = reason.details if isinstance(reason, LineRefused) else {}
        self.found.refused.append(RejectedLine(line, shown, str(reason), dict(details)))

    def _take(self, recipient: Recipient, shown: str) -> None:
        line, key, number = recipient.line, recipient.key, recipient.number
        if key in self._addresses:
            first = self._addresses[key]
            self.found.repeated.append(RejectedLine(line, shown, _ALREADY_THERE, {"first": first}))
            self.found.later.setdefault(key, []).append((recipient, shown))
        elif number and number in self._numbers:
            reason = N_("The number is already used in line {first}.")
            refusal = RejectedLine(line, shown, reason, {"first": self._numbers[number]})
            self.found.refused.append(refusal)
        else:
            self._addresses[key] = self._numbers[number] = line
            self.found.accepted.append(recipient)


def _recipient(line_number: int, values: Values) -> Recipient:
    number, name = values.get("number", ""), values.get("name", "")
    columns = {
        kind[_KEPT_LENGTH:]: value for kind, value in values.items() if kind not in _OWN_KINDS
    }
    try:
        number = " ".join(clean_cell(number).split())
        columns = {title: clean_cell(value) for title, value in columns.items()}
    except NameProblem:
        raise ValueError(_CANNOT_BE_PRINTED) from None
    if "@" in number:
        # Numbers are shown to everybody, and a person entered there would not be invited.
        raise ValueError(N_("This is an address, not a number."))
    if len(number) > LONGEST_NUMBER:
        raise ValueError(N_("The number is longer than 64 characters."))
    if max(map(len, columns.values()), default=0) > LONGEST_COLUMN:
        raise ValueError(N_("A cell of the line is longer than 500 characters."))
    try:
        name = listed_name(name)
    except NameProblem as problem:
        raise LineRefused(problem.message, **problem.details) from None
    address = deliverable_address(values.get("email", ""))
    return Recipient(line_number, address, number, name, columns)
