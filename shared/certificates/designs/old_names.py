"""Texts of a design that call the event or the organization as they were called once.

A design remembers how both were called when it was made, so that a copied or renamed event can be
told which of its texts still thank for another one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import regex

from shared.language import LANGUAGES, translate
from shared.rendering.gallery.layouts import THANKS
from shared.rendering.layout import Field, Layout
from shared.rendering.placeholders import (
    EVENT,
    ORGANIZATION,
    escaped,
    unescaped,
    with_words_changed,
)
from shared.storage.models import Design, Event

# "event" and "organization" -> what they were called.
Called = Mapping[str, Sequence[str]]
_PLACEHOLDERS = {"event": EVENT, "organization": ORGANIZATION}
# Designs made before they remembered: where the gallery's own texts have a name, alone.
_ALONE = {"cell-project": "event", "signature": "organization", "cell-issuer": "organization"}
# In scripts with blanks between words, a name ends where a word ends.
_WORDS = r"[\p{Latin}\p{Greek}\p{Cyrillic}\p{N}]"


@dataclass(frozen=True)
class OldName:
    """A field whose text has `name`, and its text with a placeholder instead."""

    field: str
    name: str
    # "event" or "organization", and how it is called today.
    what: str
    today: str
    content: str


def names_to_remember(layout: Layout, before: Design | None, event: Event) -> dict[str, list[str]]:
    """How event and organization are called now, and how they were called before in this layout's
    texts."""
    known = called_in(before) if before else {}
    today = _today(event)
    return {
        what: [name, *(old for old in known.get(what, ()) if old != name and _is_in(old, layout))]
        for what, name in today.items()
    }


def old_names(design: Design, event: Event) -> list[OldName]:
    """Where the design's texts have names that are not today's."""
    return list(_found(Layout.from_json(design.layout), called_in(design), _today(event)))


def with_placeholders(layout: Layout, found: Sequence[OldName]) -> Layout:
    """The layout with placeholders in place of the old names."""
    contents = {one.field: one.content for one in found}
    fields = tuple(
        field.model_copy(update={"content": contents.get(field.id, field.content)})
        for field in layout.fields
    )
    return layout.model_copy(update={"fields": fields})


def _today(event: Event) -> dict[str, str]:
    return {"event": event.name, "organization": event.organization}


def called_in(design: Design) -> dict[str, list[str]]:
    """How event and organization are or were called, as far as the design remembers, or the
    gallery's own sentences tell."""
    if design.called is not None:
        return design.called
    found: dict[str, list[str]] = {"event": [], "organization": []}
    for field in Layout.from_json(design.layout).fields:
        if field.kind != "text" or field.placeholders:
            continue
        if field.id in _ALONE:
            found[_ALONE[field.id]].append(unescaped(field.content))
        elif field.id == "thanks":
            found["event"] += _thanked_for(field.content)
    return found


def _thanked_for(content: str) -> list[str]:
    """The event in the gallery's own sentence, in any language."""
    sentences = (translate(THANKS, one, event="\0").split("\0") for one in LANGUAGES)
    return [
        unescaped(content[len(start) : len(content) - len(end)])
        for start, end in sentences
        if content.startswith(start) and content.endswith(end)
    ]


def _found(layout: Layout, called: Called, today: Mapping[str, str]) -> Iterator[OldName]:
    # The longest first, since one name may begin another. What has no name today stays.
    names = [
        (name, what)
        for what in today
        for name in sorted(set(called.get(what, ())) - {today[what], ""}, key=len, reverse=True)
        if today[what]
    ]
    for field in (one for one in layout.fields if one.kind == "text"):
        content, found = field.content, list[tuple[str, str]]()
        for name, what in names:
            changed = _without(content, name, today[what], _PLACEHOLDERS[what])
            if changed != content:
                content, found = changed, [*found, (name, what)]
        if found:
            name, what = found[0]
            yield OldName(field.id, name, what, today[what], content)


def _is_in(name: str, layout: Layout) -> bool:
    return any(_is_said(name, field) for field in layout.fields)


def _is_said(name: str, field: Field) -> bool:
    return field.kind == "text" and bool(name and _pattern(name).search(field.content))


def _without(content: str, name: str, today: str, placeholder: str) -> str:
    """The content with the placeholder where it has the name, unless that is part of today's."""

    def changed(words: str) -> str:
        parts = _pattern(today).split(words) if today else [words]
        return escaped(today).join(_pattern(name).sub(placeholder, part) for part in parts)

    return with_words_changed(content, changed)


def _pattern(name: str) -> "regex.Pattern[str]":
    """Finds the name where it stands for itself."""
    written = escaped(name)
    before = rf"(?<!{_WORDS})" if regex.match(_WORDS, written) else ""
    after = rf"(?!{_WORDS})" if regex.search(rf"{_WORDS}$", written) else ""
    return regex.compile(before + regex.escape(written) + after)
