"""What a certificate says, and how each fact is written on it."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from shared.dates import written_date
from shared.rendering import placeholders
from shared.rendering.names import clean_name
from shared.rendering.text.typesetting import NEW, Typesetting


@dataclass(frozen=True)
class Facts:
    """The values of one certificate; `language` decides how the date is written, `typesetting` how
    issued texts are set. `is_date_common`: many other certificates have the same date.
    `credential`: the same facts, signed, which PDF and PNG files carry as it is."""

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
        """The facts that all certificates of an event have in common, drawn once for all."""
        date = self.date if self.is_date_common else None
        return replace(self, name="", number="", date=date, columns={}, link="", credential="")


# What all certificates say, whatever their facts are.
NOTHING = Facts("")


def value_of(placeholder: str, facts: Facts) -> str:
    """What the placeholder of a text stands for; empty if there is no value."""
    if (title := placeholders.column_of(placeholder)) is not None:
        return facts.columns.get(title, "")
    if placeholder == "date":
        return written_date(facts.date, facts.language)
    return str(getattr(facts, placeholder))


def name_of(facts: Facts) -> str:
    """The name as it is drawn; an issued one is not checked again."""
    joined = " ".join(facts.name.split())
    return joined if not joined or facts.typesetting.is_issued else clean_name(facts.name)
