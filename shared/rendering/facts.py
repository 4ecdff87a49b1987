"""What a certificate says, and how each fact is written on it."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from babel.dates import format_date

from shared.rendering.languages import language_said, with_own_forms
from shared.rendering.layout import LONGEST_TEXT, Field
from shared.rendering.names import clean_lines, clean_name
from shared.rendering.text import first_rules
from shared.rendering.text.typesetting import NEW, Typesetting


@dataclass(frozen=True)
class Facts:
    """The values of one certificate; `language` decides how the date is written, `typesetting` how
    issued texts are set."""

    name: str
    number: str = ""
    date: datetime.date | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    link: str = ""
    language: str = "zh"
    typesetting: Typesetting = NEW


def written_date(date: datetime.date | None, language: str) -> str:
    """2026年11月24日 in Chinese, November 24, 2026 in English; empty without a date."""
    return format_date(date, format="long", locale=language) if date else ""


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
            return _in_lines(field.content, typesetting, keeps_no_break=True)
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
