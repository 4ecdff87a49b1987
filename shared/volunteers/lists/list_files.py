"""The rows of CSV and TXT files, in whatever encoding they arrive, and of workbooks."""

import codecs
import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePath

from charset_normalizer import from_bytes

from shared.errors import ListUnreadable
from shared.garbage import no_search_for_garbage
from shared.language import N_
from shared.volunteers.lists.column_mapping import MOST_COLUMNS, TOO_MANY_COLUMNS
from shared.volunteers.lists.sheets import without_empty_end
from shared.volunteers.lists.spreadsheet import is_workbook, read_workbook

MOST_MEGABYTES = 100
MOST_LINES = 1_000_000
# No person's line is longer; otherwise a line could have a million empty cells.
_LONGEST_LINE = 1_000_000
_CHUNK = 65_536
# How many characters and lines are examined to detect the separator.
_BEGINNING = 20_000
_LINES_COUNTED = 20
# Some programs export a web page and name it XLS.
_PAGE_BEGINNINGS = (b"<html", b"<!doctype html", b"<table", b"<?xml")
_PAGE_BYTES = 200
# How much of a file is examined to guess its encoding.
_SAMPLE_BYTES = 200_000


@dataclass(frozen=True)
class UploadedList:
    """The rows of a file, and how it was read, so that a person can check it.

    `encoding` is that of a text file; a workbook has none. `sheet` is the chosen one of `sheets`
    (name -> whether it is hidden). `rounded`: columns with numbers that lost digits.
    """

    rows: list[list[str]]
    encoding: str = ""
    sheet: str = ""
    sheets: dict[str, bool] = field(default_factory=dict)
    rounded: tuple[int, ...] = ()


def read_file(
    content: bytes, file_name: str, encoding: str | None = None, sheet: str | None = None
) -> UploadedList:
    """The rows of a CSV, TXT, XLSX, XLS or ODS file.

    `encoding` overrules the detected one, `sheet` the choice of the sheet. Raises ListUnreadable,
    also for what is larger than any list.
    """
    if len(content) > MOST_MEGABYTES * 1_000_000:
        raise ListUnreadable(reason=N_("it has more than 100 MB. Save it in several parts."))
    # By name as well, to report a damaged one as such. Some people name their text files XLS.
    if is_workbook(content) or PurePath(file_name).suffix.lower() in (".xlsx", ".xlsm", ".ods"):
        book = read_workbook(content, sheet)
        return UploadedList(book.rows, "", book.sheet, book.sheets, book.rounded)
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


class _Lines:
    """The lines of a text file as lists of cells, within limits."""

    def __init__(self, content: bytes, encoding: str) -> None:
        self._text = io.TextIOWrapper(io.BytesIO(content), encoding, newline="")
        # The separator in most lines; a comma in a title or a remark does not count.
        beginning = self._text.read(_BEGINNING)
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
            rows = csv.reader(_from(first, self._line), delimiter=self._delimiter)
            for number, row in enumerate(rows, start=1):
                self._pending = 0
                row = without_empty_end(row)
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


def _from(first: str, following: Callable[[], str]) -> Iterator[str]:
    if first:
        yield first
        yield from iter(following, "")


def _encoding_of(content: bytes) -> str:
    """UTF-8 if the bytes allow it; otherwise what the letter frequencies suggest, GB 18030 if
    unsure."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if _decodes(content, "utf-8"):
        return "utf-8"
    # Lists that are not UTF-8 nearly always come from Chinese Excel; GB 18030 contains GBK and GB
    # 2312, and detection is unreliable for a few short names.
    best = from_bytes(_sample(content)).best()
    detected = best.encoding if best else "gb18030"
    chinese = {"gb2312", "gbk", "hz", "big5", "big5hkscs", "cp949", "johab", "euc_kr"}
    if detected in chinese or _decodes(content, "gb18030", printable=True):
        return "gb18030"
    return detected


def _sample(content: bytes) -> bytes:
    """The beginning, up to the end of a line, so that no character is cut in two."""
    if len(content) <= _SAMPLE_BYTES:
        return content
    return content[:_SAMPLE_BYTES].rpartition(b"\n")[0] or content[:_SAMPLE_BYTES]


def _decodes(content: bytes, encoding: str, *, printable: bool = False) -> bool:
    """Whether all of it is text in this encoding; checked piece by piece, as it may be long."""
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
