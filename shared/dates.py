"""Dates and time zones, as lists have them and as people read them."""

import datetime
import re
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from shared.errors import DateUnreadable

# Year, month, day, with any of the usual signs between them; a time of day may follow.
_WRITTEN = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T].*)?")
# Excel stores dates as days since this one (ECMA-376, 18.17.4.1); those from 1954 to 2119 are read.
_EXCEL_DAY_0 = datetime.date(1899, 12, 30)
_EXCEL_DAYS = range(20_000, 80_000)
# Another IANA name of UTC, stored if nobody chose a zone; people choose "UTC".
UNCHOSEN_UTC = "Etc/UTC"
_NAMES_OF_UTC = {"UTC", UNCHOSEN_UTC, "Etc/UCT", "UCT", "Zulu", "Etc/Zulu", "Universal"}


def known_zone(name: str) -> str:
    """Return the name of a zone of the IANA time zone database. Raises ValueError otherwise."""
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("must be a name like Europe/Berlin") from None


def zone_of_this_machine() -> str:
    """Return the time zone that TZ or the system names; `UNCHOSEN_UTC` if neither names a place."""
    from babel.localtime import get_localzone

    try:
        name = getattr(get_localzone(), "key", None) or UNCHOSEN_UTC
    except LookupError:
        return UNCHOSEN_UTC
    return UNCHOSEN_UTC if name in _NAMES_OF_UTC else name


def date_in(text: str) -> datetime.date:
    """Read a date written as 2026-11-24, 2026/11/24, 2026.11.24, 2026年11月24日, or as Excel's
    number 46350. Raises DateUnreadable."""
    text = text.strip()
    written = _WRITTEN.fullmatch(text)
    try:
        if written:
            year, month, day = map(int, written.groups())
            return datetime.date(year, month, day)
        if text.isascii() and text.isdigit() and int(text) in _EXCEL_DAYS:
            return _EXCEL_DAY_0 + datetime.timedelta(int(text))
    except ValueError:
        pass
    raise DateUnreadable(text=text)


def written_date(date: datetime.date | None, language: str) -> str:
    """Return 2026年11月24日 in Chinese, November 24, 2026 in English; "" without a date."""
    # Loads the names of all time zones, which takes a while.
    from babel.dates import format_date

    return format_date(date, format="long", locale=language) if date else ""
