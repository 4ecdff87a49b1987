"""Findings of checks, and how serious they are."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from shared.language import catalogue, duration, translate


class Level(StrEnum):
    """The seriousness of a finding; the most serious comes last."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True)
class Finding:
    """One result of a check: `words` is an msgid, `details` fill its placeholders.

    A detail named `reason` is translated as well. `stops`: no mail is accepted while it holds.
    `needs_mail`: only an accepted mail can settle what it leaves open.
    """

    level: Level
    subject: str
    words: str
    details: dict[str, Any] = field(default_factory=dict)
    stops: bool = False
    needs_mail: bool = False

    def said(self, language: str) -> str:
        """Return the finding as a sentence."""
        details = {name: _detail(name, what, language) for name, what in self.details.items()}
        return translate(self.words, language, **details)


def gravest(found: Iterable[Finding]) -> Finding:
    """Return the first of the most serious findings."""
    order = list(Level)
    return max(found, key=lambda finding: order.index(finding.level))


def _detail(name: str, what: Any, language: str) -> Any:
    # Loads the names of all time zones, which takes a while.
    from babel.dates import format_date

    if isinstance(what, timedelta):
        return duration(what, language)
    if isinstance(what, date):
        return format_date(what, format="long", locale=language)
    # Translated, but not formatted: it may be a mail server's answer, with braces.
    return catalogue(language).gettext(what) if name == "reason" and what else what
