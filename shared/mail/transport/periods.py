"""The times over which providers count mails."""

from datetime import timedelta
from enum import StrEnum


class Period(StrEnum):
    """A day is the last 24 hours, as providers count."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"

    @property
    def length(self) -> timedelta:
        """How long a sent mail counts."""
        return _LENGTHS[self]


_LENGTHS = {
    Period.MINUTE: timedelta(minutes=1),
    Period.HOUR: timedelta(hours=1),
    Period.DAY: timedelta(days=1),
}
