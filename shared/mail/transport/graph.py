"""Microsoft Graph: messages sent over HTTPS on behalf of the signed-in person.

`POST /me/sendMail` takes MIME in base64, answers 202 when it has stored the message, and leaves it
in Sent Items. Addresses are checked later, and wrong ones come back as mail
(`features.returned_mail`).

A shared mailbox has no sign-in of its own: a person with access to it sends from
`/users/{address}/sendMail` (learn.microsoft.com, “Send Outlook messages from another user”).

The code in `error` and the status decide what an answer means: learn.microsoft.com, “Microsoft
Graph error responses”, “Overview of the Microsoft Graph send mail process”, “Microsoft Graph
throttling guidance”, as of November 2026.
"""

import base64
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache, partial
from typing import NamedTuple

import httpx2

from shared.errors import SignInBusy, SignInEnded
from shared.findings import Finding, Level
from shared.language import N_
from shared.mail.transport.answers import printed
from shared.mail.transport.graph_connection import GraphAnswer, GraphConnection
from shared.mail.transport.graph_inbox import GraphInbox
from shared.mail.transport.outcome import HELD_BACK, Outcome
from shared.mail.transport.protocol import (
    Account,
    Advice,
    MailProvider,
    Service,
    Transport,
    TransportKind,
    Way,
)
from shared.mail.transport.providers import OUTLOOK_COM, SendingLimits
from shared.mail.transport.verdicts import finding_of, judge, without_token
from shared.mail.transport.watchdog import unbroken
from shared.settings import Settings
from shared.storage.models import Phase, Verdict

# Outcomes' texts begin with this, unlike a mail server's answer.
GRAPH = "Microsoft Graph"
# The same for a mailbox that several people share.
SHARED = f"{GRAPH}, shared mailbox"
TOO_LARGE = f"{GRAPH}: the message is too large (3 MB)"
NO_ANSWER = f"{GRAPH}: no answer to a message that was handed over"
BROKEN_OFF = f"{GRAPH}: broke off before the message"
NOT_REACHED = f"{GRAPH} cannot be reached"

_A_DAY = timedelta(days=1)
# A request may have 4 MB, of which base64 leaves three quarters.
LARGEST_MESSAGE = 3_000_000
# Failures before anything of the message can have been sent.
_NO_CONNECTION = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.ProxyError)


class _Ended(Exception):
    """Raised when the message is not to be sent any more, with this outcome."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome


class GraphTransport(GraphConnection, Transport):
    """A connection for one thread, kept for the next message."""

    def __init__(self, account: Account, *, is_shared: bool = False) -> None:
        super().__init__(account, is_shared=is_shared)
        # The beginning of outcomes' texts.
        self._name = SHARED if is_shared else GRAPH
        # Whether some of the message may have arrived.
        self._has_begun = False

    def deliver(
        self, message: bytes, recipient: str, before_content: Callable[[], bool] = lambda: True
    ) -> Outcome:
        """See `Transport`. Graph sends to the addresses in the message's own headers."""
        if len(message) > LARGEST_MESSAGE:
            return Outcome(Verdict.NEEDS_OPERATOR, Phase.COMPOSE, None, TOO_LARGE)
        encoded, is_wanted = base64.b64encode(message), cache(before_content)

        def content() -> Iterator[bytes]:
            """Yield the message if it is still wanted: the connection is open, and nothing of it is
            sent yet. Called again with another token."""
            if not is_wanted():
                raise _Ended(HELD_BACK)
            if self.was_closed():
                raise _Ended(Outcome(Verdict.RETRY, Phase.DATA, None, BROKEN_OFF))
            self._has_begun = True
            yield encoded

        def send() -> Outcome:
            return judged(self.post(f"{self._mailbox}/sendMail", content, len(encoded)), self._name)

        return self._guarded(send)

    def check(self) -> list[Finding]:
        """See `Transport`."""
        place = "/mailFolders/inbox" if self._is_shared else ""

        def try_out() -> Outcome:
            answer = self.get(f"{self._mailbox}{place}?$select=id")
            if answer.status == 200:
                return Outcome(Verdict.SENT, Phase.AUTH, 200, "")
            return judged(answer, self._name)

        outcome = self._guarded(try_out)
        if outcome.verdict is not Verdict.SENT:
            return [finding_of(self.account, outcome, ADVICE)]
        words = {"address": self.account.username}
        if not self._is_shared:
            return [Finding(Level.GREEN, _SUBJECT, _WORKS, words)]
        # Somebody who may open a mailbox may not be allowed to send as it, which only a mail shows.
        return [
            Finding(Level.GREEN, _SUBJECT, _OPENS, words),
            Finding(Level.AMBER, _SUBJECT, _MAY_SEND, words, needs_mail=True),
        ]

    def _guarded(self, talk: Callable[[], Outcome]) -> Outcome:
        """Turn failures into an outcome, and leave no half-open conversation behind."""
        self._has_begun = False
        try:
            with unbroken(self, self.account.timeout, self.close):
                return talk()
        except (SignInEnded, SignInBusy) as refusal:
            return without_token(refusal)
        except _Ended as end:
            return end.outcome
        except (httpx2.HTTPError, OSError) as fault:
            if self._has_begun:
                return Outcome(Verdict.UNSURE, Phase.CONTENT, None, NO_ANSWER)
            if isinstance(fault, _NO_CONNECTION):
                text = f"{NOT_REACHED}: {str(fault) or 'timed out'}"
                return Outcome(judge(Phase.CONNECT, None, text), Phase.CONNECT, None, text)
            return Outcome(Verdict.RETRY, Phase.DATA, None, BROKEN_OFF)


_SUBJECT = N_("Mail account")
_WORKS = N_("Microsoft accepts the sign-in of {address}.")
_OPENS = N_("Microsoft opens the shared mailbox {address}.")
_MAY_SEND = N_(
    "Send yourself a test mail to check that you may send as the shared mailbox "
    "{address}. When Microsoft accepts it, the event is live."
)


# Answers to a message that was handed over: their meanings, and advice


class _Rule(NamedTuple):
    """A verdict for answers whose status and error match these patterns."""

    statuses: str
    errors: str
    verdict: Verdict
    # The account pauses for this long, or as after other refusals.
    wait: timedelta | None = None
    may_have_left: bool = False


_ANY = r".*"
# The first match decides. The error says more than the status of some refusals.
_RULES = (
    # Stored as a draft that will be sent: repeating it would send it twice, whatever its headers
    # say.
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
    # A gateway in front of a mailbox may give up while the mailbox still works on it.
    _Rule("5..", _ANY, Verdict.UNSURE),
    _Rule("4..", _ANY, Verdict.RETRY),
    # Not in Graph's description: another server answers in its place.
    _Rule("3..", _ANY, Verdict.NEEDS_OPERATOR),
    _Rule(_ANY, _ANY, Verdict.UNSURE),
)


def judged(answer: GraphAnswer, name: str = GRAPH, now: datetime | None = None) -> Outcome:
    """Return the outcome of an `answer` to a message that was handed over; `name` is GRAPH or
    SHARED."""
    error, words = _error(answer)
    rule = next(
        rule
        for rule in _RULES
        if re.fullmatch(rule.statuses, str(answer.status)) and re.fullmatch(rule.errors, error)
    )
    said = printed(f"{error}: {words}".strip(": ")) or f"HTTP {answer.status}"
    text = printed(f"{name}: {said}")
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


def _error(answer: GraphAnswer) -> tuple[str, str]:
    """Return code and message of an answer; both are empty without them, as gateways answer in
    HTML."""
    try:
        said = json.loads(answer.content)["error"]
        return str(said["code"]), str(said.get("message", ""))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return "", ""


def _wait(header: str, now: datetime) -> timedelta | None:
    """Return the time of Retry-After, in seconds or as a date (RFC 9110, 10.2.3), at most a day;
    None if it is neither."""
    try:
        if header.strip().isdecimal():
            wait = timedelta(seconds=int(header))
        else:
            wait = parsedate_to_datetime(header) - now
    except (TypeError, ValueError, OverflowError):
        return None
    return min(max(wait, timedelta(seconds=1)), _A_DAY)


# Errors that say more than the status.
_MORE_IS_KNOWN = (
    "ErrorSendAsDenied|ErrorExceededMessageLimit|ErrorMessageSizeExceeded|ErrorInvalidRecipients"
)
# The first match explains. Advice common to all servers is in `verdicts`.
ADVICE: Advice = {
    "ErrorMessageSubmissionBlocked": N_(
        "Microsoft holds back mail from this account. Log in to Outlook on the web as "
        "this account and follow the instructions. Then continue here."
    ),
    "MailboxNotEnabledForRESTAPI": N_(
        "This Microsoft account has no mailbox, or none in the cloud. Sign in with one that "
        "has a mailbox in Exchange Online or Outlook.com."
    ),
    "ErrorQuotaExceeded": N_(
        "The sending account's mailbox is full, because Microsoft keeps each mail in "
        "its Sent Items. Make room there. Then continue here."
    ),
    f"{SHARED}: ErrorSendAsDenied": N_(
        "Exchange does not let you send as this shared mailbox. An administrator gives "
        "you “Send as” for it: Exchange admin center, “Mailboxes”, this mailbox, "
        "“Delegation”. This takes up to an hour. Then continue here."
    ),
    f"^40[34] {SHARED}: (?!HTTP|{_MORE_IS_KNOWN})": N_(
        "Microsoft does not open this shared mailbox to you, or does not know the "
        "address. Check the address. An administrator gives you “Full access” and “Send "
        "as” for it: Exchange admin center, “Mailboxes”, this mailbox, “Delegation”. "
        "This takes up to an hour. Then continue here."
    ),
    f"ErrorAccessDenied|^403 {GRAPH}: (?!{_MORE_IS_KNOWN})": N_(
        "This program has no permission to send from this account. Sign in with Microsoft "
        "again and allow what it asks for; if that is not possible, ask an administrator."
    ),
    f"^401 {GRAPH}": N_(
        "Microsoft no longer accepts the sign-in to this account. Sign in with "
        "Microsoft again on “Mail account”."
    ),
    f"^404 {GRAPH}: (?!HTTP)": N_(
        "Microsoft cannot find the sending account's mailbox. Check that the account "
        "still has a mailbox and a licence. Then continue here."
    ),
    f"^429 {GRAPH}(?!.*ErrorExceededMessageLimit)": N_(
        "Microsoft asks us to send more slowly. Sending continues automatically after a pause."
    ),
    f"^5.. {GRAPH}|{NO_ANSWER}": N_(
        "Microsoft broke off after it received the mail. Check the account's Sent "
        "Items. Mails listed there were sent."
    ),
    NOT_REACHED: N_(
        "We could not reach Microsoft. We retry automatically. If this continues, ask "
        "the administrator about internet access on port 443."
    ),
    f"^[34].. ({GRAPH}|{SHARED}): HTTP": N_(
        "The answer is not from Microsoft Graph. Ask the administrator to check GRAPH_URL."
    ),
}


# The rows of the two kinds


def _scope(*permissions: str) -> Callable[[Settings], str]:
    """Return a function for the scope of these permissions at Graph's site."""
    return lambda settings: " ".join(
        f"{settings.graph_url.rstrip('/')}/{permission}" for permission in permissions
    )


# Per mailbox: learn.microsoft.com, “Exchange Online limits” and “Microsoft Graph service-specific
# throttling limits” (Outlook). Outlook.com's own servers send the mails of its addresses, too.
_OF_ONE_PERSON = Service(
    lambda settings: f"{settings.graph_url.rstrip('/')}/v1.0",
    SendingLimits(per_minute=30, per_day=10_000, connections=4),
    (OUTLOOK_COM,),
)
GRAPH_KIND = TransportKind(
    "graph",
    GraphTransport,
    _OF_ONE_PERSON,
    (
        Way(
            N_("Sign in with Microsoft"),
            N_(
                "For Microsoft 365 and Outlook.com. Mails are sent through Microsoft "
                "Graph over HTTPS, without a password or SMTP. The same sign-in reads "
                "bounced mail, so it asks to send and to read mail."
            ),
            MailProvider.MICROSOFT,
            N_("Sign in with Microsoft"),
            # For sending, for reading returned mail, and for checks.
            _scope("Mail.Send", "Mail.Read", "User.Read"),
        ),
    ),
    inbox=GraphInbox,
    advice=ADVICE,
)
SHARED_KIND = TransportKind(
    "graph_shared",
    partial(GraphTransport, is_shared=True),
    replace(_OF_ONE_PERSON, servers=()),
    (
        Way(
            N_("Sign in with Microsoft (shared mailbox)"),
            N_(
                "For an address of Microsoft 365 that several people read, such as office@ or "
                "thanks@: enter it above, and sign in as yourself. In Exchange you need “Full "
                "access” and “Send as” for it. Microsoft asks whether this program may read mail "
                "that you can access and send on behalf of others, which includes your own "
                "mailbox; it opens the shared one alone. A test mail proves that it works."
            ),
            MailProvider.MICROSOFT,
            N_("Sign in with Microsoft"),
            # For mailboxes that are shared with the person who signs in, and for their own.
            _scope("Mail.Send.Shared", "Mail.Read.Shared"),
        ),
    ),
    inbox=partial(GraphInbox, is_shared=True),
    is_shared=True,
)
