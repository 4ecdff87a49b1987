"""Placeholders in a layout's texts: {event} stands for the event's name, {column:Hours} for a value
of the list, and {{ for a brace."""

import re
from collections.abc import Callable
from functools import lru_cache

from shared.errors import LayoutRefused
from shared.language import N_

# What stands for a fact of the certificate; every other placeholder is a column's.
FACTS = ("event", "organization", "date", "name", "number")
COLUMN = "column:"
# As they stand in a text.
EVENT, ORGANIZATION = "{event}", "{organization}"
KNOWN = ", ".join(f"{{{name}}}" for name in (*FACTS, f"{COLUMN}Title"))
# In a column's title, braces are doubled as everywhere else.
_TOKEN = re.compile(
    r"(?P<brace>\{\{|\}\})"
    rf"|\{{(?P<known>{'|'.join(FACTS)}|{COLUMN}(?:[^{{}}]|\{{\{{|\}}\}})+)\}}"
    r"|(?P<unknown>\{[^{}]*\}?)"
)


@lru_cache(maxsize=1024)
def placeholders_in(text: str) -> frozenset[str]:
    """The names of a text's placeholders, without their braces."""
    return frozenset(unescaped(found["known"]) for found in _TOKEN.finditer(text) if found["known"])


def column_of(placeholder: str) -> str | None:
    """The title of the column that the placeholder stands for, if it stands for one."""
    return placeholder.removeprefix(COLUMN) if placeholder.startswith(COLUMN) else None


def unknown_in(text: str) -> str | None:
    """The first placeholder that does not exist, or the brace that belongs to none."""
    return next((found["unknown"] for found in _TOKEN.finditer(text) if found["unknown"]), None)


def refuse_unknown(text: str, field: str) -> None:
    """Raises LayoutRefused, naming the field that has the text, if it has such a placeholder."""
    if unknown := unknown_in(text):
        raise LayoutRefused(
            N_(
                "{field}: the placeholder {placeholder} is unknown. There are {known}. To "
                "write a brace, type two."
            ),
            field=field,
            placeholder=unknown,
            known=KNOWN,
        )


def written(placeholder: str) -> str:
    """The placeholder as it stands in a text."""
    return f"{{{escaped(placeholder)}}}"


def escaped(text: str) -> str:
    """What has to be written so that the text is said as it is."""
    return text.replace("{", "{{").replace("}", "}}")


def filled(text: str, value_of: Callable[[str], str]) -> str:
    """The text with the value of each placeholder, in one pass: braces in a value stay text.

    Empty if it has placeholders and each of them is empty: nothing is left to be said.
    """
    values = {name: value_of(name) for name in placeholders_in(text)}
    if values and not any(value.strip() for value in values.values()):
        return ""

    def said(found: re.Match[str]) -> str:
        return values[unescaped(found["known"])] if found["known"] else unescaped(found[0])

    return _TOKEN.sub(said, text)


def with_words_changed(text: str, change: Callable[[str], str]) -> str:
    """The text with `change` made to what stands between its placeholders."""
    done, last = [], 0
    for found in _TOKEN.finditer(text):
        if found["known"]:
            done += [change(text[last : found.start()]), found[0]]
            last = found.end()
    return "".join((*done, change(text[last:])))


def unescaped(text: str) -> str:
    """What `escaped` was given."""
    return text.replace("{{", "{").replace("}}", "}")
