"""Reports in the format of RFC 3464, or RFC 6533 for addresses in any script."""

import re
from collections.abc import Iterator
from email import message_from_string
from email.message import Message

from shared.mail.bounces.decoded import parts_of, raw_header, text_of
from shared.mail.bounces.recipient import Action, ReportedRecipient

_STATUS_PARTS = ("message/delivery-status", "message/global-delivery-status")
_ACTIONS = {"failed": Action.FAILED, "delayed": Action.DELAYED}
_ARRIVED = ("delivered", "relayed", "expanded")
_STATUS = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
# Of RFC 3461, 4 (+3D), and of RFC 6533, 3 (\x{7528}).
_XTEXT = re.compile(r"\+([0-9A-F]{2})|\\x\{([0-9A-Fa-f]{1,6})\}")


def recipients(message: Message) -> tuple[ReportedRecipient, ...]:
    """What the report says about each recipient; empty if there is no such part."""
    status = (part for part in parts_of(message) if part.get_content_type() in _STATUS_PARTS)
    return tuple(
        found for part in status for fields in _groups(part) if (found := _recipient(fields))
    )


def _groups(part: Message) -> Iterator[Message]:
    """The groups of fields, of which the first is about the report itself."""
    groups = parts_of(part)
    if part.get_content_type() == _STATUS_PARTS[0] and any(group.keys() for group in groups):
        yield from groups
        return
    for text in re.split(r"\r?\n[ \t]*\r?\n", _text(part)):
        yield message_from_string(text.lstrip())


def _text(part: Message) -> str:
    """The text of a part with a transfer encoding, or of one that Python parses as a mail."""
    if not part.is_multipart():
        return text_of(part)
    whole = Message()
    whole["Content-Transfer-Encoding"] = str(part.get("Content-Transfer-Encoding", "7bit"))
    _, _, written = part.as_bytes().partition(b"\n\n")
    # The parser keeps bytes this way.
    whole.set_payload(written.decode("ascii", "surrogateescape"))
    return text_of(whole)


def _recipient(fields: Message) -> ReportedRecipient | None:
    address = _address(raw_header(fields, "Final-Recipient"))
    original = _address(raw_header(fields, "Original-Recipient"))
    status = _STATUS.search(raw_header(fields, "Status"))
    said = " ".join(raw_header(fields, "Diagnostic-Code").split())
    kind, _, rest = said.partition(";")
    if not (address or original or (status and raw_header(fields, "Action"))):
        return None
    return ReportedRecipient(
        action=_action(raw_header(fields, "Action"), status[0] if status else ""),
        address=address,
        original=original,
        status=status[0] if status else "",
        # Without its type (`smtp;`, `X-Notes;`).
        diagnostic=rest.strip() if re.fullmatch(r"[\w-]{1,30}", kind.strip()) else said,
    )


def _action(word: str, status: str) -> Action:
    """Some servers omit the action, or decorate it (“failed (bounced)”)."""
    first = word.strip().lower().partition(" ")[0]
    if first in _ACTIONS:
        return _ACTIONS[first]
    if first in _ARRIVED or not status.startswith(("4", "5")):
        return Action.ARRIVED
    return Action.FAILED if status.startswith("5") else Action.DELAYED


def _address(field: str) -> str:
    """`rfc822; ana@example.org`, with or without the type and brackets."""
    text = field.rpartition(";")[2].strip().strip("<>").strip()

    def character(found: re.Match[str]) -> str:
        number = int(found[1] or found[2], 16)
        return chr(number) if 32 < number < 0x110000 else found[0]

    return _XTEXT.sub(character, text) if "@" in text else ""
