"""Whether a mail is a report about another, and what it says, before looking up whom it
concerns."""

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from email.utils import parsedate_to_datetime

from shared.mail.bounces import delivery_status, odd_report
from shared.mail.bounces.decoded import decoded_parts, raw_header
from shared.mail.bounces.recipient import ReportedRecipient

# As the queue derives them: a number, and 64 bits that nobody can guess (`queue.message_ids`).
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

NOT_A_REPORT = "It is no report of a mail server about a mail."
READ_RECEIPT = "It says whether a mail was read, not whether it arrived."
NESTED = "It is nested deeper than any report."
COMPLAINT = "It is a complaint about a mail that arrived."
_OTHER_REPORTS = {"disposition-notification": READ_RECEIPT, "feedback-report": COMPLAINT}


@dataclass(frozen=True)
class Report:
    """What a mail server says about a mail.

    `ids` are Message-IDs that look like ours, anywhere in the report, and `opt_out_keys` what looks
    like the keys in our mails; `is_about_another`: it returns a mail with an id that is not ours.
    `bears_mark_of_exchange`: Exchange itself wrote it, if an Exchange server keeps the mailbox.
    `at` is when it was written. `key` identifies the report.
    """

    recipients: tuple[ReportedRecipient, ...]
    ids: tuple[str, ...]
    opt_out_keys: tuple[str, ...]
    bears_mark_of_exchange: bool
    is_about_another: bool
    at: datetime | None
    key: str


def read_report(content: bytes) -> Report | str:
    """The report in a mail (RFC 5322), or the msgid of the reason why it is none.

    The mail as a whole must be a report: a person may quote or forward one.
    """
    try:
        message = message_from_bytes(content)
        recipients = _recipients(message)
        if isinstance(recipients, str):
            return recipients
        texts = decoded_parts(message)
        everywhere = [content.decode("latin-1"), *texts]
        ids = tuple(f"<{one}>" for one in _found(_OWN_ID, everywhere))
        return Report(
            recipients=recipients,
            ids=ids,
            opt_out_keys=_found(_OPT_OUT_KEY, everywhere),
            bears_mark_of_exchange=raw_header(message, _EXCHANGE_MARK).strip().lower()
            == "internal",
            is_about_another=not ids and any(_ANY_ID.search(text) for text in texts),
            at=_written_at(message),
            key=hashlib.sha256(content).hexdigest(),
        )
    except RecursionError:
        return NESTED


def may_be_report(headers: bytes) -> bool:
    """Whether a mail with these headers has to be read whole to know."""
    try:
        message = message_from_bytes(headers)
        is_one = message.get_content_type() == "multipart/report"
        return is_one or odd_report.is_from_mail_system(message)
    except RecursionError:
        return False


def _recipients(message: Message) -> tuple[ReportedRecipient, ...] | str:
    if message.get_content_type() == "multipart/report":
        kind = str(message.get_param("report-type", "")).lower()
        if kind in _OTHER_REPORTS:
            return _OTHER_REPORTS[kind]
    elif not odd_report.is_from_mail_system(message):
        return NOT_A_REPORT
    if found := delivery_status.recipients(message):
        said = "" if all(one.diagnostic for one in found) else odd_report.reason(message)
        return tuple(one if one.diagnostic else replace(one, diagnostic=said) for one in found)
    return odd_report.recipients(message) or NOT_A_REPORT


def _found(what: re.Pattern[str], texts: list[str]) -> tuple[str, ...]:
    found = (one for text in texts for one in what.findall(text))
    return tuple(dict.fromkeys(found))[:_MOST_IDS]


def _written_at(message: Message) -> datetime | None:
    try:
        at = parsedate_to_datetime(raw_header(message, "Date"))
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
