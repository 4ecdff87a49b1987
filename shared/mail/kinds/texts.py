"""The texts of messages: ours or the organizer's own, with the placeholders filled.

Organizers write plain text with {placeholders}. It becomes the plain part unchanged, and the HTML
part through its kind's `body.html`, fully escaped.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from shared.errors import PlaceholderUnknown
from shared.events.groups import wording_of
from shared.language import N_, Language, catalogue, isolated, translate
from shared.mail.kinds.message_kind import MessageKind
from shared.rendering.facts import written_date
from shared.rendering.languages import language_spoken
from shared.storage.models import Event, Group

# Shared by all kinds: the frame around each, and its button.
_SHARED = Path(__file__).parent
_ISOLATES = re.compile("([\u2068\u2069])")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
# Controls, line separators, lone surrogates, and marks that change the reading direction (UAX #9).
_UNFIT = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
# Where letters from right to left may stand: the other values are ours.
_WRITTEN_BY_PEOPLE = ("name", "number", "event", "organization")
# For somebody without a row of the list.
NO_COLUMNS: Mapping[str, str] = MappingProxyType({})
_TYPEFACES = Markup("'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',Arial,sans-serif")
Kind = MessageKind[Any]


@dataclass(frozen=True)
class MessageText:
    """What a person sees of a message, apart from attachments."""

    language: Language
    subject: str
    text: str
    html: str


def preview(
    event: Event, kind: Kind, wording: Mapping[str, str] | None = None, group: Group | None = None
) -> MessageText:
    """The text with sample values; `wording` (subject, body) is one not saved yet.

    Raises PlaceholderUnknown for an unknown placeholder.
    """
    samples = {
        "name": translate(N_("Alex Chen"), event.language),
        "number": event.number_pattern.replace("#", "0")[:-1] + "1",
        "link": "https://example.org/certificate?token=sample",
        "pdf": "https://example.org/certificates/sample.pdf",
        "verification": "https://example.org/verify/sample",
        "page": "https://example.org/verify/sample",
    }
    known = {name: sample for name, sample in samples.items() if name in kind.placeholders}
    return write(event, kind, known, wording, group=group)


@cache
def default_wording(kind: Kind, language: str) -> MappingProxyType[str, str]:
    """The subject and body that an organizer starts from, with their placeholders."""
    translated = catalogue(language).gettext
    subject = (kind.folder / "subject.txt").read_text(encoding="utf-8").strip()
    body = (kind.folder / "body.txt").read_text(encoding="utf-8").strip()
    wording = {
        "subject": translated(subject),
        "body": "\n\n".join(translated(paragraph) for paragraph in body.split("\n\n")),
    }
    return MappingProxyType(wording)


def check_wording(kind: Kind, wording: Mapping[str, str]) -> None:
    """Raises PlaceholderUnknown, naming a placeholder which mails of this kind do not have."""
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
) -> MessageText:
    """The text of a message: the wording of the reader's group, or the event's own, or ours in the
    reader's language.

    `columns` are the reader's row of the list, `notice` (a msgid) is a paragraph after the greeting
    in any wording, `image` the address of the image shown above. Raises PlaceholderUnknown for an
    unknown placeholder.
    """
    own = wording_of(event, group, kind.family) if wording is None else wording
    changed = {field: text for field, text in own.items() if text.strip()}
    # A message is in one language: what stands around an organizer's own text follows that.
    spoken = language_spoken(NO_COLUMNS if "body" in changed else columns, event.language)
    chosen = {**default_wording(kind, spoken), **changed}
    check_wording(kind, chosen)
    filled = _all_values(event, values, spoken)
    subject = _in_a_header(_fill(_UNFIT.sub(" ", chosen["subject"]), filled))
    body = chosen["body"] if event.corrections_allowed else _without_page(chosen["body"])
    paragraphs = _paragraphs(body, filled)
    paragraphs[1:1] = [translate(notice, spoken)] if notice else []
    footer = _footer(event, kind, filled, spoken)
    text = "\n\n".join([*paragraphs, "-- \n" + "\n".join(footer)]) + "\n"
    shown = {"subject": subject, "paragraphs": paragraphs, "footer": footer, "image": image}
    return MessageText(spoken, subject, text, _html(kind, filled, spoken, **shown))


def one_line(text: str) -> str:
    """`text` made fit for a header, without line breaks and invisible controls."""
    return _in_a_header(_UNFIT.sub(" ", text))


def _in_a_header(text: str) -> str:
    # The standard library decodes encoded words (RFC 2047) in what it is given, and with them
    # the line breaks that someone hid there.
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
    """Fill in one pass, so that a placeholder in a value stays text."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], ""), text)


def _without_page(body: str) -> str:
    """Leave out the page for correcting a name if that is not allowed."""
    return "\n\n".join(block for block in body.split("\n\n") if "{page}" not in block)


def _paragraphs(text: str, values: Mapping[str, str]) -> list[str]:
    """Blocks between blank lines, filled. A text that forgot its link gets it at the end."""
    clean = _UNFIT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    filled, link = _fill(clean, values), values.get("link", "")
    blocks = [block.strip("\n") for block in re.split(r"\n[ \t]*\n", filled)]
    paragraphs = [block for block in blocks if block.strip()]
    return paragraphs if not link or link in filled else [*paragraphs, link]


def _footer(event: Event, kind: Kind, values: Mapping[str, str], language: Language) -> list[str]:
    from_organization, from_event = kind.reasons
    if not one_line(event.organization):
        # Elsewhere the event's name stands in for the organization; here it would appear twice.
        reason = translate(from_event, language, event=values["event"])
        return [line for line in (values["website"], reason) if line]
    reason = translate(
        from_organization,
        language,
        organization=values["organization"],
        event=values["event"],
    )
    return [line for line in (values["organization"], values["website"], reason) if line]


def _html(kind: Kind, values: Mapping[str, str], language: Language, **shown: Any) -> str:
    named = [values.get(key, "") for key in ("link", "pdf", "verification", "page", "website")]
    translated = catalogue(language).gettext
    return _template(kind.folder).render(
        _=lambda text, **details: translated(text).format(**details),
        language=language,
        values=values,
        link=values.get("link", ""),
        links=[link for link in named if link.startswith(("https://", "http://"))],
        typefaces=_TYPEFACES,
        **shown,
    )


@cache
def _template(folder: Path) -> Template:
    return _environment().from_string((folder / "body.html").read_text(encoding="utf-8"))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_SHARED),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
    )
    environment.filters["with_links"] = _with_links
    return environment


def _with_links(line: str, links: list[str]) -> Markup:
    """The line escaped, with only our own addresses as links: the longest that fits first."""
    link = max((link for link in links if link in line), key=len, default=None)
    if link is None:
        # The marks of `isolated`, as HTML prefers them.
        isolates = {"\u2068": Markup("<bdi>"), "\u2069": Markup("</bdi>")}
        return Markup("").join(isolates.get(part) or part for part in _ISOLATES.split(line))
    before, _, after = line.partition(link)
    return _with_links(before, links) + _anchor(link) + _with_links(after, links)


def _anchor(link: str) -> Markup:
    return Markup(
        '<a href="{0}" style="color:#8a2b2b;overflow-wrap:break-word;word-wrap:break-word;">{0}</a>'
    ).format(link)
