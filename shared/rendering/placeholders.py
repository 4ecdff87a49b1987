"""Placeholders in a layout's texts: {event} for the event's name, {column:Hours} for a value of the
list, and {{ for a brace."""

import re
from collections.abc import Callable
from functools import lru_cache

from shared.errors import LayoutRefused
from shared.language import N_, filled_in

# Placeholders of the certificate's facts; all others are columns'.
FACTS = ("event", "organization", "date", "name", "number")
COLUMN = "column:"
# As written in a text.
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
    """Return the names of a text's placeholders, without their braces."""
    return frozenset(unescaped(found["known"]) for found in _TOKEN.finditer(text) if found["known"])


def column_of(placeholder: str) -> str | None:
    """Return the title of a placeholder's column, or None if it is of no column."""
    return placeholder.removeprefix(COLUMN) if placeholder.startswith(COLUMN) else None


def unknown_in(text: str) -> str | None:
    """Return the first unknown placeholder, or stray brace."""
    return next((found["unknown"] for found in _TOKEN.finditer(text) if found["unknown"]), None)


def refuse_unknown(text: str, field: str) -> None:
    """Raise LayoutRefused with the name of the field if its text has an unknown placeholder."""
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
    """Return a placeholder as it is written in a text."""
    return f"{{{escaped(placeholder)}}}"


def escaped(text: str) -> str:
    """Double the braces of a text, so that it has no placeholders."""
    return text.replace("{", "{{").replace("}", "}}")


def filled(text: str, value_of: Callable[[str], str], *, nests_quotes: bool = False) -> str:
    """Fill in the placeholders of a text in one pass, so that braces in values stay text; if it
    `nests_quotes`, values between quotation marks get inner ones. Returns "" if all of its
    placeholders are empty."""
    values = {name: value_of(name) for name in placeholders_in(text)}
    if values and not any(value.strip() for value in values.values()):
        return ""

    def said(found: re.Match[str]) -> str:
        if not found["known"]:
            return unescaped(found[0])
        value = values[unescaped(found["known"])]
        return filled_in(text, found, value) if nests_quotes else value

    return _TOKEN.sub(said, text)


def with_words_changed(text: str, change: Callable[[str], str]) -> str:
    """Apply `change` to a text between its placeholders."""
    done, last = [], 0
    for found in _TOKEN.finditer(text):
        if found["known"]:
            done += [change(text[last : found.start()]), found[0]]
            last = found.end()
    return "".join((*done, change(text[last:])))


def unescaped(text: str) -> str:
    """Undo `escaped`."""
    return text.replace("{{", "{").replace("}}", "}")
