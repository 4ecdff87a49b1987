"""Reports about mails, read before looking up whom they concern: in the format of RFC 3464, or RFC
6533 for addresses in any script, or as a complaint (RFC 5965)."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email import message_from_bytes, message_from_string
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from itertools import islice
from typing import Annotated

from pydantic import AwareDatetime, Field

from shared.features.returned_mail import odd_report
from shared.features.returned_mail.decoded import (
    decoded_parts,
    header_text,
    parts_of,
    raw_header,
    text_of,
)
from shared.features.returned_mail.recipient import DeliveryAction, ReportedRecipient
from shared.mail.transport.phrases import status_in

# As the queue derives them: a number, and 64 bits that nobody can guess (`queue.claim.MessageIds`).
_OWN_ID = re.compile(r"(?<![\w.-])(\d{1,18}-[0-9a-f]{16}@[a-z0-9.-]{1,253}[a-z0-9])", re.I)
_ANY_ID = re.compile(
    r"^>?[ \t]*(?:x-[\w-]*)?message-id:[ \t]*(?:\r?\n[ \t]+)?(?:<|&lt;)[^>\s]+", re.I | re.M
)
# The key of our List-Unsubscribe header (`queue.opt_outs`), which returned headers often keep.
_OPT_OUT_KEY = re.compile(r"/reminders/(\d{1,10}-[\w-]{43})(?![\w-])")
# What Exchange writes on mails of its own organization, and takes away from those that come from
# outside (learn.microsoft.com, “Header firewall in Exchange Server”).
_EXCHANGE_MARK = "X-MS-Exchange-Organization-AuthAs"
# More than one mail has, and few enough to look up for free.
_MOST_IDS = 50
_DEEPEST = 100
_MOST_RECIPIENTS = 100

NOT_A_REPORT = "It is no report of a mail server about a mail."
READ_RECEIPT = "It says whether a mail was read, not whether it arrived."
NESTED = "It is nested deeper than any report."
NO_COMPLAINT = "It is a provider's report, but no complaint."
REASONS = (NOT_A_REPORT, READ_RECEIPT, NESTED, NO_COMPLAINT)
# What providers call a complaint (RFC 5965, 7.3); they also report mails moved out of the junk.
_COMPLAINTS = ("abuse", "fraud")
# The reader wants no more, and does not complain; of the drafts of RFC 5965, and still in use.
_OPT_OUTS = ("opt-out", "opt-out-list")
# Outlook.com's own form of a complaint (JMRP): the mail, in which it names the reader.
_OF_OUTLOOK = ("staff@hotmail.com", "staff@outlook.com")
_COMPLAINT_SUBJECT = re.compile(r"complaint about message from ", re.I)
_READER = "X-HmXmrOriginalRecipient"
# What our List-Unsubscribe header asks mail programs to write as a subject (RFC 2369, 3.2).
_OPT_OUT_SUBJECT = re.compile(r"\bunsubscribe[ +](\d{1,10}-[\w-]{43})(?![\w-])", re.I)


# Of RFC 3464, 2.3.3, and the parts that have them.
_STATUS_PARTS = ("message/delivery-status", "message/global-delivery-status")
_ACTIONS = {"failed": DeliveryAction.FAILED, "delayed": DeliveryAction.DELAYED}
_ARRIVED = ("delivered", "relayed", "expanded")
# Of RFC 3461, 4 (+3D), and of RFC 6533, 3 (\x{7528}).
_XTEXT = re.compile(r"\+([0-9A-F]{2})|\\x\{([0-9A-Fa-f]{1,6})\}")


# What is looked up: databases refuse a NUL, and half a character.
_Ascii = Annotated[str, Field(pattern="^[!-~]{1,300}$")]


@dataclass(frozen=True, kw_only=True)
class Report:
    """The words of a mail server about a mail, or of somebody who got one and asks for something.

    `ids` are Message-IDs that look like ours, anywhere in the report, and `opt_out_keys` what looks
    like the keys in our mails; `is_about_another`: it returns a mail with an id that is not ours.
    `bears_mark_of_exchange`: Exchange itself wrote it, if an Exchange server keeps the mailbox.
    `at` is when it was written. `key` identifies the report. A complaint is about a mail that
    arrived; `opts_out` asks for no more of them by the key in `opt_out_keys`.
    """

    recipients: tuple[ReportedRecipient, ...] = ()
    ids: tuple[_Ascii, ...] = ()
    opt_out_keys: tuple[_Ascii, ...]
    bears_mark_of_exchange: bool = False
    is_about_another: bool = False
    at: AwareDatetime | None
    key: _Ascii
    is_complaint: bool = False
    opts_out: bool = False


def read_report(content: bytes) -> Report | str:
    """Return the report in a mail (RFC 5322), or the msgid of the reason why it is none.

    The mail as a whole must be a report: a person may quote or forward one.
    """
    key = hashlib.sha256(content).hexdigest()
    try:
        message = message_from_bytes(content)
        if opted_out := _OPT_OUT_SUBJECT.search(header_text(message, "Subject")):
            return Report(
                opt_out_keys=(opted_out[1],), at=_written_at(message), key=key, opts_out=True
            )
        said_of_readers = _feedback(message)
        is_complaint, opts_out = said_of_readers in _COMPLAINTS, said_of_readers in _OPT_OUTS
        if said_of_readers and not (is_complaint or opts_out):
            return NO_COMPLAINT
        recipients = _readers(message) if said_of_readers else _recipients(message)
        if isinstance(recipients, str):
            return recipients
        texts = decoded_parts(message)
        everywhere = [content.decode("latin-1"), *texts]
        ids = own_ids(everywhere)
        mark = raw_header(message, _EXCHANGE_MARK).strip().lower()
        us = parseaddr(header_text(message, "To"))[1]
        return Report(
            recipients=tuple(replace(recipient, us=us) for recipient in recipients),
            ids=ids,
            opt_out_keys=_found(_OPT_OUT_KEY, everywhere),
            bears_mark_of_exchange=mark == "internal",
            is_about_another=not ids and any(_ANY_ID.search(text) for text in texts),
            at=_written_at(message),
            key=key,
            is_complaint=is_complaint,
            opts_out=opts_out,
        )
    except RecursionError:
        return NESTED


def own_ids(texts: list[str]) -> tuple[str, ...]:
    """Return what looks like Message-IDs of ours, anywhere in the texts."""
    return tuple(f"<{id}>" for id in _found(_OWN_ID, texts))


def may_be_report(headers: bytes) -> bool:
    """Return whether a mail with these headers has to be read whole to know."""
    try:
        message = message_from_bytes(headers)
        is_one = message.get_content_type() == "multipart/report" or _is_of_outlook(message)
        opts_out = _OPT_OUT_SUBJECT.search(header_text(message, "Subject")) is not None
        return is_one or opts_out or odd_report.is_from_mail_system(message)
    except RecursionError:
        return False


def _report_type(message: Message) -> str:
    if message.get_content_type() != "multipart/report":
        return ""
    return str(message.get_param("report-type", "")).lower() or "unknown"


def _feedback(message: Message) -> str:
    """Return what a provider reports of a reader of the mail (RFC 5965); empty if this is no such
    report."""
    if _is_of_outlook(message):
        return _COMPLAINTS[0]
    if _report_type(message) != "feedback-report":
        return ""
    said = (
        raw_header(fields, "Feedback-Type").strip().lower() for fields in _feedback_fields(message)
    )
    return next(filter(None, said), "unknown")


def _is_of_outlook(message: Message) -> bool:
    sender = parseaddr(raw_header(message, "From"))[1].lower()
    said = _COMPLAINT_SUBJECT.match(header_text(message, "Subject"))
    return sender in _OF_OUTLOOK and said is not None


def _readers(message: Message) -> tuple[ReportedRecipient, ...]:
    """Return whose feedback it is; providers may leave out the address."""
    named = [raw_header(fields, "Original-Rcpt-To") for fields in _feedback_fields(message)]
    named += [raw_header(part, _READER) for part in islice(message.walk(), _DEEPEST)]
    reader = next((address.strip().strip("<>") for address in named if "@" in address), "")
    return (ReportedRecipient(DeliveryAction.ARRIVED, original=reader),)


def _feedback_fields(message: Message) -> Iterator[Message]:
    for part in islice(message.walk(), _DEEPEST):
        if part.get_content_type() == "message/feedback-report":
            yield from parts_of(part) or [message_from_string(text_of(part))]


def _recipients(message: Message) -> tuple[ReportedRecipient, ...] | str:
    if kind := _report_type(message):
        if kind == "disposition-notification":
            return READ_RECEIPT
    elif not odd_report.is_from_mail_system(message):
        return NOT_A_REPORT
    if found := _status_recipients(message):
        return tuple(
            one if one.diagnostic else replace(one, diagnostic=odd_report.reason(message, one))
            for one in found
        )
    return odd_report.recipients(message) or NOT_A_REPORT


def _status_recipients(message: Message) -> tuple[ReportedRecipient, ...]:
    """Return what a report of RFC 3464 says about each recipient; empty if there is no such
    part."""
    status = (part for part in _parts(message) if part.get_content_type() in _STATUS_PARTS)
    groups = (fields for part in status for fields in _groups(part))
    found = (one for fields in groups if (one := _recipient(fields)))
    return tuple(islice(found, _MOST_RECIPIENTS))


def _parts(message: Message) -> Iterator[Message]:
    """Yield the parts of a report, also of one that a filter packed up once more; not those of
    mails."""
    for part in parts_of(message):
        yield part
        if part.get_content_maintype() == "multipart":
            yield from _parts(part)


def _groups(part: Message) -> Iterator[Message]:
    """Yield the groups of fields, of which the first is about the report itself."""
    groups = parts_of(part)
    if part.get_content_type() == _STATUS_PARTS[0] and any(group.keys() for group in groups):
        yield from groups
        return
    for text in re.split(r"\r?\n[ \t]*\r?\n", _text(part)):
        yield message_from_string(text.lstrip())


def _text(part: Message) -> str:
    """Return the text of a part with a transfer encoding, or of one that Python parses as a
    mail."""
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
    status = status_in(raw_header(fields, "Status"))
    said = " ".join(raw_header(fields, "Diagnostic-Code").split())
    if not (address or original or (status and raw_header(fields, "Action"))):
        return None
    return ReportedRecipient(
        action=_action(raw_header(fields, "Action"), status),
        address=address,
        original=original,
        status=status,
        diagnostic=without_type(said),
    )


def without_type(said: str) -> str:
    """Return a diagnostic code without its type (`smtp;`, `X-Notes;`)."""
    kind, _, rest = said.partition(";")
    return rest.strip() if re.fullmatch(r"[\w-]{1,30}", kind.strip()) else said


def _action(word: str, status: str) -> DeliveryAction:
    """Return the action, which some servers omit, or decorate (“failed (bounced)”)."""
    first = word.strip().lower().partition(" ")[0]
    if first in _ACTIONS:
        return _ACTIONS[first]
    if first in _ARRIVED or not status.startswith(("4", "5")):
        return DeliveryAction.ARRIVED
    return DeliveryAction.FAILED if status.startswith("5") else DeliveryAction.DELAYED


def _address(field: str) -> str:
    """Return the address in `rfc822; ana@example.org`, with or without the type and brackets."""
    text = field.rpartition(";")[2].strip().strip("<>").strip()

    def character(found: re.Match[str]) -> str:
        number = int(found[1] or found[2], 16)
        return chr(number) if 32 < number < 0x110000 else found[0]

    return _XTEXT.sub(character, text) if "@" in text else ""


def _found(what: re.Pattern[str], texts: list[str]) -> tuple[str, ...]:
    found = (one for text in texts for one in what.findall(text))
    return tuple(dict.fromkeys(found))[:_MOST_IDS]


def _written_at(message: Message) -> datetime | None:
    try:
        at = parsedate_to_datetime(raw_header(message, "Date"))
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
