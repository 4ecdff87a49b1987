"""The letters: their words, and what each is made of.

Organizers write plain text with {placeholders}. It becomes the plain part as it is, and the HTML
part through `templates/<kind>/body.html`, where every character of it is escaped.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from shared.errors import PlaceholderUnknown
from shared.events import links
from shared.language import N_, catalogue, translate
from shared.mail.kinds import mime
from shared.mail.kinds.mime import Envelope
from shared.settings import Settings
from shared.storage.models import Certificate, Event, MailKind, Volunteer

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
_NONE: Mapping[str, str] = MappingProxyType({})
_VOIDS_ANOTHER = N_(
    "This is your corrected certificate. The one that we mailed you before is void from now on."
)
_EVERYWHERE = ("name", "number", "organization", "website", "event")
PLACEHOLDERS: dict[MailKind, tuple[str, ...]] = {
    MailKind.INVITATION: (*_EVERYWHERE, "link"),
    MailKind.REMINDER: (*_EVERYWHERE, "link"),
    MailKind.CERTIFICATE: (*_EVERYWHERE, "link", "pdf", "verification", "page"),
    MailKind.TEST: _EVERYWHERE,
}


@dataclass(frozen=True)
class Letter:
    """What a person sees of a mail, apart from attachments."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class CertificateLinks:
    """Where a certificate is downloaded and verified; both are public, as its mail is passed on."""

    download: str
    verification: str
    pdf: str

    @classmethod
    def of(cls, settings: Settings, public_id: str) -> "CertificateLinks":
        return cls(
            download=links.certificate_link(settings, public_id),
            verification=links.verification_link(settings, public_id),
            pdf=links.certificate_link(settings, public_id, "pdf"),
        )


@dataclass(frozen=True)
class Pictures:
    """The certificate as JPEG: the file to keep, and a small one that the mail shows."""

    file: bytes
    small: bytes


def compose_invitation(
    event: Event,
    volunteer: Volunteer,
    link: str,
    envelope: Envelope,
    more_headers: Mapping[str, str] = _NONE,
) -> bytes:
    """The mail with the personal link. No attachment: spam filters know us by this mail."""
    return _compose_asking(event, MailKind.INVITATION, volunteer, link, envelope, more_headers)


def compose_reminder(
    event: Event,
    volunteer: Volunteer,
    link: str,
    envelope: Envelope,
    more_headers: Mapping[str, str] = _NONE,
) -> bytes:
    """The same link once more, for who has not entered a name; bytes as for an invitation."""
    return _compose_asking(event, MailKind.REMINDER, volunteer, link, envelope, more_headers)


def _compose_asking(
    event: Event,
    kind: MailKind,
    volunteer: Volunteer,
    link: str,
    envelope: Envelope,
    more_headers: Mapping[str, str],
) -> bytes:
    values = {"name": volunteer.name, "number": volunteer.number, "link": link}
    written = letter(event, kind, values)
    headers = {**_headers(event, written, envelope, volunteer.name), **more_headers}
    return _message(_both_texts(written), headers)


def compose_certificate(
    event: Event,
    certificate: Certificate,
    addresses: CertificateLinks,
    pictures: Pictures,
    envelope: Envelope,
    *,
    voids_another: bool = False,
) -> bytes:
    """The mail that carries and shows the certificate, with the links to it.

    `voids_another`: an earlier one, which has been mailed, is void from now on.
    """
    values = {
        "name": certificate.name,
        "number": certificate.number,
        "link": addresses.download,
        "pdf": addresses.pdf,
        "verification": addresses.verification,
        # Where the holder asks for the personal link, which is not passed on with the mail.
        "page": addresses.verification,
    }
    shown = f"picture.{envelope.message_id.strip('<>')}"
    notice = translate(_VOIDS_ANOTHER, event.language) if voids_another else ""
    written = letter(event, MailKind.CERTIFICATE, values, notice=notice, picture=f"cid:{shown}")
    body = _both_texts(written, mime.inline_jpeg(pictures.small, shown))
    file = mime.attached_jpeg(
        pictures.file, file_name(certificate.name), _plain_file_name(certificate)
    )
    headers = _headers(event, written, envelope, certificate.name)
    return _message(mime.multipart("mixed", [body, file]), headers)


def compose_test(event: Event, kind: MailKind, envelope: Envelope) -> bytes:
    """What volunteers will get, with sample values, for the organizer's own eyes."""
    written = preview(event, kind)
    return _message(_both_texts(written), _headers(event, written, envelope))


def preview(event: Event, kind: MailKind, wording: Mapping[str, str] | None = None) -> Letter:
    """The letter with sample values; `wording` (subject, body) stands for what is not saved yet.

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
    *,
    notice: str = "",
    picture: str = "",
) -> Letter:
    """The words of a mail: the event's own wording, or the default of its language.

    `notice` is a paragraph that follows the greeting whatever the wording, `picture` the address
    of the one that is shown above. Raises PlaceholderUnknown for an unknown placeholder.
    """
    own = event.wording.get(kind, {}) if wording is None else wording
    changed = {field: text for field, text in own.items() if text.strip()}
    words = {**default_wording(kind, event.language), **changed}
    check_wording(kind, words)
    filled = _all_values(event, values)
    subject = one_line(_fill(words["subject"], filled))
    body = words["body"] if event.corrections_allowed else _without_page(words["body"])
    paragraphs = _paragraphs(_fill(body, filled), filled.get("link", ""))
    paragraphs[1:1] = [notice] if notice else []
    footer = _footer(event, filled)
    text = "\n\n".join([*paragraphs, "-- \n" + "\n".join(footer)]) + "\n"
    shown = {"subject": subject, "paragraphs": paragraphs, "footer": footer, "picture": picture}
    return Letter(subject, text, _html(event, kind, filled, **shown))


def file_name(name: str) -> str:
    """The attachment's name: the person's, without what file systems or mail programs dislike."""
    safe = re.sub(r'[\\/:*?"<>|.]+', " ", one_line(name))
    return f"{' '.join(safe.split())[:_LONGEST_FILE_NAME].strip() or 'certificate'}.jpg"


def _plain_file_name(certificate: Certificate) -> str:
    """The same in ASCII, or the certificate's number where no letter of the name is left."""
    name = mime.in_ascii(file_name(certificate.name).removesuffix(".jpg"))
    return f"{name or mime.in_ascii(f'certificate-{certificate.number}')}.jpg"


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
    if not one_line(event.organization):
        # The event's name stands for the organization elsewhere: here it would be said twice.
        on_list = N_("You receive this mail because you are on the list for {event}.")
        reason = translate(on_list, event.language, event=values["event"])
        return [line for line in (values["website"], reason) if line]
    reason = translate(
        N_("You receive this mail because {organization} has you on its list for {event}."),
        event.language,
        organization=values["organization"],
        event=values["event"],
    )
    return [line for line in (values["organization"], values["website"], reason) if line]


def _html(event: Event, kind: MailKind, values: Mapping[str, str], **shown: Any) -> str:
    named = [values.get(key, "") for key in ("link", "pdf", "verification", "page", "website")]
    translated = catalogue(event.language).gettext
    return (
        _environment()
        .get_template(f"{kind}/body.html")
        .render(
            _=lambda words, **details: translated(words).format(**details),
            language=event.language,
            values=values,
            link=values.get("link", ""),
            links=[link for link in named if link.startswith(("https://", "http://"))],
            typefaces=_TYPEFACES,
            **shown,
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
    return Markup(
        '<a href="{0}" style="color:#8a2b2b;overflow-wrap:break-word;word-wrap:break-word;">{0}</a>'
    ).format(link)


def _both_texts(written: Letter, shown: Message | None = None) -> Message:
    """Plain and designed; `shown` is what the designed one shows, and travels with it."""
    html = mime.text_part("html", written.html)
    if shown:
        html = mime.multipart("related", [html, shown])
    return mime.multipart("alternative", [mime.text_part("plain", written.text), html])


def _message(body: Message, headers: Mapping[str, str]) -> bytes:
    body["MIME-Version"] = "1.0"
    for header, value in headers.items():
        body[header] = value
    return body.as_bytes()


def _headers(
    event: Event, written: Letter, envelope: Envelope, to_name: str = ""
) -> dict[str, str]:
    """Auto-Submitted (RFC 3834) and Microsoft's X-Auto-Response-Suppress hold absence notes off.

    Not "All", which asks Exchange to keep reports of failed delivery back, too (MS-OXCMAIL,
    2.1.3.2.20).
    """
    sender = one_line(event.organization) or one_line(event.name)
    return {
        "From": mime.named("From", sender, envelope.sender),
        "To": mime.named("To", one_line(to_name), envelope.to),
        "Reply-To": mime.named("Reply-To", "", event.contact_address or envelope.sender),
        "Subject": mime.text_header("Subject", written.subject),
        "Date": format_datetime(datetime.now(UTC)),
        "Message-ID": envelope.message_id,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
        "Content-Language": event.language,
        EVENT_HEADER: str(event.id),
    }
