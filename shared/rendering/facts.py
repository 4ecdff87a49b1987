"""What a certificate says, and how each fact reads on paper."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from babel.dates import format_date


@dataclass(frozen=True)
class Facts:
    """The values of one certificate; `language` decides how the date is written."""

    name: str
    number: str = ""
    date: datetime.date | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    link: str = ""
    language: str = "zh"


def written_date(date: datetime.date | None, language: str) -> str:
    """2026年11月24日 in Chinese, November 24, 2026 in English; empty without a date."""
    return format_date(date, format="long", locale=language) if date else ""
