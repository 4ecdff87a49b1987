"""Lists of recipients: pasted text, CSV and XLSX become accepted, repeated and refused lines.

Nothing here knows a database: whether an address is already on an event's list is asked later.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby

from shared.addresses import deliverable_address
from shared.language import N_

LONGEST_NUMBER = 64
LONGEST_NAME = 80
LONGEST_COLUMN = 500


# Cells of a typed line. Excel pastes tabs, Chinese keyboards write wide commas, mail programs quote
# names that have a comma; the comma in “1,000” separates nothing.
_TYPED_CELL = re.compile(
    r'(?:"[^"]*"|[^,\t，;；、]|(?<=[0-9]),(?=[0-9]+[ \r]*(?:[,\t，;；、]|$)))+'
)

_EMAIL_TITLES = {
    "email",
    "e-mail",
    "mail",
    "email address",
    "address",
    "邮箱",
    "电子邮箱",
    "邮件",
    "邮箱地址",
    "电子邮件",
}
_NUMBER_TITLES = {
    "number",
    "no",
    "no.",
    "serial",
    "serial number",
    "certificate number",
    "编号",
    "证书编号",
    "序号",
    "号码",
}
_NAME_TITLES = {"name", "full name", "姓名", "名字", "称呼"}

# Cells by what they are: "email", "number", "name", or "column:<title>".
_Values = dict[str, str]
# A line: where it stands, what stands there, and who that is (raises ValueError with an msgid).
_Line = tuple[int, str, Callable[[], list[_Values]]]


class _NotInItsColumn(ValueError):
    """An address stands in the line, but where it may be somebody else's."""

    def __init__(self, column: str) -> None:
        super().__init__(N_("The address does not stand in the column “{column}”."))
        self.details = {"column": column}


@dataclass(frozen=True)
class Recipient:
    """One accepted line. `email` can be handed to a mail server as it is."""

    line: int
    email: str
    number: str = ""
    name: str = ""
    columns: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The same for every way to write this person's address."""
        return self.email.lower()


@dataclass(frozen=True)
class Refusal:
    """A line that was not taken: its number, what stood there, and why (an English msgid)."""

    line: int
    text: str
    reason: str
    details: dict[str, int | str] = field(default_factory=dict)


@dataclass(frozen=True)
class RecipientList:
    accepted: list[Recipient]
    repeated: list[Refusal]
    refused: list[Refusal]


def parse(text: str) -> RecipientList:
    """Read lines as the API takes them: `address` or `address,number`, or a table with titles.

    Behind an address all is the number, whatever it looks like: programs rely on that.
    """
    return _parse(text, _people_of_call)


def parse_pasted(text: str) -> RecipientList:
    """Read what a person pasted: as `parse`, and names or several addresses may stand in a line."""
    return _parse(text, lambda line: _people([line]))


def parse_rows(rows: list[list[str]]) -> RecipientList:
    """Read a table. With a line of titles, columns that are not ours are kept under their title."""
    titles = _titles(rows[0]) if rows else None
    if titles:
        return _collect(_titled_rows(rows, titles))
    return _collect(
        (number, ",".join(row), partial(_people, row)) for number, row in enumerate(rows, start=1)
    )


def _parse(text: str, people: Callable[[str], list[_Values]]) -> RecipientList:
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if _titles(_cells(lines[0])):
        return parse_rows([_cells(line) for line in lines])
    return _collect(
        (number, line, partial(people, line)) for number, line in enumerate(lines, start=1)
    )


def _titles(cells: list[str]) -> dict[int, str] | None:
    """Which column holds what, or None when this is not a line of titles."""
    if any("@" in cell for cell in cells):
        return None
    names = [cell.strip() for cell in cells]
    lowered = [name.lower() for name in names]
    if not any(name in _EMAIL_TITLES for name in lowered):
        return None
    kinds: dict[int, str] = {}
    for index, name in enumerate(lowered):
        for kind, known in (
            ("email", _EMAIL_TITLES),
            ("number", _NUMBER_TITLES),
            ("name", _NAME_TITLES),
        ):
            if name in known and kind not in kinds.values():
                kinds[index] = kind
                break
        else:
            kinds[index] = f"column:{names[index]}" if names[index] else ""
    return kinds


def _titled_rows(rows: list[list[str]], titles: dict[int, str]) -> Iterator[_Line]:
    column = next(rows[0][index].strip() for index, kind in titles.items() if kind == "email")
    for line_number, row in enumerate(rows[1:], start=2):
        values = {titles[i]: cell for i, cell in enumerate(row) if titles.get(i)}
        yield line_number, ",".join(row), partial(_people_under_titles, values, row, column)


# Who stands in a line


def _people_of_call(line: str) -> list[_Values]:
    email, *number = re.split(r"[,\t，;；]", line, maxsplit=1)
    if "@" in email and "<" not in email:
        return [{"email": email, "number": "".join(number)}]
    return _people([line])


def _typed_cells(text: str) -> list[str]:
    # A cell of a table that holds no address is whole: “Zhou, Judy” is one name.
    return [_unquoted(cell) for cell in _TYPED_CELL.findall(text)] if "@" in text else [text]


def _unquoted(text: str) -> str:
    text = text.strip()
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] == '"' else text


def _people(cells: list[str]) -> list[_Values]:
    """Who stands in cells without titles: what has an “@” is an address, wherever it stands.

    Of the other cells, the first with a digit is the number and the first without one the name.
    """
    parts = [part for cell in cells for typed in _typed_cells(cell) for part in _parts(typed)]
    people = [part for part in parts if "email" in part]
    texts = [part["text"] for part in parts if "text" in part]
    if not people:
        return [{"email": next(iter(texts), "")}]
    if len(people) > 1 and texts:
        raise ValueError(
            N_("Several addresses stand in this line: give each person a line of their own.")
        )
    if len(people) > 1:
        return people
    number = next((text for text in texts if _has_digit(text)), "")
    name = next((text for text in texts if not _has_digit(text) and _has_letter(text)), "")
    return [{"number": number, "name": name} | people[0]]


def _parts(cell: str) -> list[_Values]:
    """What a cell holds, in its order: addresses (with a name as in `Name <address>`) and texts."""
    parts: list[_Values] = []
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


def _parts_between_blanks(text: str) -> list[_Values]:
    """`张三 zhangsan@qq.com` and `ivan@example.org 7` are two parts each.

    A blank between plain letters may be a slip inside of an address, so nothing is cut there.
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


def _has_letter(text: str) -> bool:
    return any(character.isalpha() for character in text)


def _people_under_titles(values: _Values, row: list[str], column: str) -> list[_Values]:
    own = {kind: values.get(kind, "") for kind in ("email", "number", "name")}
    others = {kind: cell for kind, cell in values.items() if kind not in own}
    if "@" not in own["email"]:
        return _people_elsewhere(own, others, row, column)
    people = _people([own["email"]])
    given = {kind: own[kind] for kind in ("number", "name") if own[kind].strip()}
    if len(people) > 1 and given:
        raise ValueError(
            N_("Several addresses stand in this line: give each person a line of their own.")
        )
    return [person | given | others for person in people]


def _people_elsewhere(own: _Values, others: _Values, row: list[str], column: str) -> list[_Values]:
    """Who stands in a line whose address is not under its title.

    An address under a title that is not ours may be another person's: a parent's, a leader's.
    """
    if not any("@" in cell for cell in row):
        return [own | others]
    if sum(bool(cell.strip()) for cell in row) == 1:
        return _people(row)
    if any("@" in cell for cell in own.values()) and not any("@" in c for c in others.values()):
        return [person | others for person in _people(list(own.values()))]
    raise _NotInItsColumn(column)


# What becomes of the lines


def _collect(lines: Iterable[_Line]) -> RecipientList:
    collection = _Collection()
    for line_number, text, people in lines:
        if text.replace(",", "").strip():
            collection.add(line_number, text.strip()[:200], people)
    return collection.result


class _Collection:
    """Lines one after the other: who was there before is repeated, whose number was is refused."""

    def __init__(self) -> None:
        self.result = RecipientList([], [], [])
        self._addresses: dict[str, int] = {}
        self._numbers: dict[str, int] = {}

    def add(self, line: int, shown: str, people: Callable[[], list[_Values]]) -> None:
        try:
            found = people()
        except ValueError as reason:
            self._refuse(line, shown, reason)
            return
        for values in found:
            try:
                self._take(_recipient(line, values), shown)
            except ValueError as reason:
                self._refuse(line, shown, reason)

    def _refuse(self, line: int, shown: str, reason: ValueError) -> None:
        details = reason.details if isinstance(reason, _NotInItsColumn) else {}
        self.result.refused.append(Refusal(line, shown, str(reason), dict(details)))

    def _take(self, recipient: Recipient, shown: str) -> None:
        line, key, number = recipient.line, recipient.key, recipient.number
        if key in self._addresses:
            reason, first = N_("Already in line {first}."), self._addresses[key]
            self.result.repeated.append(Refusal(line, shown, reason, {"first": first}))
        elif number and number in self._numbers:
            reason, first = (
                N_("The number is already used in line {first}."),
                self._numbers[number],
            )
            self.result.refused.append(Refusal(line, shown, reason, {"first": first}))
        else:
            self._addresses[key] = self._numbers[number] = line
            self.result.accepted.append(recipient)


def _recipient(line_number: int, values: _Values) -> Recipient:
    number = " ".join(values.get("number", "").split())
    name = " ".join(values.get("name", "").split())
    columns = {
        kind.removeprefix("column:"): " ".join(value.split())
        for kind, value in values.items()
        if kind.startswith("column:")
    }
    _check_texts(number, name, list(columns.values()))
    return Recipient(
        line_number, deliverable_address(values.get("email", "")), number, name, columns
    )


def _check_texts(number: str, name: str, columns: list[str]) -> None:
    if "@" in number:
        # Numbers are printed and shown to everybody, and who stands there would not be invited.
        raise ValueError(N_("This is an address, not a number."))
    if len(number) > LONGEST_NUMBER:
        raise ValueError(N_("The number is longer than 64 characters."))
    if len(name) > LONGEST_NAME:
        raise ValueError(N_("The name is longer than 80 characters."))
    if any(len(value) > LONGEST_COLUMN for value in columns):
        raise ValueError(N_("A cell of the line is longer than 500 characters."))
    if not all(part.isprintable() for part in (number, name, *columns)):
        raise ValueError(N_("The line contains characters that cannot be printed."))


def _cells(line: str) -> list[str]:
    delimiter = "\t" if "\t" in line else ";" if ";" in line and "," not in line else ","
    try:
        return next(csv.reader([line.replace("\0", "")], delimiter=delimiter), [])
    except csv.Error:
        # A cell over csv's limit of 131 072 characters. Whole, the line is refused as too long.
        return [line]
