"""Microsoft Graph: a message goes out over HTTPS on behalf of the signed-in person.

`POST /me/sendMail` takes MIME in base64, answers 202 when it has stored the message, and leaves it
in Sent Items. Addresses are checked later, and wrong ones come back as mail (`mail.bounces`).

A shared mailbox has no sign-in of its own: whoever has access to it sends from
`/users/{address}/sendMail` (learn.microsoft.com, “Send Outlook messages from another user”).
"""

import base64
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache, partial

import httpx2

from shared.errors import SignInBusy, SignInEnded
from shared.findings import Finding, Level
from shared.language import N_
from shared.mail.transport.graph_connection import GraphConnection
from shared.mail.transport.graph_inbox import GraphInbox
from shared.mail.transport.graph_verdicts import (
    ADVICE,
    BROKEN_OFF,
    GRAPH,
    NO_ANSWER,
    NOT_REACHED,
    SHARED,
    TOO_LARGE,
    judged,
)
from shared.mail.transport.own_answers import without_token
from shared.mail.transport.protocol import (
    HELD_BACK,
    Account,
    MailProvider,
    Outcome,
    Service,
    Transport,
    TransportKind,
    Way,
)
from shared.mail.transport.providers import OUTLOOK_COM, Limits
from shared.mail.transport.verdicts import finding_of, judge
from shared.mail.transport.watchdog import watchdog
from shared.settings import Settings
from shared.storage.models import Phase, Verdict

# A request may have 4 MB, of which base64 leaves three quarters.
LARGEST_MESSAGE = 3_000_000
# Before anything of the message can have gone out.
_NO_CONNECTION = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.ProxyError)
# A server that answers byte by byte never exceeds the timeout of a single step.
_WHOLE_HAND_OVER = 3


class _Ended(Exception):
    """The message cannot leave any more, with this outcome."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome


class GraphTransport(GraphConnection, Transport):
    """A connection for one thread, kept for the next message."""

    def __init__(self, account: Account, *, is_shared: bool = False) -> None:
        super().__init__(account, is_shared=is_shared)
        # How its answers are introduced in outcomes.
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
            """The last possible moment: the connection is open, and nothing of the message is out
            yet. Asked for again with another token."""
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
        looked_at = "/mailFolders/inbox" if self._is_shared else ""

        def look() -> Outcome:
            answer = self.get(f"{self._mailbox}{looked_at}?$select=id")
            if answer.status == 200:
                return Outcome(Verdict.SENT, Phase.AUTH, 200, "")
            return judged(answer, self._name)

        outcome = self._guarded(look)
        if outcome.verdict is not Verdict.SENT:
            return [finding_of(self.account, outcome, ADVICE)]
        words = {"address": self.account.username}
        if not self._is_shared:
            return [Finding(Level.GREEN, _SUBJECT, _WORKS, words)]
        # Who may open a mailbox need not be allowed to send as it, which nothing but a mail shows.
        return [
            Finding(Level.GREEN, _SUBJECT, _OPENS, words),
            Finding(Level.AMBER, _SUBJECT, _MAY_SEND, words, needs_mail=True),
        ]

    def _guarded(self, talk: Callable[[], Outcome]) -> Outcome:
        """Turn failures into an outcome, and leave no half-open conversation behind."""
        self._has_begun = False
        try:
            return self._unbroken(talk)
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

    def _unbroken(self, talk: Callable[[], Outcome]) -> Outcome:
        try:
            with watchdog().watching(self, self.account.timeout * _WHOLE_HAND_OVER):
                return talk()
        except BaseException:
            # Also when the database is away, or after a bug: the next message must not continue
            # this request.
            self.close()
            raise


_SUBJECT = N_("Mail account")
_WORKS = N_("Microsoft accepts the sign-in of {address}.")
_OPENS = N_("Microsoft opens the shared mailbox {address}.")
_MAY_SEND = N_(
    "Only a mail shows whether who signed in may send as the shared mailbox {address}: send "
    "yourself a test mail. Once Microsoft has taken it, the event is live."
)


# The rows of both


def _scope(*permissions: str) -> Callable[[Settings], str]:
    """Graph's permissions belong to its site."""
    return lambda settings: " ".join(
        f"{settings.graph_url.rstrip('/')}/{permission}" for permission in permissions
    )


# Per mailbox: learn.microsoft.com, “Exchange Online limits” and “Microsoft Graph service-specific
# throttling limits” (Outlook). Mails of Outlook.com's addresses leave from its own servers, too.
_OF_ONE_PERSON = Service(
    # With the version that this program uses.
    lambda settings: f"{settings.graph_url.rstrip('/')}/v1.0",
    Limits(per_minute=30, per_day=10_000, connections=4),
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
                "For Microsoft 365 and Outlook.com. Mails leave by Microsoft Graph, over HTTPS, so "
                "that neither a password nor SMTP has to be allowed. What comes back is read with "
                "the same sign-in, which asks to send and to read mail."
            ),
            MailProvider.MICROSOFT,
            N_("Sign in with Microsoft"),
            # To send, to read returned mail, and to be checked.
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
            # For mailboxes that are shared with who signs in, and for their own.
            _scope("Mail.Send.Shared", "Mail.Read.Shared"),
        ),
    ),
    inbox=partial(GraphInbox, is_shared=True),
    is_shared=True,
)
