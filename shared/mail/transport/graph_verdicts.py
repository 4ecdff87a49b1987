"""What an answer of Microsoft Graph to a message means, and what a person can do about it.

Decided by the code in `error` and the status. learn.microsoft.com, “Microsoft Graph error
responses”, “Overview of the Microsoft Graph send mail process”, “Microsoft Graph throttling
guidance”, as of November 2026.
"""

import json
import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from shared.language import N_
from shared.mail.transport.graph_connection import Answer
from shared.mail.transport.protocol import Advice, Outcome
from shared.storage.models import Phase, Verdict

# The prefix of each outcome's text, which distinguishes it from a mail server's answer.
GRAPH = "Microsoft Graph"
# The same where the mailbox is one that several people share.
SHARED = f"{GRAPH}, shared mailbox"
TOO_LARGE = f"{GRAPH}: the message is too large (3 MB)"
NO_ANSWER = f"{GRAPH}: no answer to a message that was handed over"
BROKEN_OFF = f"{GRAPH}: broke off before the message"
NOT_REACHED = f"{GRAPH} cannot be reached"

_A_DAY = timedelta(days=1)
_LONGEST_TEXT = 500


class _Rule(NamedTuple):
    """For answers whose status and error are these patterns."""

    statuses: str
    errors: str
    verdict: Verdict
    # The account rests for this long, or as after other pauses.
    wait: timedelta | None = None
    may_have_left: bool = False


_ANY = r".*"
# The first that fits decides. Graph names some refusals with a status that would say less.
_RULES = (
    # Stored as a draft that leaves: repeating it would send it twice, whatever its headers say.
    _Rule("202", _ANY, Verdict.SENT),
    _Rule(_ANY, "ErrorExceededMessageLimit", Verdict.PAUSE, wait=_A_DAY),
    # 200 has been seen for messages of more than 2240 kB, none of which arrived.
    _Rule("200|413", _ANY, Verdict.NEEDS_OPERATOR),
    _Rule(
        _ANY,
        "ErrorMessageSizeExceeded|ErrorMessageSubmissionBlocked|ErrorSendAsDenied|ErrorAccessDenied"
        "|MailboxNotEnabledForRESTAPI|ErrorQuotaExceeded",
        Verdict.NEEDS_OPERATOR,
    ),
    _Rule(_ANY, "ErrorInvalidRecipients", Verdict.REJECTED),
    # Messages with this answer have arrived.
    _Rule("429", "ApplicationThrottled", Verdict.PAUSE, may_have_left=True),
    _Rule("429", _ANY, Verdict.PAUSE),
    _Rule("401|403|404", _ANY, Verdict.NEEDS_OPERATOR),
    # A gateway in front of a mailbox may give up while the mailbox goes on.
    _Rule("5..", _ANY, Verdict.UNSURE),
    _Rule("4..", _ANY, Verdict.RETRY),
    # Not in Graph's description: somebody else answers in its place.
    _Rule("3..", _ANY, Verdict.NEEDS_OPERATOR),
    _Rule(_ANY, _ANY, Verdict.UNSURE),
)


def judged(answer: Answer, name: str = GRAPH, now: datetime | None = None) -> Outcome:
    """What `answer` to a message that was handed over means; `name` is GRAPH or SHARED."""
    error, words = _error(answer)
    rule = next(
        rule
        for rule in _RULES
        if re.fullmatch(rule.statuses, str(answer.status)) and re.fullmatch(rule.errors, error)
    )
    said = " ".join(f"{error}: {words}".strip(": ").split())
    plain = "".join(letter if letter.isprintable() else " " for letter in said)
    text = f"{name}: {plain or f'HTTP {answer.status}'}"[:_LONGEST_TEXT]
    return Outcome(
        rule.verdict,
        Phase.AUTH if answer.status == 401 else Phase.CONTENT,
        answer.status,
        TOO_LARGE if answer.status in (200, 413) else text,
        wait=rule.wait or _wait(answer.retry_after, now or datetime.now(UTC))
        if rule.verdict in (Verdict.PAUSE, Verdict.UNSURE)
        else None,
        may_have_left=rule.may_have_left,
    )


def _error(answer: Answer) -> tuple[str, str]:
    """Code and message of an answer that has them; gateways answer in HTML."""
    try:
        said = json.loads(answer.content)["error"]
        return str(said["code"]), str(said.get("message", ""))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return "", ""


def _wait(header: str, now: datetime) -> timedelta | None:
    """Retry-After: seconds, or a date (RFC 9110, 10.2.3); at most a day. None: it says neither."""
    try:
        if header.strip().isdecimal():
            wait = timedelta(seconds=int(header))
        else:
            wait = parsedate_to_datetime(header) - now
    except (TypeError, ValueError, OverflowError):
        return None
    return min(max(wait, timedelta(seconds=1)), _A_DAY)


# For these, the text says more than the status.
_MORE_IS_KNOWN = (
    "ErrorSendAsDenied|ErrorExceededMessageLimit|ErrorMessageSizeExceeded|ErrorInvalidRecipients"
)
# The first match explains. Advice common to all servers is in `verdicts`.
ADVICE: Advice = {
    "ErrorMessageSubmissionBlocked": N_(
        "Microsoft holds back what this account sends. Log in to Outlook on the web as this "
        "account, follow what it asks for, and then go on here."
    ),
    "MailboxNotEnabledForRESTAPI": N_(
        "This Microsoft account has no mailbox, or none in the cloud. Sign in with one that "
        "has a mailbox in Exchange Online or Outlook.com."
    ),
    "ErrorQuotaExceeded": N_(
        "The mailbox of the sending account is full: Microsoft keeps each mail in its Sent "
        "Items. Make room there, and then go on here."
    ),
    f"{SHARED}: ErrorSendAsDenied": N_(
        "Exchange does not let who signed in send as this shared mailbox. An administrator "
        "gives them “Send as” for it: Exchange admin center, “Mailboxes”, this mailbox, "
        "“Delegation”. That counts after up to an hour; then go on here."
    ),
    f"^40[34] {SHARED}: (?!HTTP|{_MORE_IS_KNOWN})": N_(
        "Microsoft does not open this shared mailbox to who signed in, or knows none of this "
        "address. Look at the address. An administrator gives them “Full access” and “Send "
        "as” for it: Exchange admin center, “Mailboxes”, this mailbox, “Delegation”. That "
        "counts after up to an hour; then go on here."
    ),
    f"ErrorAccessDenied|^403 {GRAPH}: (?!{_MORE_IS_KNOWN})": N_(
        "This program has no permission to send from this account. Sign in with Microsoft "
        "again and allow what it asks for; if that is not possible, ask an administrator."
    ),
    f"^401 {GRAPH}": N_(
        "Microsoft does not accept the sign-in to this account any more. Sign in with "
        "Microsoft again under “Mail account”."
    ),
    f"^404 {GRAPH}: (?!HTTP)": N_(
        "Microsoft does not find the mailbox of the sending account; the recipient is not to "
        "blame. Look whether the account still has a mailbox and a licence, and go on here."
    ),
    f"^429 {GRAPH}(?!.*ErrorExceededMessageLimit)": N_(
        "Microsoft asks for slower sending. It goes on by itself: when Microsoft says, or "
        "after a pause that grows where it does not say."
    ),
    f"^5.. {GRAPH}|{NO_ANSWER}": N_(
        "Microsoft broke off after it had got the mail. Look into the Sent Items of the "
        "account: what is there has left."
    ),
    NOT_REACHED: N_(
        "Microsoft cannot be reached from here. It is tried again by itself; if that lasts, "
        "ask whoever runs this program about its way to the internet (port 443)."
    ),
    f"^[34].. ({GRAPH}|{SHARED}): HTTP": N_(
        "What answers is not Microsoft Graph. Ask whoever runs this program to look at GRAPH_URL."
    ),
}
