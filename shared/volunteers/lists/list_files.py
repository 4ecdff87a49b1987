"""The rows of CSV and TXT files in any encoding, and of workbooks (XLSX, XLS, ODS).

A small workbook can unpack to gigabytes, fill each line's last column or refer to line one million,
so a process of its own reads it within limits.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import PurePath

from charset_normalizer import from_bytes
from pydantic import TypeAdapter

from shared import budgets, confined
from shared.errors import ListUnreadable
from shared.garbage import no_search_for_garbage
from shared.language import N_
from shared.volunteers.formula_marks import unmarked
from shared.volunteers.lists import sheet_reader
from shared.volunteers.lists.column_mapping import MOST_COLUMNS, TOO_MANY_COLUMNS
from shared.volunteers.lists.titles import without_empty_end

MOST_MEGABYTES = 100
MOST_LINES = 1_000_000
# No person's line is longer; otherwise a line could have a million empty cells.
_LONGEST_LINE = 1_000_000
_CHUNK = 65_536
# Characters and lines that are examined to detect the separator.
_BEGINNING = 20_000
_LINES_COUNTED = 20
# Cells in quotation marks, even one in which the beginning ends: they contain no separators.
_QUOTED = re.compile(r'(?:^|(?<=[,;\t\r\n]))"[^"]*(?:""[^"]*)*"?')
# Some programs export a web page and name it XLS.
_PAGE_BEGINNINGS = (b"<html", b"<!doctype html", b"<table", b"<?xml")
_PAGE_BYTES = 200
# Bytes that are examined to guess the encoding.
_SAMPLE_BYTES = 200_000

# XLSX and ODS are ZIPs, XLS is a compound file (MS-CFB).
_WORKBOOK_BEGINNINGS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_SECONDS, _MEMORY = budgets.SHEETS
_LIMITS = confined.Limits(
    memory=_MEMORY.most,
    cpu_seconds=_SECONDS.most,
    seconds=60,
    answer=8 * sheet_reader.MOST_CHARACTERS,
)
_TOO_LARGE = N_("it is too large. Keep only the sheet with the list.")
_REASONS = {
    sheet_reader.TOO_LARGE: _TOO_LARGE,
    sheet_reader.TOO_WIDE: TOO_MANY_COLUMNS,
    sheet_reader.TOO_LONG: N_(
        "its sheet has more than 200 000 lines. Save it as CSV, or in several parts."
    ),
    sheet_reader.LOCKED: N_("it is locked with a password. Save it without one."),
    sheet_reader.DAMAGED: N_(
        "it is not a whole XLSX, XLS or ODS file. Save it again as XLSX or CSV."
    ),
}


@dataclass(frozen=True)
class UploadedList:
    """The rows of a file, and how they were read, for a person to check.

    `encoding` is that of a text file; a workbook has none. `sheet` is the chosen one of `sheets`
    (name -> whether it is hidden). `rounded`: columns with numbers that lost digits.
    """

    rows: list[list[str]]
    encoding: str = ""
    sheet: str = ""
    sheets: dict[str, bool] = field(default_factory=dict)
    rounded: tuple[int, ...] = ()


_ANSWER: TypeAdapter[str | UploadedList] = TypeAdapter(str | UploadedList)
_ROWS = TypeAdapter(list[list[str]])


def read_file(
    content: bytes, file_name: str, encoding: str | None = None, sheet: str | None = None
) -> UploadedList:
    """Read a CSV, TXT, XLSX, XLS or ODS file.

    `encoding` overrules the detected one, `sheet` the choice of the sheet. Raises ListUnreadable,
    also for a file larger than any list.
    """
    if len(content) > MOST_MEGABYTES * 1_000_000:
        raise ListUnreadable(reason=N_("it has more than 100 MB. Save it in several parts."))
    # By name as well, to report a damaged workbook as such. Some text files are named XLS.
    is_named_so = PurePath(file_name).suffix.lower() in (".xlsx", ".xlsm", ".ods")
    if is_named_so or content.startswith(_WORKBOOK_BEGINNINGS):
        return _read_workbook(content, sheet)
    if content[:_PAGE_BYTES].lstrip(b"\xef\xbb\xbf\r\n\t ").lower().startswith(_PAGE_BEGINNINGS):
        raise ListUnreadable(reason=N_("it is a web page. Open it and save it as XLSX or CSV."))
    found = encoding or _encoding_of(content)
    try:
        # Counted first, so that an overlong list is refused before a million lines are in memory.
        if content.count(b"\n") + content.count(b"\r") > MOST_LINES:
            for _ in _Lines(content, found):
                pass
        with no_search_for_garbage():
            text_rows = list(_Lines(content, found))
        return UploadedList(text_rows, found)
    except (UnicodeError, LookupError):
        raise ListUnreadable(
            reason=N_("its bytes are not text in this encoding. Choose another one.")
        ) from None


def _read_workbook(content: bytes, sheet: str | None) -> UploadedList:
    """Read the sheet of that name, or else the one with the list."""
    request = {"sheet": sheet}
    try:
        with no_search_for_garbage():
            answer, *parts = confined.answers(sheet_reader.__name__, request, content, _LIMITS)
            found = _ANSWER.validate_python(answer)
            rows = [
                list(map(unmarked, row)) for part in parts for row in _ROWS.validate_python(part)
            ]
    except (confined.Broken, ValueError):
        # It took more time or memory than any list, or its reader crashed.
        raise ListUnreadable(reason=_TOO_LARGE) from None
    if isinstance(found, str):
        raise ListUnreadable(reason=_REASONS.get(found, _TOO_LARGE))
    return replace(found, rows=rows)


class _Lines:
    """The lines of a text file as lists of cells, within limits."""

    def __init__(self, content: bytes, encoding: str) -> None:
        self._text = io.TextIOWrapper(io.BytesIO(content), encoding, newline="")
        # The separator in most lines; a comma in a title or a remark does not count.
        beginning = _QUOTED.sub("", self._text.read(_BEGINNING).lstrip("\ufeff"))
        lines = [line for line in beginning.splitlines() if line.strip()][:_LINES_COUNTED]
        counts = {mark: sorted(line.count(mark) for line in lines) for mark in ",;\t"}
        self._delimiter = max(
            counts, key=lambda mark: (counts[mark][len(lines) // 2 :][:1], sum(counts[mark]))
        )
        self._text.seek(0)
        self._pending = 0

    def __iter__(self) -> Iterator[list[str]]:
        try:
            first = self._line().lstrip("\ufeff")
            lines = filter(None, chain([first], iter(self._line, "")))
            rows = csv.reader(lines, delimiter=self._delimiter)
            for number, row in enumerate(rows, start=1):
                self._pending = 0
                row = without_empty_end(list(map(unmarked, row)))
                columns = len(row)
                if number > MOST_LINES:
                    raise ListUnreadable(
                        reason=N_("it has more than a million lines. Save it in parts.")
                    )
                if columns > MOST_COLUMNS:
                    raise ListUnreadable(reason=TOO_MANY_COLUMNS)
                yield row
        except csv.Error:
            self._refuse_length()

    def _line(self) -> str:
        line = self._text.readline(_LONGEST_LINE)
        # Cells with line breaks span several of them.
        self._pending += len(line)
        if self._pending >= _LONGEST_LINE:
            self._refuse_length()
        if "\0" in line:
            raise ListUnreadable(reason=N_("it is not a text. Save it as CSV or XLSX."))
        return line

    def _refuse_length(self) -> None:
        raise ListUnreadable(
            reason=N_("a cell is too long. Perhaps a quotation mark was never closed.")
        ) from None


def _encoding_of(content: bytes) -> str:
    """Return UTF-8 if the bytes allow it, or what letter frequencies suggest, or GB 18030."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if _decodes(content, "utf-8"):
        return "utf-8"
    # Lists that are not UTF-8 nearly always come from Chinese Excel; GB 18030 contains GBK and GB
    # 2312, and detection is unreliable for a few short names.
    sample = content
    if len(content) > _SAMPLE_BYTES:
        # Up to the end of a line, so that no character is cut in two.
        sample = content[:_SAMPLE_BYTES].rpartition(b"\n")[0] or content[:_SAMPLE_BYTES]
    best = from_bytes(sample).best()
    detected = best.encoding if best else "gb18030"
    chinese = {"gb2312", "gbk", "hz", "big5", "big5hkscs", "cp949", "johab", "euc_kr"}
    if detected in chinese or _decodes(content, "gb18030", printable=True):
        return "gb18030"
    return detected


def _decodes(content: bytes, encoding: str, *, printable: bool = False) -> bool:
    """Return whether all of it is text in this encoding, checked piece by piece."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for start in range(0, len(content) + 1, _CHUNK):
            piece = content[start : start + _CHUNK]
            text = decoder.decode(piece, final=len(piece) < _CHUNK)
            if printable and not all(c.isprintable() or c in "\r\n\t" for c in text):
                return False
    except UnicodeDecodeError:
        return False
    return True
