"""Lists of recipients: pasted text, CSV and XLSX become accepted, repeated and refused lines.

Nothing here knows a database: whether an address is already on an event's list is asked later.
"""

import csv
import io
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from zipfile import BadZipFile, ZipFile

import openpyxl
from charset_normalizer import from_bytes
from email_validator import EmailNotValidError, validate_email
from openpyxl.utils.exceptions import InvalidFileException

from shared.errors import ListUnreadable
from shared.language import N_

# RFC 5321, 4.5.3.1.3: a path has at most 256 octets, of which two are brackets.
LONGEST_ADDRESS = 254
LONGEST_NUMBER = 64
LONGEST_NAME = 80
LONGEST_COLUMN = 500
# More than any list needs; a small file can unpack to far more than this.
MOST_UNPACKED_BYTES = 200_000_000

# The common case (RFC 5322 dot-atom in ASCII), decided without the slower full validation.
# Every part is bounded and no two neighbours overlap, so no input makes it backtrack for long.
_PLAIN_ADDRESS = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}){0,16}"
    r"@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z]{2,24}",
    # ASCII: else “ſ” and the Kelvin sign would pass as another case of s and k.
    re.IGNORECASE | re.ASCII,
)

# What openpyxl and zipfile raise for a damaged or foreign file. The XML parsers that openpyxl may
# use have errors of their own, all of them kinds of SyntaxError.
_DAMAGES = (
    BadZipFile,
    InvalidFileException,
    EOFError,
    IndexError,
    KeyError,
    RuntimeError,
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
    zlib.error,
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
    details: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class RecipientList:
    accepted: list[Recipient]
    repeated: list[Refusal]
    refused: list[Refusal]


@dataclass(frozen=True)
class UploadedList:
    """The rows of a file, and how its bytes were read, so that a person can check it."""

    rows: list[list[str]]
    encoding: str


def deliverable_address(text: str) -> str:
    """The address as a mail server takes it: plain ASCII, an IDN domain as punycode (RFC 5891).

    Raises ValueError with an English msgid that says what is wrong.
    """
    address = text.strip()
    if not address:
        raise ValueError(N_("The address is missing."))
    if len(address) > LONGEST_ADDRESS:
        raise ValueError(N_("The address is longer than 254 characters."))
    if "@" not in address:
        raise ValueError(N_("There is no “@” in the address."))
    local, _, domain = address.rpartition("@")
    # RFC 5321, 4.5.3.1.1
    if len(local) > 64:
        raise ValueError(N_("The part before the “@” is longer than 64 characters."))
    if _PLAIN_ADDRESS.fullmatch(address):
        return f"{local}@{domain.lower()}"
    try:
        checked = validate_email(address, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        raise ValueError(N_("This is not an e-mail address.")) from None
    if "." not in checked.ascii_domain:
        raise ValueError(N_("This is not an e-mail address."))
    if not checked.ascii_email:
        raise ValueError(
            N_("Letters outside of ASCII before the “@” cannot be reached by every mail server.")
        )
    return checked.ascii_email


def parse(text: str) -> RecipientList:
    """Read pasted lines: `address` or `address,number`, or a table with a line of titles."""
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if _titles(_cells(lines[0])):
        return parse_rows([_cells(line) for line in lines])
    return _collect(_plain_lines(lines))


def parse_rows(rows: list[list[str]]) -> RecipientList:
    """Read a table. With a line of titles, columns that are not ours are kept under their title."""
    titles = _titles(rows[0]) if rows else None
    if titles:
        return _collect(_titled_rows(rows, titles))
    return _collect(_plain_lines(",".join(row[:2]) for row in rows))


def read_file(content: bytes, file_name: str, encoding: str | None = None) -> UploadedList:
    """The rows of a CSV, TXT or XLSX file; `encoding` overrules what is detected.

    Raises ListUnreadable.
    """
    if PurePath(file_name).suffix.lower() in (".xlsx", ".xlsm"):
        return UploadedList(_spreadsheet_rows(content), "xlsx")
    found = encoding or _encoding_of(content)
    try:
        text = content.decode(found).lstrip("\ufeff")
    except (UnicodeError, LookupError):
        raise ListUnreadable(
            reason=N_("its bytes are not text in this encoding. Choose another one.")
        ) from None
    if "\0" in text:
        raise ListUnreadable(reason=N_("it is not a text. Save it as CSV or XLSX."))
    return UploadedList(_text_rows(text), found)


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


def _plain_lines(lines: Iterable[str]) -> Iterator[tuple[int, str, dict[str, str]]]:
    for line_number, line in enumerate(lines, start=1):
        # Excel pastes tabs, Chinese keyboards write a wide comma.
        separated = re.sub(r"[,\t，;；]", ",", line, count=1)
        email, _, number = separated.partition(",")
        yield line_number, line, {"email": email, "number": number}


def _titled_rows(
    rows: list[list[str]], titles: dict[int, str]
) -> Iterator[tuple[int, str, dict[str, str]]]:
    for line_number, row in enumerate(rows[1:], start=2):
        values = {titles[i]: cell for i, cell in enumerate(row) if titles.get(i)}
        yield line_number, ",".join(row), values


def _collect(lines: Iterable[tuple[int, str, dict[str, str]]]) -> RecipientList:
    result = RecipientList([], [], [])
    addresses: dict[str, int] = {}
    numbers: dict[str, int] = {}
    for line_number, text, values in lines:
        if not text.replace(",", "").strip():
            continue
        shown = text.strip()[:200]
        try:
            recipient = _recipient(line_number, values)
        except ValueError as refusal:
            result.refused.append(Refusal(line_number, shown, str(refusal)))
            continue
        if recipient.key in addresses:
            first = {"first": addresses[recipient.key]}
            result.repeated.append(
                Refusal(line_number, shown, N_("Already in line {first}."), first)
            )
        elif recipient.number and recipient.number in numbers:
            first = {"first": numbers[recipient.number]}
            result.refused.append(
                Refusal(
                    line_number, shown, N_("The number is already used in line {first}."), first
                )
            )
        else:
            addresses[recipient.key] = line_number
            numbers[recipient.number] = line_number
            result.accepted.append(recipient)
    return result


def _recipient(line_number: int, values: dict[str, str]) -> Recipient:
    number = " ".join(values.get("number", "").split())
    name = " ".join(values.get("name", "").split())
    if len(number) > LONGEST_NUMBER:
        raise ValueError(N_("The number is longer than 64 characters."))
    if len(name) > LONGEST_NAME:
        raise ValueError(N_("The name is longer than 80 characters."))
    columns = {
        kind.removeprefix("column:"): " ".join(value.split())
        for kind, value in values.items()
        if kind.startswith("column:")
    }
    if any(len(value) > LONGEST_COLUMN for value in columns.values()):
        raise ValueError(N_("A cell of the line is longer than 500 characters."))
    if not all(part.isprintable() for part in (number, name, *columns.values())):
        raise ValueError(N_("The line contains characters that cannot be printed."))
    return Recipient(
        line_number, deliverable_address(values.get("email", "")), number, name, columns
    )


def _cells(line: str) -> list[str]:
    delimiter = "\t" if "\t" in line else ";" if ";" in line and "," not in line else ","
    try:
        return next(csv.reader([line.replace("\0", "")], delimiter=delimiter), [])
    except csv.Error:
        # A cell over csv's limit of 131 072 characters. Whole, the line is refused as too long.
        return [line]


def _text_rows(text: str) -> list[list[str]]:
    first_line = text.split("\n", 1)[0]
    delimiter = next((mark for mark in "\t;" if mark in first_line and "," not in first_line), ",")
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise ListUnreadable(
            reason=N_("a cell is too long. Perhaps a quotation mark was never closed.")
        ) from None


def _encoding_of(content: bytes) -> str:
    """UTF-8 when the bytes allow it; else what the letters' frequencies say, GB 18030 if unsure."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        content.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        # The lists that arrive without UTF-8 come from Chinese Excel nearly always; GB 18030
        # contains GBK and GB 2312, and detection is unreliable for a few short names.
        best = from_bytes(content).best()
        detected = best.encoding if best else "gb18030"
        chinese = {"gb2312", "gbk", "hz", "big5", "big5hkscs", "cp949", "johab", "euc_kr"}
        if detected in chinese or _is_text(content, "gb18030"):
            return "gb18030"
        return detected


def _is_text(content: bytes, encoding: str) -> bool:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return all(c.isprintable() or c in "\r\n\t" for c in text)


def _spreadsheet_rows(content: bytes) -> list[list[str]]:
    try:
        with ZipFile(io.BytesIO(content)) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
        if unpacked > MOST_UNPACKED_BYTES:
            raise ListUnreadable(reason=N_("it is too large. Keep only the sheet with the list."))
        return _first_sheet(content)
    except _DAMAGES:
        raise ListUnreadable(
            reason=N_("it is not a whole XLSX file. Save it again as XLSX or CSV.")
        ) from None


def _first_sheet(content: bytes) -> list[list[str]]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    sheet = book.worksheets[0]
    # The size that some programs write into the file is wrong: it would cut or pad the list.
    sheet.reset_dimensions()
    table = [[_cell_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    book.close()
    return table


def _cell_text(value: object) -> str:
    if value is None:
        return ""
    # Excel keeps every number as a floating one: 7.0 was typed as 7.
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
