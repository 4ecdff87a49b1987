"""The letters: their words, and the bytes that go to the mail server.

Organizers write plain text with {placeholders}. It becomes the plain part as it is, and the HTML
part through `templates/<kind>/body.html`, where every character of it is escaped.
"""

import re
from binascii import b2a_qp
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from shared.errors import PlaceholderUnknown
from shared.language import N_, catalogue, translate
from shared.models import Certificate, Event, MailKind, Volunteer

# By this header the rehearsal mailbox knows whose mail it is.
EVENT_HEADER = "X-Certificates-Event"

_TEMPLATES = Path(__file__).parent / "templates"
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
# Controls, line separators, lone surrogates, and marks that turn the direction of reading (UAX #9).
_UNFIT = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_TYPEFACES = Markup("'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',Arial,sans-serif")
_LONGEST_FILE_NAME = 60
_KEPT_HEADERS = 64
_EVERYWHERE = ("name", "number", "organization", "website", "event")
PLACEHOLDERS: dict[MailKind, tuple[str, ...]] = {
    MailKind.INVITATION: (*_EVERYWHERE, "link"),
    MailKind.REMINDER: (*_EVERYWHERE, "link"),
    MailKind.CERTIFICATE: (*_EVERYWHERE, "link", "verification", "page"),
    MailKind.TEST: _EVERYWHERE,
}


# Headers that no second mail has: keeping them parsed is of no use.
_OWN_TO_EACH_MAIL = ("To", "Date", "Message-ID")
# Nothing to encode and nothing to fold (RFC 5322, 2.1.1): goes out as it is.
_READY_LINE = re.compile(r"[\x21-\x7e]+( [\x21-\x7e]+){0,9}(?<!.{65})")


class _WirePolicy(EmailPolicy):
    """Keeps what it has worked out: most headers of a sending's mails are the same.

    The library parses each header that is set and each that is written; that was half of the
    time of composing a mail (0.9 of 1.9 ms, measured).
    """

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        if name in _OWN_TO_EACH_MAIL and _READY_LINE.fullmatch(str(value)):
            return name, str(value)
        if type(value) is str:
            return _parsed(name, value)
        return _LIBRARY_POLICY.header_store_parse(name, value)

    def header_max_count(self, name: str) -> int | None:
        return _max_count(name)

    def fold_binary(self, name: str, value: str) -> bytes:
        return _folded(name, value)


# No line over 998 bytes and nothing but ASCII on the wire, whatever the server offers.
_LIBRARY_POLICY = EmailPolicy(linesep="\r\n", cte_type="7bit")
_WIRE = _WirePolicy(linesep="\r\n", cte_type="7bit")


@lru_cache(_KEPT_HEADERS)
def _parsed(name: str, value: str) -> tuple[str, Any]:
    return _LIBRARY_POLICY.header_store_parse(name, value)


@cache
def _max_count(name: str) -> int | None:
    return _LIBRARY_POLICY.header_max_count(name)


@lru_cache(_KEPT_HEADERS)
def _folded(name: str, value: str) -> bytes:
    return _LIBRARY_POLICY.fold_binary(name, value)


@dataclass(frozen=True)
class Letter:
    """What a person sees of a mail, apart from attachments."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Envelope:
    """From whom, to whom (both plain addr-specs), and the id that is the same on every try."""

    sender: str
    to: str
    message_id: str


@dataclass(frozen=True)
class CertificateLinks:
    """Where a certificate is downloaded and verified; both are public, as its mail is passed on."""

    download: str
    verification: str


def compose_invitation(event: Event, volunteer: Volunteer, link: str, envelope: Envelope) -> bytes:
    """The mail with the personal link. No attachment: spam filters know us by this mail."""
    values = {"name": volunteer.name, "number": volunteer.number, "link": link}
    return _compose(event, letter(event, MailKind.INVITATION, values), envelope)


def compose_reminder(event: Event, volunteer: Volunteer, link: str, envelope: Envelope) -> bytes:
    values = {"name": volunteer.name, "number": volunteer.number, "link": link}
    return _compose(event, letter(event, MailKind.REMINDER, values), envelope)


def compose_certificate(
    event: Event,
    certificate: Certificate,
    links: CertificateLinks,
    picture: bytes,
    envelope: Envelope,
) -> bytes:
    """The mail that carries the certificate (`picture`: a JPEG) and the links to it."""
    values = {
        "name": certificate.name,
        "number": certificate.number,
        "link": links.download,
        "verification": links.verification,
        # Where the holder asks for the personal link, which is not passed on with the mail.
        "page": links.verification,
    }
    written = letter(event, MailKind.CERTIFICATE, values)
    return _compose(event, written, envelope, (file_name(certificate.name), picture))


def compose_test(event: Event, kind: MailKind, envelope: Envelope) -> bytes:
    """What volunteers will get, with sample values, for the organizer's own eyes."""
    return _compose(event, preview(event, kind), envelope)


def preview(event: Event, kind: MailKind, wording: Mapping[str, str] | None = None) -> Letter:
    """The letter with sample values; `wording` (subject, body) stands for what is not saved yet.

    Raises PlaceholderUnknown for an unknown placeholder.
    """
    samples = {
        "name": translate(N_("Alex Chen"), event.language),
        "number": event.number_pattern.replace("#", "0")[:-1] + "1",
        "link": "https://example.org/certificate?token=sample",
        "verification": "https://example.org/verify/sample",
        "page": "https://example.org/verify/sample",
    }
    known = {name: sample for name, sample in samples.items() if name in PLACEHOLDERS[kind]}
    return letter(event, kind, known, wording)


@cache
def default_wording(kind: MailKind, language: str) -> MappingProxyType[str, str]:
    """The subject and body that an organizer starts from, with their placeholders."""
    translated = catalogue(language).gettext
    subject = (_TEMPLATES / kind / "subject.txt").read_text(encoding="utf-8").strip()
    body = (_TEMPLATES / kind / "body.txt").read_text(encoding="utf-8").strip()
    wording = {
        "subject": translated(subject),
        "body": "\n\n".join(translated(paragraph) for paragraph in body.split("\n\n")),
    }
    return MappingProxyType(wording)


def check_wording(kind: MailKind, wording: Mapping[str, str]) -> None:
    """Raises PlaceholderUnknown, naming a placeholder which mails of this kind do not have."""
    for field in ("subject", "body"):
        for placeholder in _PLACEHOLDER.findall(wording.get(field, "")):
            if placeholder not in PLACEHOLDERS[kind]:
                known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS[kind])
                raise PlaceholderUnknown(field=field, placeholder=f"{{{placeholder}}}", known=known)


def letter(
    event: Event,
    kind: MailKind,
    values: Mapping[str, str],
    wording: Mapping[str, str] | None = None,
) -> Letter:
    """The words of a mail: the event's own wording, or the default of its language.

    Raises PlaceholderUnknown for an unknown placeholder.
    """
    own = event.wording.get(kind, {}) if wording is None else wording
    changed = {field: text for field, text in own.items() if text.strip()}
    words = {**default_wording(kind, event.language), **changed}
    check_wording(kind, words)
    filled = _all_values(event, values)
    subject = one_line(_fill(words["subject"], filled))
    body = words["body"] if event.corrections_allowed else _without_page(words["body"])
    paragraphs = _paragraphs(_fill(body, filled), filled.get("link", ""))
    footer = _footer(event, filled)
    text = "\n\n".join([*paragraphs, "-- \n" + "\n".join(footer)]) + "\n"
    return Letter(subject, text, _html(event, kind, subject, paragraphs, footer, filled))


def file_name(name: str) -> str:
    """The attachment's name: the person's, without what file systems or mail programs dislike."""
    safe = re.sub(r'[\\/:*?"<>|.]+', " ", one_line(name))
    return f"{' '.join(safe.split())[:_LONGEST_FILE_NAME].strip() or 'certificate'}.jpg"


def one_line(text: str) -> str:
    """Fit for a header: without line breaks and invisible controls."""
    # The standard library decodes encoded words (RFC 2047) in what it is given, and with them
    # the line breaks that someone hid there.
    return " ".join(_UNFIT.sub(" ", text).replace("=?", "= ?").split())


def _all_values(event: Event, values: Mapping[str, str]) -> dict[str, str]:
    sender = one_line(event.organization) or one_line(event.name)
    common = {"event": event.name, "organization": sender, "website": event.website}
    named = {key: one_line(value) for key, value in (common | dict(values)).items()}
    # Before anyone has submitted, most names are unknown.
    named["name"] = named.get("name") or translate(N_("volunteer"), event.language)
    return named


def _fill(text: str, values: Mapping[str, str]) -> str:
    """One pass: a placeholder in a value stays text."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], ""), text)


def _without_page(body: str) -> str:
    """Say nothing of the page where a name is corrected when that is not allowed."""
    return "\n\n".join(block for block in body.split("\n\n") if "{page}" not in block)


def _paragraphs(text: str, link: str) -> list[str]:
    """Blocks between blank lines. A letter that forgot its link gets it at the end."""
    clean = _UNFIT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    blocks = [block.strip("\n") for block in re.split(r"\n[ \t]*\n", clean)]
    paragraphs = [block for block in blocks if block.strip()]
    return paragraphs if not link or link in clean else [*paragraphs, link]


def _footer(event: Event, values: Mapping[str, str]) -> list[str]:
    reason = translate(
        N_("You receive this mail because {organization} has you on its list for {event}."),
        event.language,
        organization=values["organization"],
        event=values["event"],
    )
    return [line for line in (values["organization"], values["website"], reason) if line]


def _html(
    event: Event,
    kind: MailKind,
    subject: str,
    paragraphs: list[str],
    footer: list[str],
    values: Mapping[str, str],
) -> str:
    links = [values.get(key, "") for key in ("link", "verification", "page", "website")]
    return (
        _environment()
        .get_template(f"{kind}/body.html")
        .render(
            _=catalogue(event.language).gettext,
            language=event.language,
            subject=subject,
            event=values["event"],
            organization=values["organization"],
            paragraphs=paragraphs,
            footer=footer,
            link=values.get("link", ""),
            links=[link for link in links if link.startswith(("https://", "http://"))],
            typefaces=_TYPEFACES,
        )
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
    )
    environment.filters["with_links"] = _with_links
    return environment


def _with_links(line: str, links: list[str]) -> Markup:
    """The line escaped, with only our own addresses as links: the longest that fits first."""
    if "://" not in line:
        return escape(line)
    link = max((link for link in links if link in line), key=len, default=None)
    if link is None:
        return escape(line)
    before, _, after = line.partition(link)
    return _with_links(before, links) + _anchor(link) + _with_links(after, links)


def _anchor(link: str) -> Markup:
    return Markup('<a href="{0}" style="color:#8a2b2b;word-break:break-all;">{0}</a>').format(link)


def _compose(
    event: Event, written: Letter, envelope: Envelope, picture: tuple[str, bytes] | None = None
) -> bytes:
    parts = [_text("plain", written.text), _text("html", written.html)]
    message = _multipart("alternative", parts)
    if picture:
        message = _multipart("mixed", [message, _attachment(*picture)])
    message["MIME-Version"] = "1.0"
    sender = one_line(event.organization) or one_line(event.name)
    for header, value in _headers(event, written, envelope, sender).items():
        message[header] = value
    return message.as_bytes()


def _text(subtype: str, text: str) -> EmailMessage:
    # EmailMessage.set_content encodes in Python, which takes 0.15 ms for both texts of a mail.
    part = EmailMessage(_WIRE)
    part["Content-Type"] = f'text/{subtype}; charset="utf-8"'
    part["Content-Transfer-Encoding"] = "quoted-printable"
    part.set_payload(b2a_qp(text.encode()).decode("ascii"))
    return part


def _attachment(name: str, content: bytes) -> EmailMessage:
    part = EmailMessage(_WIRE)
    part.set_content(
        content, maintype="image", subtype="jpeg", filename=name, disposition="attachment"
    )
    return part


def _multipart(subtype: str, parts: list[EmailMessage]) -> EmailMessage:
    """Its boundary cannot occur in quoted-printable or base64, and all parts are (RFC 2045, 6.7).

    The library would search the parts for one that does not occur, which takes 0.1 ms.
    """
    message = EmailMessage(_WIRE)
    message["Content-Type"] = f'multipart/{subtype}; boundary="=_{subtype}"'
    for part in parts:
        message.attach(part)
    return message


def _headers(event: Event, written: Letter, envelope: Envelope, sender: str) -> dict[str, str]:
    """Auto-Submitted (RFC 3834) and Microsoft's X-Auto-Response-Suppress hold absence notes off."""
    return {
        "From": _sender("From", sender[:80].strip(), envelope.sender),
        "To": envelope.to,
        "Reply-To": _sender("Reply-To", "", event.contact_address or envelope.sender),
        "Subject": written.subject,
        "Date": format_datetime(datetime.now(UTC)),
        "Message-ID": envelope.message_id,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Content-Language": event.language,
        EVENT_HEADER: str(event.id),
    }


@lru_cache(_KEPT_HEADERS)
def _sender(header: str, name: str, addr_spec: str) -> Any:
    """The parsed header: the same for all mails of a sending, and 0.1 ms to parse."""
    return _LIBRARY_POLICY.header_store_parse(header, Address(name, addr_spec=addr_spec))[1]
