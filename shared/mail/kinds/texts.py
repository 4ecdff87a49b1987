"""The texts of messages, ours or the organizer's own, with the placeholders filled.

Organizers write plain text with {placeholders}. It becomes the plain part unchanged, with whole
addresses, and through `layout.html` the HTML part: fully escaped, with short words for addresses.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from shared.dates import written_date
from shared.errors import PlaceholderUnknown
from shared.events.groups import wording_of
from shared.language import N_, Language, catalogue, filled_in, isolated, translate
from shared.mail.kinds import MessageKind
from shared.rendering.languages import language_spoken
from shared.storage.models import Event, Group

if TYPE_CHECKING:
    from jinja2 import Template

# The frame around the text of each kind, and its button.
_SHARED = Path(__file__).parent
# Words for addresses in the HTML part, besides the kind's button.
_WORDS = {
    "pdf": N_("Download the PDF"),
    "page": N_("Send me my personal link"),
    "reminders": N_("Unsubscribe"),
}
_OPTS_OUT = N_("To get no more invitations and reminders: {reminders}")
_LINK = Markup('<a href="{0}" class="link" style="color:#8a2b2b;">{1}</a>')
_TAGS = {"\n": Markup("<br>"), "\u2068": Markup("<bdi>"), "\u2069": Markup("</bdi>")}
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
# Controls, line separators, lone surrogates, and marks that change the reading direction (UAX #9).
_UNFIT = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
# Placeholders whose values may be written from right to left: the other values are ours.
_WRITTEN_BY_PEOPLE = ("name", "number", "event", "organization")
# The columns of somebody without a row of the list.
NO_COLUMNS: Mapping[str, str] = MappingProxyType({})
Kind = MessageKind


@dataclass(frozen=True)
class MessageText:
    """The text of a message as a person sees it, without attachments."""

    language: Language
    subject: str
    text: str
    html: str


def preview(
    event: Event, kind: Kind, wording: Mapping[str, str] | None = None, group: Group | None = None
) -> MessageText:
    """Return the text with sample values; `wording` (subject, body) is one not saved yet.

    Raises PlaceholderUnknown for an unknown placeholder.
    """
    samples = {
        "name": translate(N_("Alex Chen"), event.language),
        "number": event.number_pattern.replace("#", "0")[:-1] + "1",
        "link": "https://example.org/certificate?token=sample",
        "pdf": "https://example.org/certificates/sample.pdf",
        "verification": "https://example.org/verify/sample",
        "page": "https://example.org/verify/sample#mine",
    }
    known = {name: sample for name, sample in samples.items() if name in kind.placeholders}
    if kind.may_opt_out:
        known["reminders"] = "https://example.org/reminders/sample"
    return write(event, kind, known, wording, group=group)


@cache
def default_wording(kind: Kind, language: str) -> MappingProxyType[str, str]:
    """Return the subject and body that an organizer starts from, with their placeholders."""
    translated = catalogue(language).gettext
    subject = (kind.folder / "subject.txt").read_text(encoding="utf-8").strip()
    body = (kind.folder / "body.txt").read_text(encoding="utf-8").strip()
    wording = {
        "subject": translated(subject),
        "body": "\n\n".join(translated(paragraph) for paragraph in body.split("\n\n")),
    }
    return MappingProxyType(wording)


def check_wording(kind: Kind, wording: Mapping[str, str]) -> None:
    """Raise PlaceholderUnknown, naming the first placeholder which mails of this kind do not
    have."""
    for field in ("subject", "body"):
        for placeholder in _PLACEHOLDER.findall(wording.get(field, "")):
            if placeholder not in kind.placeholders:
                known = ", ".join(f"{{{name}}}" for name in kind.placeholders)
                raise PlaceholderUnknown(field=field, placeholder=f"{{{placeholder}}}", known=known)


def write(
    event: Event,
    kind: Kind,
    values: Mapping[str, str],
    wording: Mapping[str, str] | None = None,
    *,
    columns: Mapping[str, str] = NO_COLUMNS,
    group: Group | None = None,
    notice: str = "",
    image: str = "",
    language: Language | None = None,
) -> MessageText:
    """Return the text of a message: the wording of the reader's group, or the event's own, or ours
    in the reader's language.

    `columns` are the reader's row of the list, `notice` (a msgid) is a paragraph after the greeting
    in any wording, `image` the address of the image shown above. Raises PlaceholderUnknown for an
    unknown placeholder.
    """
    own = wording_of(event, group, kind.family) if wording is None else wording
    changed = {field: text for field, text in own.items() if text.strip()}
    # A message is in one language: with an organizer's own text, the rest is in the event's.
    spoken = language or language_spoken(
        NO_COLUMNS if "body" in changed else columns, event.language
    )
    chosen = {**default_wording(kind, spoken), **changed}
    check_wording(kind, chosen)
    filled = _all_values(event, values, spoken)
    subject = _in_a_header(_fill(_UNFIT.sub(" ", chosen["subject"]), filled))
    body = chosen["body"]
    if not event.corrections_allowed:
        body = "\n\n".join(block for block in body.split("\n\n") if "{page}" not in block)
    blocks = _blocks(body, filled)
    blocks[1:1] = [translate(notice, spoken)] if notice else []
    footer = _footer(event, kind, filled, spoken)
    plain = [_fill(block, filled) for block in [*blocks, "-- \n" + "\n".join(footer)]]
    words = _words_of_links(kind, filled, spoken)
    html = _template().render(
        _=lambda text, **details: translate(text, spoken, **details),
        language=spoken,
        subject=subject,
        # Mail programs show the first sentence after the greeting beside the subject.
        preheader=_shown(_fill(blocks[min(1, len(blocks) - 1)], {**filled, **words})),
        values=filled,
        image=image,
        # The button replaces a paragraph that is only the link.
        paragraphs=[
            None if block == "{link}" else _linked(block, filled, words) for block in blocks
        ],
        button=words.get("link", ""),
        footer=[_linked(line, filled, words) for line in footer],
    )
    return MessageText(spoken, subject, "\n\n".join(plain) + "\n", html)


def one_line(text: str) -> str:
    """Return `text` for a header, without line breaks and invisible controls."""
    return _in_a_header(_UNFIT.sub(" ", text))


def _in_a_header(text: str) -> str:
    # The standard library decodes encoded words (RFC 2047) in its input, and with them line breaks
    # that somebody hid there.
    return " ".join(text.replace("=?", "= ?").split())


def _all_values(event: Event, values: Mapping[str, str], language: Language) -> dict[str, str]:
    sender = one_line(event.organization) or one_line(event.name)
    common = {
        "event": event.name,
        "organization": sender,
        "website": event.website,
        "until": written_date(event.names_until, language),
    }
    named = {key: one_line(value) for key, value in (common | dict(values)).items()}
    # Before anyone has submitted, most names are unknown.
    named["name"] = named.get("name") or translate(N_("volunteer"), language)
    return named | {key: isolated(named[key]) for key in _WRITTEN_BY_PEOPLE if key in named}


def _fill(text: str, values: Mapping[str, str]) -> str:
    """Return the text filled in one pass, so that a placeholder in a value stays text."""
    return _PLACEHOLDER.sub(lambda place: filled_in(text, place, values.get(place[1], "")), text)


def _blocks(body: str, values: Mapping[str, str]) -> list[str]:
    """Return the paragraphs between blank lines, not filled yet. A text without its link gets it at
    the end."""
    clean = _UNFIT.sub("", body.replace("\r\n", "\n").replace("\r", "\n"))
    blocks = [block.strip("\n") for block in re.split(r"\n[ \t]*\n", clean)]
    alone = ["{link}" if block.strip() == "{link}" else block for block in blocks]
    is_left_out = values.get("link") and "{link}" not in clean
    kept = [block for block in alone if _fill(block, values).strip()]
    return [*kept, "{link}"] if is_left_out else kept


def _footer(event: Event, kind: Kind, values: Mapping[str, str], language: Language) -> list[str]:
    """Return the footer's lines, not filled yet."""
    translated = catalogue(language).gettext
    from_organization, from_event = kind.reasons
    # Elsewhere the event's name replaces a missing organization; here it would appear twice.
    is_named = bool(one_line(event.organization))
    reason = translated(from_organization if is_named else from_event)
    ending = translated(_OPTS_OUT) if values.get("reminders") else ""
    lines = ("{organization}" if is_named else "", "{website}", reason, ending)
    return [line for line in lines if _fill(line, values)]


def _words_of_links(kind: Kind, values: Mapping[str, str], language: Language) -> dict[str, str]:
    """Return the words that replace addresses in the HTML part, by placeholder, in the reader's
    language."""
    words = {"link": kind.button, **_WORDS}
    shown = {name: catalogue(language).gettext(text) for name, text in words.items()}
    shown["website"] = urlsplit(values["website"]).netloc
    links = ("https://", "http://")
    # A plain address, for people who pass it on or whose program shows no button.
    shown["verification"] = re.sub("^https?://", "", values.get("verification", ""))
    return {name: text for name, text in shown.items() if values.get(name, "").startswith(links)}


def _linked(text: str, values: Mapping[str, str], words: Mapping[str, str]) -> Markup:
    """Return the text filled and escaped, with only our own addresses as links."""
    parts, end = [], 0
    for place in _PLACEHOLDER.finditer(text):
        name, before = place[1], text[end : place.start()]
        value = filled_in(text, place, values.get(name, ""))
        link = _LINK.format(value, _shown(words[name])) if name in words else _shown(value)
        parts += [_shown(before), link]
        end = place.end()
    return Markup("").join((*parts, _shown(text[end:])))


def _shown(text: str) -> Markup:
    """Return the text escaped, with its line breaks and the marks of `isolated` as HTML tags."""
    shown = escape(text)
    for mark, tag in _TAGS.items():
        if mark in shown:
            shown = shown.replace(mark, tag)
    return shown


@cache
def _template() -> "Template":
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, auto_reload=False)
    environment.filters["shown"] = _shown
    return environment.from_string((_SHARED / "layout.html").read_text(encoding="utf-8"))
