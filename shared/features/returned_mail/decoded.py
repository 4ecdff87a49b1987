"""The texts in a mail, whatever their encoding; malformed ones never raise."""

import html
import re
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message

# Linear: what one attempt looks through is consumed, or contains no beginning of another.
_TAGS = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<[^<>]*>", re.I | re.S)
_LINE_TAGS = re.compile(r"<(br|/p|/div|/tr|/li|/td)\b[^<>]*>", re.I)
_DEEPEST = 100
# It switches between its characters with escapes, as nothing else in a mail does (RFC 1468).
_JAPANESE = "iso2022_jp"
# Western texts have a letter beyond ASCII between two within; Chinese ones have them in pairs.
_WESTERN = re.compile(rb"[A-Za-z][\x80-\xff][A-Za-z ]")
# More than any subject; the library's pattern for encoded words takes quadratic time.
_LONGEST_HEADER = 2000


def decoded_parts(message: Message) -> list[str]:
    """Return the headers and the text of every part below the top, and the text of the top itself.

    HTML is left unparsed: an id in <> would be taken for a tag.
    """
    texts = []
    for depth, part in enumerate(message.walk()):
        if depth >= _DEEPEST:
            break
        if part is not message:
            texts.append("\n".join(f"{name}: {value}" for name, value in part.items()))
        if not part.is_multipart():
            texts.append(_decoded(part))
    return texts


def parts_of(message: Message) -> list[Message]:
    """Return the direct parts; none if the mail is a single text."""
    payload = message.get_payload()
    return [part for part in payload if isinstance(part, Message)] if message.is_multipart() else []


def raw_header(message: Message, name: str) -> str:
    """Return a raw header, also in UTF-8 (RFC 6532); empty if there is none."""
    named = (value for key, value in message.raw_items() if key.lower() == name.lower())
    written = str(next(named, ""))
    raw = written.encode("utf-8", "surrogateescape")
    return raw.decode(_JAPANESE if b"\x1b$" in raw else "utf-8", "replace")


def header_text(message: Message, name: str) -> str:
    """Return the beginning of a header as a reader sees it (RFC 2047)."""
    written = raw_header(message, name)[:_LONGEST_HEADER]
    try:
        return str(make_header(decode_header(written)))
    except (MessageError, ValueError, LookupError):
        return written


def text_of(part: Message) -> str:
    """Return the text of a part without parts; for HTML, what a reader sees."""
    text = _decoded(part)
    if part.get_content_type() != "text/html":
        return text
    return html.unescape(_TAGS.sub(" ", _LINE_TAGS.sub("\n", text)))


def _decoded(part: Message) -> str:
    try:
        payload = part.get_payload(decode=True)
    except (MessageError, ValueError, LookupError):
        payload = None
    if not isinstance(payload, bytes):
        return str(part.get_payload())
    declared = part.get_content_charset()
    if b"\x1b$" in payload:
        declared = _JAPANESE
    guessed = "cp1252" if _WESTERN.search(payload) else "gb18030"
    for charset in (declared, "utf-8", guessed):
        try:
            return payload.decode(charset or "utf-8")
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    return payload.decode("latin-1")
