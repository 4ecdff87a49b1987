"""A text becomes a message: its parts, and the headers of an honest automatic mail."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.message import Message
from email.utils import format_datetime

from shared.mail.kinds import mime, texts
from shared.mail.kinds.mime import Addressing
from shared.mail.kinds.texts import MessageText
from shared.storage.models import Event

# This header tells the rehearsal mailbox whose mail it is.
EVENT_HEADER = "X-Certificates-Event"


def both_texts(text: MessageText, shown: Message | None = None) -> Message:
    """Plain text and HTML; `shown` is what the HTML shows, sent along with it."""
    html = mime.text_part("html", text.html)
    if shown:
        html = mime.multipart("related", [html, shown])
    return mime.multipart("alternative", [mime.text_part("plain", text.text), html])


def letter(
    event: Event,
    text: MessageText,
    addressing: Addressing,
    to_name: str = "",
    **more: str,
) -> bytes:
    """A message without attachments, with `more` headers."""
    return message(both_texts(text), headers(event, text, addressing, to_name) | more)


def message(body: Message, headers: Mapping[str, str]) -> bytes:
    body["MIME-Version"] = "1.0"
    for header, value in headers.items():
        body[header] = value
    return mime.on_the_wire(body)


def headers(
    event: Event, text: MessageText, addressing: Addressing, to_name: str = ""
) -> dict[str, str]:
    """Auto-Submitted (RFC 3834) and Microsoft's X-Auto-Response-Suppress suppress absence notices.

    Not "All", which also asks Exchange to withhold reports of failed delivery (MS-OXCMAIL,
    2.1.3.2.20).
    """
    sender = texts.one_line(event.organization) or texts.one_line(event.name)
    return {
        "From": mime.named("From", sender, addressing.sender),
        "To": mime.named("To", texts.one_line(to_name), addressing.to),
        "Reply-To": mime.named("Reply-To", "", event.contact_address or addressing.sender),
        "Subject": mime.text_header("Subject", text.subject),
        "Date": format_datetime(datetime.now(UTC)),
        "Message-ID": addressing.message_id,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
        "Content-Language": text.language,
        EVENT_HEADER: str(event.id),
    }
