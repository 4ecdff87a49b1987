"""Kinds of further columns by their titles, and values of cells: numbers with units, and dates.

1,5 and 1.5, ８ and “8 小时” are read. Ambiguous values are not read.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from babel.numbers import format_decimal

from shared.dates import written_date
from shared.language import with_one_hour
from shared.storage.models import ColumnKind
from shared.volunteers.lists.titles import JOINT, is_secret_title, plain_title

HOURS = frozenset(
    ("h", "hr", "hrs", "hour", "hours", "std", "stunden", "小时", "小時", "个小时", "個小時", "时")
)
_OTHER_UNITS = frozenset(
    ("min", "mins", "minutes", "minuten", "分钟", "分鐘", "d", "day", "days", "天", "km", "公里")
)
_HOURS_TITLE = re.compile(r"(时长|時長|时数|時數|小时数|工时|hours|hrs|stunden)$")
# The time that somebody took to fill in a form.
_OF_A_FORM = re.compile(r"答题|答卷|填写")
_UNIT_IN_BRACKETS = re.compile(r"\(([^()]{1,10})\)\s*$")
_HAN = re.compile(r"[\u3400-\u9fff]")

# A number with more digits identifies something, and measures nothing.
_MOST_DIGITS = 24
# Sign, digits with their separators, and what follows.
_NUMBER = re.compile(r"([+-]?)(\d(?:[\d.,' ]*\d)?)\s*([^\d\s].*)?")
# 1,234 · 1,234,567.8: thousands are marked by a comma, a blank or an apostrophe; by a dot where
# there are several of them, or a comma behind.
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:([, '])\d{3})(?:\1\d{3})*(?:\.\d+)?")
_GROUPED_WITH_COMMA = re.compile(r"[1-9]\d{0,2}(?:([. '])\d{3})(?:\1\d{3})*,\d+")
_GROUPED_WITH_DOTS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3}){2,}")
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?")

_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_DAY_FIRST = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})")
_WITH_SLASHES = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})")
_TIME = re.compile(r"[T\s]\s*\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*$")

# The stored meaning of a cell, in no language: its kind, and either its exact number with the
# column's unit, or its day.
Value = dict[str, str]


@dataclass(frozen=True)
class Suggestion:
    """The kind that the values of a column seem to have; `unit` is for numbers.

    People can overrule it, but identity card numbers must be detected before they are stored.
    """

    kind: ColumnKind
    unit: str = ""


def suggested(title: str) -> Suggestion | None:
    """Return what a title suggests; None if it may be anything, and is stored as text."""
    plain = plain_title(title)
    if is_secret_title(plain):
        return Suggestion(ColumnKind.SECRET)
    parts = map(plain_title, title.split(JOINT))  # “Hours” may be above “Saturday”.
    if not any(map(_HOURS_TITLE.search, parts)) or _OF_A_FORM.search(plain):
        return None
    # The unit from the title's brackets, 时长（分钟）, or hours in its language.
    written = unicodedata.normalize("NFKC", title)
    found = _UNIT_IN_BRACKETS.search(written)
    if found and found[1].strip().casefold() in HOURS | _OTHER_UNITS:
        return Suggestion(ColumnKind.NUMBER, found[1].strip())
    return Suggestion(ColumnKind.NUMBER, "小时" if _HAN.search(written) else "hours")


def read_number(cell: str, unit: str = "") -> Decimal | None:
    """Return the exact number in a cell; None if there is none, or it has another unit."""
    found = _NUMBER.fullmatch(_plain(cell))
    # 8² is neither 82 nor 8: a raised or circled digit follows a number.
    is_marked = any(
        before.isdecimal() and digit.isdigit() and not digit.isdecimal()
        for before, digit in pairwise(cell)
    )
    if found is None or is_marked:
        return None
    sign, digits, behind = found.groups()
    if behind:
        # The word after it is the column's unit, in any abbreviation.
        word, wanted = behind.casefold().rstrip("."), " ".join(unit.split()).casefold()
        if word != wanted and not (word in HOURS and (wanted in HOURS or not wanted)):
            return None
    written = _with_point(digits)
    if written is None or len(written) > _MOST_DIGITS:
        return None
    return Decimal(f"{sign}{written}")


def read_date(cell: str) -> date | None:
    """Return the date in a cell; None if there is none, or it is ambiguous: 05/06/2026."""
    text = _TIME.sub("", _plain(cell))
    if found := _YEAR_FIRST.fullmatch(text):
        return _day(found[1], found[2], found[3])
    if found := _DAY_FIRST.fullmatch(text):
        return _day(found[3], found[2], found[1])
    if found := _WITH_SLASHES.fullmatch(text):
        first, second, year = found.groups()
        if first == second or int(second) > 12:
            return _day(year, first, second)
        return _day(year, second, first) if int(first) > 12 else None
    return None


def is_read(kind: ColumnKind, cell: str, unit: str) -> bool:
    """Return whether a cell's value, which is not empty, is of its column's kind."""
    if kind is ColumnKind.NUMBER:
        return read_number(cell, unit) is not None
    return kind is not ColumnKind.DATE or read_date(cell) is not None


def written(kind: ColumnKind, cell: str, unit: str, language: str) -> str:
    """Return the cell as certificates in `language` show it; unreadable values do not change.

    1234.5 becomes 1,234.5. A unit is included only if the cell has it, since texts around a field
    belong to the layout.
    """
    if kind is ColumnKind.DATE and (day := read_date(cell)):
        return written_date(day, language)
    number = read_number(cell, unit) if kind is ColumnKind.NUMBER else None
    if number is None:
        return cell
    behind = (found := _NUMBER.fullmatch(_plain(cell))) and found[3]
    return " ".join(filter(None, (written_number(number, language), behind)))


def written_number(number: Decimal, language: str) -> str:
    """Write a number with all of its digits: 1,234.5 in English and in Chinese."""
    return format_decimal(number, locale=language, decimal_quantization=False)


def with_unit(kind: ColumnKind, cell: str, unit: str, language: str) -> str:
    """Write a value with its unit: 39 hours."""
    value = exact(kind, cell, unit)
    return in_words(value, language) if value else cell


def exact(kind: ColumnKind, cell: str, unit: str) -> Value | None:
    """Return the number or date in a cell of this kind; None if it is only text."""
    if kind is ColumnKind.NUMBER and (number := read_number(cell, unit)) is not None:
        return {"kind": kind.value, "number": f"{number:f}", "unit": unit}
    if kind is ColumnKind.DATE and (day := read_date(cell)):
        return {"kind": kind.value, "date": day.isoformat()}
    return None


def in_words(value: Value, language: str) -> str:
    """Write a number with its unit, or a date, in `language`: 39 hours."""
    if value["kind"] == ColumnKind.DATE:
        return written_date(date.fromisoformat(value["date"]), language)
    number = written_number(Decimal(value["number"]), language)
    return with_one_hour(f"{number} {value['unit']}".strip())


def _plain(cell: str) -> str:
    """Return the cell with normal digits and letters for full-width ones, and single spaces."""
    return " ".join(unicodedata.normalize("NFKC", cell).replace("−", "-").split())


def _with_point(digits: str) -> str | None:
    """Return the digits with a point before decimals and nothing between thousands."""
    if found := _GROUPED.fullmatch(digits):
        return digits.replace(found[1], "")
    if found := _GROUPED_WITH_COMMA.fullmatch(digits):
        return digits.replace(found[1], "").replace(",", ".")
    if _GROUPED_WITH_DOTS.fullmatch(digits):
        return digits.replace(".", "")
    return digits.replace(",", ".") if _PLAIN.fullmatch(digits) else None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
