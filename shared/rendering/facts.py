"""The facts of a certificate, and how each is written on it."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from shared.dates import written_date
from shared.rendering import placeholders
from shared.rendering.names import clean_name
from shared.rendering.text.typesetting import NEW, Typesetting


@dataclass(frozen=True)
class Facts:
    """The values of a certificate; `language` is that of its date, `typesetting` that of issued
    texts. `is_date_common`: many other certificates have the same date. `credential` has the same
    facts, signed, and goes into PDF and PNG files unchanged."""

    name: str
    number: str = ""
    date: datetime.date | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    link: str = ""
    language: str = "zh"
    typesetting: Typesetting = NEW
    event: str = ""
    organization: str = ""
    is_date_common: bool = False
    credential: str = ""

    @property
    def common(self) -> "Facts":
        """The common facts of all certificates of an event, drawn once for all."""
        date = self.date if self.is_date_common else None
        return replace(self, name="", number="", date=date, columns={}, link="", credential="")


# The facts of texts without placeholders.
NOTHING = Facts("")


def value_of(placeholder: str, facts: Facts) -> str:
    """Return the value of a placeholder, or "" without one."""
    if (title := placeholders.column_of(placeholder)) is not None:
        return facts.columns.get(title, "")
    if placeholder == "date":
        return written_date(facts.date, facts.language)
    return str(getattr(facts, placeholder))


def name_of(facts: Facts) -> str:
    """Return the name to draw; an issued one is not checked again."""
    joined = " ".join(facts.name.split())
    return joined if not joined or facts.typesetting.is_issued else clean_name(facts.name)
