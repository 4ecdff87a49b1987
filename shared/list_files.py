"""The rows of CSV, TXT and XLSX files, in whatever encoding they arrive."""

import csv
import io
import zlib
from dataclasses import dataclass
from pathlib import PurePath
from zipfile import BadZipFile, ZipFile

import openpyxl
from charset_normalizer import from_bytes
from openpyxl.utils.exceptions import InvalidFileException

from shared.errors import ListUnreadable
from shared.language import N_

# More than any list needs; a small file can unpack to far more than this.
MOST_UNPACKED_BYTES = 200_000_000

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


@dataclass(frozen=True)
class UploadedList:
    """The rows of a file, and how its bytes were read, so that a person can check it."""

    rows: list[list[str]]
    encoding: str


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
