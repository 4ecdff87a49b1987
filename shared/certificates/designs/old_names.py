"""Finds former names of the event or the organization in the texts of a design.

A design stores both names from when it was made, so that organizers of a copied or renamed event
learn which of its texts still have others.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from shared.certificates.designs.designs import layout_of
from shared.rendering.layout import Layout
from shared.rendering.placeholders import EVENT, ORGANIZATION, escaped, with_words_changed
from shared.storage.models import Design, Event

_PLACEHOLDERS = {"event": EVENT, "organization": ORGANIZATION}
# Scripts with blanks between words: a name ends there with a word.
_WORDS = r"[\p{Latin}\p{Greek}\p{Cyrillic}\p{N}]"


@dataclass(frozen=True)
class OldName:
    """A field whose text has an old `name`, and its text with a placeholder instead."""

    field: str
    name: str
    # "event" or "organization", and its name today.
    what: str
    today: str
    content: str


def names_to_remember(layout: Layout, before: Design | None, event: Event) -> dict[str, list[str]]:
    """Return the names of event and organization today, and the former ones in this layout's
    texts."""
    known = called_in(before) if before else {}
    texts = [field.content for field in layout.fields if field.kind == "text"]
    return {
        what: [
            name,
            *(
                old
                for old in known.get(what, ())
                if old and old != name and any(map(_pattern(old).search, texts))
            ),
        ]
        for what, name in _today(event).items()
    }


def old_names(design: Design, event: Event) -> list[OldName]:
    """Find former names in the design's texts, unless there is no name today to replace them."""
    called, today = called_in(design), _today(event)
    # The longest first, since one name may begin another.
    names = [
        (name, what)
        for what in today
        for name in sorted(set(called.get(what, ())) - {today[what], ""}, key=len, reverse=True)
        if today[what]
    ]
    found = []
    for field in layout_of(design).fields:
        content, first = field.content, None
        for name, what in names if field.kind == "text" else ():
            changed = _without(content, name, today[what], _PLACEHOLDERS[what])
            if changed != content:
                content, first = changed, first or (name, what)
        if first:
            name, what = first
            found.append(OldName(field.id, name, what, today[what], content))
    return found


def with_placeholders(layout: Layout, found: Sequence[OldName]) -> Layout:
    """Return the layout with placeholders in place of the old names."""
    contents = {old.field: old.content for old in found}
    fields = tuple(
        field.model_copy(update={"content": contents.get(field.id, field.content)})
        for field in layout.fields
    )
    return layout.model_copy(update={"fields": fields})


def _today(event: Event) -> dict[str, str]:
    return {"event": event.name, "organization": event.organization}


def called_in(design: Design) -> dict[str, list[str]]:
    """Return the names of event and organization that the design has stored: none in those from
    before 0.2.0."""
    return design.called or {}


def _without(content: str, name: str, today: str, placeholder: str) -> str:
    """Replace a name in a text by the placeholder, unless it is part of today's name."""

    def changed(words: str) -> str:
        parts = _pattern(today).split(words) if today else [words]
        return escaped(today).join(_pattern(name).sub(placeholder, part) for part in parts)

    return with_words_changed(content, changed)


def _pattern(name: str) -> "regex.Pattern[str]":
    """Return a pattern for the name as a word of its own."""
    written = escaped(name)
    before = rf"(?<!{_WORDS})" if regex.match(_WORDS, written) else ""
    after = rf"(?!{_WORDS})" if regex.search(rf"{_WORDS}$", written) else ""
    return regex.compile(before + regex.escape(written) + after)
