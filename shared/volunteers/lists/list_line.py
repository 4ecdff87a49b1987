"""The person in a line of a list, whatever the order of address, name and number."""

import csv
import re
import unicodedata
from collections.abc import Callable
from itertools import groupby

from shared.language import N_
from shared.volunteers.lists.column_mapping import MOST_COLUMNS
from shared.volunteers.lists.titles import is_phone

# Cells of a typed line. Excel pastes tabs, Chinese keyboards write wide commas, mail programs quote
# names that have a comma; the comma in “1,000” separates nothing.
_TYPED_CELL = re.compile(
    r'(?:"[^"]*"|[^,\t，;；、]|(?<=[0-9]),(?=[0-9]+[ \r]*(?:[,\t，;；、]|$)))+'
)

# An address, or part of one, in the full-width letters that Chinese keyboards type. No address has
# more letters before its “@” (RFC 5321, 4.5.3.1.1), and without a bound each of a long word's
# letters would be tried as the first.
_WIDE_ADDRESS = re.compile(
    r"[0-9A-Za-z._+\-０-９Ａ-Ｚａ-ｚ．＿＋－]{0,64}[@＠][0-9A-Za-z.\-０-９Ａ-Ｚａ-ｚ．－]*"
)
# A link to an address, as stored in a cell, with what mail programs append to it.
_LINK = re.compile(r"mailto:([^\s?]+)(?:\?[^\s,;]*)?", re.IGNORECASE)

# An address alone in its cell, as in nearly every cell of a table.
_ADDRESS_ALONE = re.compile(r"\s*[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+\s*")

_QUOTED = re.compile(r'"[^"]*"')
TOO_MANY_CELLS = N_("The line has more than 200 cells.")

# Cells by kind: "email", "number", "name", or "column:<title>".
Values = dict[str, str]


class LineRefused(ValueError):
    """A line that cannot be taken: a msgid, and the values of its placeholders."""

    def __init__(self, reason: str, **details: int | str) -> None:
        super().__init__(reason)
        self.details = details


class NobodysLine(ValueError):
    """A line that belongs to the table, not to a person."""


class DidNotCome(Exception):
    """A line about somebody who did not come, where only those who came are wanted."""


def readable(cell: str) -> str:
    """Return the cell with its addresses in normal form: no ＠, no `mailto:`."""
    if not cell.isascii() and ("@" in cell or "＠" in cell):
        cell = _WIDE_ADDRESS.sub(lambda found: unicodedata.normalize("NFKC", found.group()), cell)
    return _LINK.sub(r"\1", cell) if ":" in cell else cell


def cells_of(line: str) -> list[str]:
    """Return the cells of a pasted line, divided by tabs, semicolons or commas.

    After as many as any list has, one more cell has the rest.
    """
    delimiter = "\t" if "\t" in line else ";" if ";" in line and "," not in line else ","
    if line.count(delimiter) >= MOST_COLUMNS:
        # Spreadsheets end lines with empty cells.
        line = line.rstrip(f"{delimiter} ")
        if _QUOTED.sub("", line).count(delimiter) >= MOST_COLUMNS:
            return line.split(delimiter, MOST_COLUMNS)
    try:
        return next(csv.reader([line.replace("\0", "")], delimiter=delimiter), [])
    except csv.Error:
        # A cell over csv's limit of 131 072 characters. Kept whole, the line is refused as too
        # long.
        return [line]


def people_of_call(line: str) -> list[Values]:
    """Return the person in a line of the API: everything after an address is the number."""
    email, *number = re.split(r"[,\t，;；]", line, maxsplit=1)
    if "@" in email and "<" not in email:
        return [{"email": email, "number": "".join(number)}]
    return people_in([line], is_number=_has_digit)


def _unquoted(text: str) -> str:
    text = text.strip()
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] == '"' else text


def _may_be_number(text: str) -> bool:
    return _has_digit(text) and not is_phone(text)


def people_in(cells: list[str], is_number: Callable[[str], bool] = _may_be_number) -> list[Values]:
    """Return the person in cells without titles: a cell with an “@” is an address, wherever it is.

    Of the other cells, the first with a digit is the number and the first without is the name; a
    phone number is neither. Raises ValueError with an msgid.
    """
    parts: list[Values] = []
    for cell in cells:
        if "@" not in cell:
            # A table cell without an address is not split: “Zhou, Judy” is one name.
            parts += _parts(cell)
            continue
        # Counted before they are split: a pasted line may have millions.
        for found in _TYPED_CELL.finditer(cell):
            typed = _unquoted(found.group())
            words = typed.replace(">", " ").split(None, MOST_COLUMNS) if "@" in typed else []
            if max(len(parts), len(words) - 1) >= MOST_COLUMNS:
                raise ValueError(TOO_MANY_CELLS)
            parts += _parts(typed)
    people = [part for part in parts if "email" in part]
    texts = [part["text"] for part in parts if "text" in part]
    if not people:
        return [{"email": next(iter(texts), "")}]
    if len(people) > 1 and texts:
        raise ValueError(N_("This line has several addresses. Give each person their own line."))
    if len(people) > 1:
        return people
    number = next((text for text in texts if is_number(text)), "")
    names = (text for text in texts if not _has_digit(text) and any(map(str.isalpha, text)))
    name = next(names, "")
    return [{"number": number, "name": name} | people[0]]


def _parts(cell: str) -> list[Values]:
    """Return the parts of a cell: addresses (with a name, as in `Name <address>`) and texts."""
    parts: list[Values] = []
    for piece in cell.replace("＜", "<").replace("＞", ">").split(">"):
        before, bracket, address = piece.rpartition("<")
        if not bracket or "@" not in address:
            parts.extend(_parts_between_blanks(piece))
        elif "@" in before and before.strip().lower() != address.strip().lower():
            parts.extend([*_parts_between_blanks(before), {"email": address}])
        else:
            name = "" if "@" in before else _unquoted(before)
            parts.append({"email": address, "name": name} if name else {"email": address})
    return parts


def _parts_between_blanks(text: str) -> list[Values]:
    """Split at spaces: `张三 zhangsan@qq.com` and `ivan@example.org 7` are two parts each.

    A space between plain letters may be a slip inside an address, so it does not split.
    """
    groups = [
        (is_address, " ".join(words))
        for is_address, words in groupby(text.split(), key=lambda word: "@" in word)
    ]
    if not any(is_address for is_address, _ in groups):
        return [{"text": part} for _, part in groups]
    if not all(
        is_address or not part.isascii() or (place > 0 and _has_digit(part))
        for place, (is_address, part) in enumerate(groups)
    ):
        return [{"email": text}]
    return [
        {"email" if is_address else "text": part}
        for is_address, joined in groups
        for part in (joined.split() if is_address else [joined])
    ]


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)


def people_under_titles(values: Values, row: list[str], column: str) -> list[Values]:
    """Return the person in a line of a table: `values` by kind; `column` titles the addresses.

    Raises ValueError with an msgid.
    """
    if _ADDRESS_ALONE.fullmatch(values.get("email", "")):
        return [values]
    own = {kind: values.get(kind, "") for kind in ("email", "number", "name")}
    others = {kind: cell for kind, cell in values.items() if kind not in own}
    if "@" not in own["email"]:
        return _people_elsewhere(own, others, row, column)
    people = people_in([own["email"]])
    given = {kind: own[kind] for kind in ("number", "name") if own[kind].strip()}
    if len(people) > 1 and given:
        raise ValueError(N_("This line has several addresses. Give each person their own line."))
    return [person | given | others for person in people]


def _people_elsewhere(own: Values, others: Values, row: list[str], column: str) -> list[Values]:
    """Return the person in a line whose address is not under its title.

    An address under another title may belong to somebody else: a parent, a leader.
    """
    if not any("@" in cell for cell in row):
        return [own | others]
    if sum(bool(cell.strip()) for cell in row) == 1:
        return people_in(row)
    if any("@" in cell for cell in own.values()) and not any("@" in c for c in others.values()):
        return [person | others for person in people_in(list(own.values()))]
    # It may be somebody else's there.
    raise LineRefused(N_("The column “{column}” has no address."), column=column)
