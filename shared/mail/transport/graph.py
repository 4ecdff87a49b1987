"""Microsoft Graph: a message goes out over HTTPS on behalf of the signed-in person.

`POST /me/sendMail` takes MIME in base64, answers 202 when it has stored the message, and leaves it
in Sent Items. Addresses are checked later, and wrong ones come back as mail (`mail.bounces`).

A shared mailbox has no sign-in of its own: whoever has access to it sends from
`/users/{address}/sendMail` (learn.microsoft.com, “Send Outlook messages from another user”).
"""

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import httpx2

from shared.errors import SignInBusy, SignInEnded
from shared.findings import Finding, Level
from shared.language import N_
from shared.mail.transport.account import Account
from shared.mail.transport.graph_connection import (
    OWN,
    Answer,
    GraphConnection,
    shared_with_them,
)
from shared.mail.transport.graph_verdicts import (
    BROKEN_OFF,
    GRAPH,
    NO_ANSWER,
    NOT_REACHED,
    SHARED,
    TOO_LARGE,
    judged,
)
from shared.mail.transport.protocol import HELD_BACK, Outcome, Transport
from shared.mail.transport.smtp_findings import finding_of
from shared.mail.transport.verdicts import judge
from shared.mail.transport.watchdog import watchdog
from shared.mail.transport.xoauth2 import without_token
from shared.storage.models import Phase, Verdict

# A request may have 4 MB, of which base64 leaves three quarters.
LARGEST_MESSAGE = 3_000_000
# A server that answers byte by byte never exceeds the timeout of a single step.
_WHOLE_HAND_OVER = 3


class _HeldBack(Exception):
    """The message is no longer wanted."""


class _BrokenOff(Exception):
    """The other side is no longer there to take the message."""


@dataclass
class _HandOver:
    """The message on its way; `has_begun` is set once some of it may have arrived."""

    encoded: bytes
    before_content: Callable[[], bool]
    was_asked: bool = False
    has_begun: bool = False


class GraphTransport(Transport):
    """A connection for one thread, kept for the next message."""

    # How its answers are introduced in outcomes.
    _name = GRAPH

    def __init__(self, account: Account) -> None:
        self.account = account
        self._mailbox = OWN
        self._connection = GraphConnection(account.service_url, account.timeout)

    def deliver(
        self, message: bytes, recipient: str, before_content: Callable[[], bool] = lambda: True
    ) -> Outcome:
        """See `Transport`. Graph sends to the addresses in the message's own headers."""
        if len(message) > LARGEST_MESSAGE:
            return Outcome(Verdict.NEEDS_OPERATOR, Phase.COMPOSE, None, TOO_LARGE)
        hand_over = _HandOver(base64.b64encode(message), before_content)
        return self._guarded(lambda: judged(self._send(hand_over), self._name), hand_over)

    def check(self) -> list[Finding]:
        """See `Transport`; leaves nothing open."""
        try:
            outcome = self._guarded(lambda: _looked(self._signed(self._look), self._name))
        finally:
            self.close()
        if outcome.verdict is Verdict.SENT:
            return self._found()
        return [finding_of(self.account, outcome)]

    def is_open(self) -> bool:
        return self._connection.is_open()

    def close(self) -> None:
        self._connection.close()

    def cut(self) -> None:
        self._connection.cut()

    def _send(self, hand_over: _HandOver) -> Answer:
        length = len(hand_over.encoded)
        return self._signed(
            lambda token: self._connection.post(
                f"{self._mailbox}/sendMail", token, self._content(hand_over), length
            )
        )

    def _content(self, hand_over: _HandOver) -> Iterator[bytes]:
        """The last possible moment: the connection is open, and nothing of the message is out
        yet."""
        if not hand_over.was_asked and not hand_over.before_content():
            raise _HeldBack
        hand_over.was_asked = True
        if self._connection.was_closed():
            raise _BrokenOff
        hand_over.has_begun = True
        yield hand_over.encoded

    def _look(self, token: str) -> Answer:
        return self._connection.get("/me?$select=id", token)

    def _found(self) -> list[Finding]:
        words = {"address": self.account.username}
        return [Finding(Level.GREEN, _SUBJECT, _WORKS, words)]

    def _signed(self, ask: Callable[[str], Answer]) -> Answer:
        """A token may have been revoked early: a new one is tried once."""
        token = self.account.token
        assert token is not None
        first = token("")
        answer = ask(first)
        return ask(token(first)) if answer.status == 401 else answer

    def _guarded(self, talk: Callable[[], Outcome], hand_over: _HandOver | None = None) -> Outcome:
        """Turn failures into an outcome, and leave no half-open conversation behind."""
        try:
            with watchdog().watching(self, self.account.timeout * _WHOLE_HAND_OVER):
                return talk()
        except (SignInEnded, SignInBusy, _HeldBack, _BrokenOff, httpx2.HTTPError, OSError) as fault:
            self.close()
            has_begun = hand_over is not None and hand_over.has_begun
            if isinstance(fault, SignInEnded | SignInBusy):
                return without_token(fault)
            if isinstance(fault, _HeldBack):
                return HELD_BACK
            if has_begun:
                return Outcome(Verdict.UNSURE, Phase.CONTENT, None, NO_ANSWER)
            if isinstance(fault, httpx2.ConnectError | httpx2.ConnectTimeout):
                text = f"{NOT_REACHED}: {str(fault) or 'timed out'}"
                return Outcome(judge(Phase.CONNECT, None, text), Phase.CONNECT, None, text)
            return Outcome(Verdict.RETRY, Phase.DATA, None, BROKEN_OFF)
        except BaseException:
            # The database is unreachable, or a bug: the next message must not continue this
            # request.
            self.close()
            raise


class SharedMailboxTransport(GraphTransport):
    """The same for a mailbox that several people share: the account's address is the mailbox's."""

    _name = SHARED

    def __init__(self, account: Account) -> None:
        super().__init__(account)
        self._mailbox = shared_with_them(account.username)

    def _look(self, token: str) -> Answer:
        return self._connection.get(f"{self._mailbox}/mailFolders/inbox?$select=id", token)

    def _found(self) -> list[Finding]:
        """Who may open a mailbox need not be allowed to send as it, which nothing but a mail
        shows."""
        words = {"address": self.account.username}
        return [
            Finding(Level.GREEN, _SUBJECT, _OPENS, words),
            Finding(Level.AMBER, _SUBJECT, _MAY_SEND, words, needs_mail=True),
        ]


def _looked(answer: Answer, name: str) -> Outcome:
    if answer.status == 200:
        return Outcome(Verdict.SENT, Phase.AUTH, 200, "")
    return judged(answer, name)


_SUBJECT = N_("Mail account")
_WORKS = N_("Microsoft accepts the sign-in of {address}.")
_OPENS = N_("Microsoft opens the shared mailbox {address}.")
_MAY_SEND = N_(
    "Only a mail shows whether who signed in may send as the shared mailbox {address}: send "
    "yourself a test mail. Once Microsoft has taken it, the event is live."
)
