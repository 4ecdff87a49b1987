"""What a certificate says, and how each fact is written on it."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from babel.dates import format_date

from shared.rendering import placeholders
from shared.rendering.languages import language_said, with_own_forms
from shared.rendering.layout import LONGEST_TEXT, Field, Layout
from shared.rendering.names import clean_lines, clean_name
from shared.rendering.text import first_rules
from shared.rendering.text.typesetting import NEW, Typesetting


@dataclass(frozen=True)
class Facts:
    """The values of one certificate; `language` decides how the date is written, `typesetting` how
    issued texts are set. `is_date_common`: many other certificates have the same date."""

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

    @property
    def common(self) -> "Facts":
        """Those that all certificates of an event have in common, which are drawn once for all."""
        date = self.date if self.is_date_common else None
        return replace(self, name="", number="", date=date, columns={}, link="")


# What all certificates say, whatever their facts are.
NOTHING = Facts("")


def written_date(date: datetime.date | None, language: str) -> str:
    """2026年11月24日 in Chinese, November 24, 2026 in English; empty without a date."""
    return format_date(date, format="long", locale=language) if date else ""


def value_of(placeholder: str, facts: Facts) -> str:
    """What the placeholder of a text stands for; empty if there is no value."""
    match placeholder:
        case "event":
            return facts.event
        case "organization":
            return facts.organization
        case "date":
            return written_date(facts.date, facts.language)
        case "name":
            return facts.name
        case "number":
            return facts.number
        case _:
            return facts.columns.get(placeholders.column_of(placeholder) or "", "")


def is_said_by_all(field: Field, common: Facts) -> bool:
    """Whether a text has placeholders, and `common` has a value for each of them."""
    needed = field.placeholders
    return bool(needed) and all(value_of(one, common).strip() for one in needed)


def common_texts(layout: Layout, common: Facts) -> list[tuple[str, str]]:
    """The ids of the fields that say the same for all with these facts, and what each says."""
    return [
        (field.id, placeholders.filled(field.content, lambda one: value_of(one, common)))
        for field in layout.fields
        if field.shown and is_said_by_all(field, common)
    ]


def content_of(field: Field, facts: Facts, typesetting: Typesetting) -> str:
    """What the field says on this certificate.

    Raises NameProblem for what cannot be printed, unless it was issued before.
    """
    match field.kind:
        case "name":
            return name_of(facts)
        case "number":
            return _with_words(field, facts.number, typesetting)
        case "date":
            return _with_words(field, written_date(facts.date, facts.language), typesetting)
        case "column":
            value = facts.columns.get(field.content, "")
            worded = f"{field.before}{value}{field.after}" if value.strip() else ""
            return _in_lines(worded, typesetting)
        case "text":
            text = placeholders.filled(field.content, lambda one: _broken(value_of(one, facts)))
            return _in_lines(text, typesetting, keeps_no_break=True)
        case "qr":
            return facts.link
        case _:
            return ""


def language_of(field: Field, facts: Facts, content: str, typesetting: Typesetting) -> str:
    """The language whose letter forms are used: for a name the one given in its row of the list,
    otherwise the layout's. "" means the default forms, as on everything issued before there were
    others."""
    if typesetting.is_issued or not (field.language or facts.columns):
        return ""
    said = language_said(facts.columns) if field.kind == "name" else None
    return with_own_forms(said or field.language, content)


def name_of(facts: Facts) -> str:
    """The name as it is drawn; an issued one is not checked again."""
    joined = " ".join(facts.name.split())
    return joined if not joined or facts.typesetting.is_issued else clean_name(facts.name)


def _with_words(field: Field, value: str, typesetting: Typesetting) -> str:
    """The value between the field's texts; nothing if there is no value."""
    return _one_line(f"{field.before}{value}{field.after}" if value.strip() else "", typesetting)


def _broken(value: str) -> str:
    """Without the no-break spaces that pasted tables hold, which in texts are meant."""
    return value.replace("\u00a0", " ").replace("\u202f", " ")


def _in_lines(content: str, typesetting: Typesetting, *, keeps_no_break: bool = False) -> str:
    """The lines of a text or a column, as they were entered."""
    if typesetting.is_issued:
        return _one_line(content, typesetting)
    return clean_lines(content, LONGEST_TEXT, keeps_no_break=keeps_no_break)


def _one_line(content: str, typesetting: Typesetting) -> str:
    """Line feeds become spaces."""
    joined = " ".join(content.split())
    if typesetting.is_issued:
        return first_rules.clean(joined)
    return clean_name(joined, LONGEST_TEXT) if joined else ""
