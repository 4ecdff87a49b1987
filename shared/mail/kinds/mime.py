"""Messages as mail servers get them: MIME parts, the headers of an honest automatic mail, and those
by which mail programs recognize an event's invitations."""

import re
import unicodedata
from base64 import encodebytes
from binascii import b2a_qp
from collections.abc import Mapping
from datetime import UTC, datetime
from email.header import Header
from email.message import Message
from email.utils import format_datetime
from hashlib import sha256
from typing import cast
from urllib.parse import quote, urlsplit

from shared.events import links
from shared.mail.kinds import Addressing
from shared.mail.kinds.texts import MessageText, one_line
from shared.settings import Settings
from shared.storage.models import Event

# Tells the rehearsal mailbox which event sent the mail.
EVENT_HEADER = "X-Certificates-Event"
_DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*")
# Text with nothing to encode, of words that fit on a line (RFC 5322, 2.1.1).
_ASCII_LINE = re.compile(r"[\x21-\x7e]{1,60}( [\x21-\x7e]{1,60})*")
# Atoms (RFC 5322, 3.2.3) of letters and digits only.
_READY_PHRASE = re.compile(r"[A-Za-z0-9]+( [A-Za-z0-9]+){0,9}(?<!.{41})")
_LONGEST_LINE = 76
_LONGEST_PHRASE = 80


def both_texts(text: MessageText, shown: Message | None = None) -> Message:
    """Return plain text and HTML; `shown` is an image that the HTML shows, sent along with it."""
    html = text_part("html", text.html)
    if shown:
        html = multipart("related", [html, shown])
    return multipart("alternative", [text_part("plain", text.text), html])


def letter(
    event: Event, text: MessageText, addressing: Addressing, to_name: str = "", **more: str
) -> bytes:
    """Return a message without attachments, with `more` headers."""
    return message(both_texts(text), headers(event, text, addressing, to_name) | more)


def message(body: Message, headers: Mapping[str, str]) -> bytes:
    """Return the bytes of a message, made of the parts that functions below return.

    Headers are given ready: folded, encoded and without foreign line breaks. The library's writer
    would parse each of them and write texts line by line: a mail then takes 3.7 ms instead of 2.6
    (`make bench`: processor's time per invitation). It also folds some subjects after a blank line.
    """
    body["MIME-Version"] = "1.0"
    for header, value in headers.items():
        body[header] = value
    # Only addresses of other scripts are not ASCII; SMTPUTF8 carries them (RFC 6532).
    return _written(body).encode()


def headers(
    event: Event, text: MessageText, addressing: Addressing, to_name: str = ""
) -> dict[str, str]:
    """Return the headers of a message of the event.

    Auto-Submitted (RFC 3834) and Microsoft's X-Auto-Response-Suppress suppress absence notices. Not
    "All", which also asks Exchange to withhold reports of failed delivery (MS-OXCMAIL, 2.1.3.2.20).
    """
    sender = one_line(event.organization) or one_line(event.name)
    return {
        "From": named("From", sender, addressing.sender),
        "To": named("To", one_line(to_name), addressing.to),
        "Reply-To": named("Reply-To", "", event.contact_address or addressing.sender),
        "Subject": text_header("Subject", text.subject),
        "Date": format_datetime(datetime.now(UTC)),
        "Message-ID": addressing.message_id,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
        "Content-Language": text.language,
        EVENT_HEADER: str(event.id),
        **addressing.marks,
    }


def list_headers(
    settings: Settings, event: Event, kind: str, key: str, mailbox: str = ""
) -> dict[str, str]:
    """Return List-Id (RFC 2919), List-Unsubscribe with one click (RFC 8058), and Feedback-ID, by
    which Gmail sums up complaints (support.google.com/a/answer/6254652).

    `key` is that of `opt_out_key`. `mailbox` is the address at which returned mail is read: a mail
    to it opts out, too. One click is not offered without https, where nobody could trust it.
    """
    host = urlsplit(settings.public_url).hostname or ""
    # Without a domain, a list id is only unique on its machine (RFC 2919, 3).
    domain = host if _DOMAIN.fullmatch(host) else "localhost"
    headers = {
        "List-Id": named("List-Id", one_line(event.name), f"event-{event.id}.{domain}"),
        # The last part has 5 to 15 characters and is always the same for a sender.
        "Feedback-ID": f"event-{event.id}:{kind}:{sha256(host.encode()).hexdigest()[:12]}",
    }
    ways = [f"<mailto:{quote(mailbox, safe='@')}?subject=unsubscribe%20{key}>"] if mailbox else []
    link = links.reminders_link(settings, key)
    if link.startswith("https://") and link.isascii():
        ways.insert(0, f"<{link}>")
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if ways:
        headers["List-Unsubscribe"] = ", ".join(ways)
    return headers


def text_header(header: str, text: str) -> str:
    """Return the value of a header that is text on one line, such as Subject (RFC 2047)."""
    return _folded(header, text, "us-ascii" if _ASCII_LINE.fullmatch(text) else "utf-8")


def named(header: str, name: str, inside: str) -> str:
    """Return a name, if it is not empty, and `inside` in <>: a mailbox (RFC 5322, 3.4) or the id of
    a list (RFC 2919)."""
    phrase = name[:_LONGEST_PHRASE].strip()
    if not phrase:
        return f"<{inside}>"
    if not _READY_PHRASE.fullmatch(phrase):
        phrase = _folded(header, phrase, "utf-8")
    last_line = f"{header}: {phrase}".rpartition("\r\n")[2]
    fold = "\r\n " if len(last_line) + len(inside) + 3 > _LONGEST_LINE else " "
    return f"{phrase}{fold}<{inside}>"


def _folded(header: str, text: str, charset: str) -> str:
    return Header(text, charset, _LONGEST_LINE, header).encode(linesep="\r\n")


def text_part(subtype: str, text: str) -> Message:
    """Return text in quoted-printable."""
    # EmailMessage.set_content would encode it in Python, which takes longer.
    part = Message()
    part["Content-Type"] = f'text/{subtype}; charset="utf-8"'
    part["Content-Transfer-Encoding"] = "quoted-printable"
    part.set_payload(b2a_qp(text.encode()).decode("ascii"))
    return part


def attached(content: bytes, media_type: str, name: str, plain_name: str) -> Message:
    """Return a file to keep; `plain_name`, in ASCII, is for programs that understand no other."""
    part = _encoded(content, media_type)
    # RFC 2231 first, since readers that find two names keep the first, and a plain name as well.
    extended = "" if name == plain_name else f"filename*=utf-8''{quote(name, safe='')};\r\n "
    part["Content-Disposition"] = f'attachment;\r\n {extended}filename="{plain_name}"'
    return part


def inline_jpeg(content: bytes, content_id: str) -> Message:
    """Return a picture that the HTML part shows as `cid:` and `content_id` (RFC 2392)."""
    part = _encoded(content, "image/jpeg")
    part["Content-ID"] = f"<{content_id}>"
    part["Content-Disposition"] = "inline"
    return part


def multipart(subtype: str, parts: list[Message]) -> Message:
    """Return the parts in one. The boundary cannot occur in quoted-printable or base64, in which
    all parts are (RFC 2045, 6.7), so the library need not search them."""
    message = Message()
    message["Content-Type"] = f'multipart/{subtype}; boundary="=_{subtype}"'
    for part in parts:
        message.attach(part)
    return message


def _written(message: Message) -> str:
    headers = "".join(f"{name}: {value}\r\n" for name, value in message.raw_items())
    content = message.get_payload()
    if isinstance(content, str):
        lines = content.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")
        return f"{headers}\r\n{lines}"
    boundary = message.get_boundary()
    inside = cast("list[Message]", content)
    parts = "".join(f"--{boundary}\r\n{_written(part)}\r\n" for part in inside)
    return f"{headers}\r\n{parts}--{boundary}--\r\n"


def in_ascii(name: str) -> str:
    """Return what is left of a name without accents and non-Latin letters; perhaps nothing."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    return " ".join(re.sub(r'["\\%]', " ", plain).split())


def _encoded(content: bytes, media_type: str) -> Message:
    part = Message()
    part["Content-Type"] = media_type
    part["Content-Transfer-Encoding"] = "base64"
    part.set_payload(encodebytes(content).decode("ascii"))
    return part
