"""SMTP: one connection to a mail server, kept open, and the outcome of each message.

yagmail connects. Messages are bytes (`kinds.mime`), so that yagmail never gets a name that it could
mistake for the path of a file.
"""

import re
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from shared.addresses import address_on_the_wire
from shared.errors import DestinationRefused, SignInBusy, SignInEnded
from shared.findings import Finding
from shared.language import N_
from shared.mail.transport.answers import printed
from shared.mail.transport.outcome import HELD_BACK, Outcome
from shared.mail.transport.own_answers import (
    NO_MAIL_SERVER,
    NOT_REACHED,
    ONLY_ASCII,
    TOKEN_REFUSED,
    TURNED_AWAY,
)
from shared.mail.transport.protocol import Account, MailProvider, Transport, TransportKind, Way
from shared.mail.transport.verdicts import (
    counts_connections,
    counts_mails_of_connection,
    finding_of,
    judge,
    quota_period,
    without_token,
)
from shared.mail.transport.watchdog import hang_up, unbroken, watchdog
from shared.storage.models import Phase, Security, Verdict

# A plain addr-spec (RFC 5321, 4.1.2, without quoted strings). It is written into commands as it is:
# smtplib's parsing takes 0.1 ms, and makes e@evil.net of "(v@example.com)e@evil.net".
_ADDRESS = re.compile(
    r"(?!.{255})[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}"
)
# The same in any script (RFC 6532, 3.2): everything outside ASCII counts as a letter.
_WIDE = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u00a1-\U0010ffff-]+"
_ANY_LOCAL = re.compile(rf"(?!.{{65}}){_WIDE}(\.{_WIDE})*")
# Servers end a connection after a number of mails, often 100; it is closed before.
_MAILS_PER_CONNECTION = 50
# The number for servers that said that they take fewer, by name, port and the account's user. Each
# process learns it from one answer.
_FEWER_MAILS: dict[tuple[str, int, str], int] = {}
_GOODBYE_SECONDS = 5.0
# The codes for a failed sign-in (RFC 4954, 6), and of a server that ends the connection.
_NOT_SIGNED_IN, _CLOSING = 535, 421
# The answer after which the content may follow (RFC 5321, 3.3).
_GO_AHEAD = 354

_NO_PLAIN_RECIPIENT = Outcome(Verdict.REJECTED, Phase.RCPT, None, "not a plain e-mail address")
_NO_SMTPUTF8 = Outcome(Verdict.REJECTED, Phase.RCPT, None, ONLY_ASCII)
_NO_SECRET_IN_PLAIN = Outcome(
    Verdict.NEEDS_OPERATOR, Phase.AUTH, None, "a password is never sent without TLS"
)
_NO_PLAIN_SENDER = Outcome(
    Verdict.NEEDS_OPERATOR, Phase.MAIL, None, "the sender is not a plain e-mail address"
)


def is_plain_address(address: str) -> bool:
    """Return whether `address` can be handed to a server as it is: ASCII, without comments or
    quotes."""
    return address.isascii() and _ADDRESS.fullmatch(address) is not None


def is_plain_in_any_script(address: str) -> bool:
    """Return whether `address` can be handed to a server that takes SMTPUTF8 (RFC 6531) as it is:
    letters of any script before the “@”, not all of them ASCII, and no comments or quotes."""
    local, _, domain = address.rpartition("@")
    is_local = _ANY_LOCAL.fullmatch(local) is not None and local.isprintable()
    return is_local and not local.isascii() and is_plain_address(f"a@{domain}")


class SmtpTransport(Transport):
    """A connection for one thread: over a shared one, a mail once reached two wrong people."""

    def __init__(self, account: Account, trusted: ssl.SSLContext | None = None) -> None:
        """`trusted` replaces the system's certificate authorities (tests)."""
        self.account = account
        # Loaded only to send: it is a quarter of what showing an event's state would load.
        from shared.mail.transport.mailer import Mailer

        self._mailer = Mailer(account, trusted)
        self._phase = Phase.CONNECT
        self._mails = 0

    def deliver(
        self, message: bytes, recipient: str, before_content: Callable[[], bool] = lambda: True
    ) -> Outcome:
        """See `Transport`. `before_content` is called once the server has asked for the content."""
        recipient = address_on_the_wire(recipient)
        if not is_plain_address(recipient) and not is_plain_in_any_script(recipient):
            return _NO_PLAIN_RECIPIENT
        if not is_plain_address(self.account.from_address):
            return _NO_PLAIN_SENDER
        place = (self.account.host, self.account.port, self.account.username)
        if self._mails >= _FEWER_MAILS.get(place, _MAILS_PER_CONNECTION):
            self.close()
        was_open, borne = self.is_open(), self._mails

        def hand_over() -> Outcome:
            return self._guarded(lambda: self._speak(message, recipient, before_content))

        outcome = hand_over()
        if not was_open or not _was_about_the_connection(outcome):
            return outcome
        again = hand_over()
        if borne and again.verdict is Verdict.SENT and counts_mails_of_connection(outcome.text):
            _FEWER_MAILS[place] = borne
        return again

    def try_out(self) -> Outcome:
        """Connect, encrypt, sign in and name the sender; no message follows (RFC 5321, 4.1.4).

        Return SENT if that works.
        """

        def name_sender() -> Outcome:
            self._phase = Phase.MAIL
            if not is_plain_address(self.account.from_address):
                return _NO_PLAIN_SENDER
            code, answer = self._mailer.smtp.docmd(f"MAIL FROM:<{self.account.from_address}>")
            if code != 250:
                return self._refused(code, answer)
            return Outcome(Verdict.SENT, Phase.MAIL, code, printed(answer))

        return self._guarded(lambda: self._sign_in() or name_sender())

    def check(self) -> list[Finding]:
        """See `Transport`."""
        return [finding_of(self.account, self.try_out())]

    def is_open(self) -> bool:
        """Return whether a connection is open, as far as this side knows."""
        return self._mailer.smtp is not None and self._mailer.smtp.sock is not None

    def close(self) -> None:
        """Say goodbye and close. A server that no longer listens is no fault."""
        if self.is_open():
            seconds = min(self.account.timeout, _GOODBYE_SECONDS)
            with suppress(OSError, smtplib.SMTPException), watchdog().watching(self, seconds):
                self._mailer.smtp.quit()
        self._drop()

    def _drop(self) -> None:
        """Close without saying goodbye, as after a fault."""
        if self._mailer.smtp is not None:
            self._mailer.smtp.close()
        self._mailer.smtp = None

    def cut(self) -> None:
        """End a hand-over that another thread waits for."""
        hang_up(getattr(self._mailer.smtp, "sock", None))

    def _guarded(self, conversation: Callable[[], Outcome]) -> Outcome:
        """Turn the faults of a conversation into its outcome, and leave no conversation half open.

        The class of an smtplib error says little (421 at RCPT comes as "recipients refused"), so it
        is judged by step, code and text.
        """
        try:
            with unbroken(self, self.account.timeout, self._drop):
                return conversation()
        except DestinationRefused:
            return Outcome(Verdict.NEEDS_OPERATOR, Phase.COMPOSE, None, NOT_REACHED)
        except (SignInEnded, SignInBusy) as refusal:
            return without_token(refusal)
        except smtplib.SMTPConnectError as refusal:
            # 2xx and 3xx refuse nothing: no mail server answers so here.
            code = refusal.smtp_code if 400 <= refusal.smtp_code <= 599 else None
            outcome = self._judged(code, printed(refusal.smtp_error))
            return replace(outcome, text=_greeting(outcome))
        except smtplib.SMTPResponseException as refusal:
            outcome = self._judged(refusal.smtp_code, printed(refusal.smtp_error))
            is_final = outcome.verdict is Verdict.NEEDS_OPERATOR
            if self.account.token and outcome.phase is Phase.AUTH and is_final:
                # Without a password, advice about one would mislead.
                return replace(outcome, text=f"{TOKEN_REFUSED}: {outcome.text}")
            return outcome
        except UnicodeError:
            return self._judged(None, "user name or password cannot be sent in a sign-in")
        except (OSError, smtplib.SMTPException) as fault:
            return self._judged(None, printed(str(fault)) or type(fault).__name__)

    def _sign_in(self) -> Outcome | None:
        if self.is_open():
            return None
        has_secret = self.account.password or self.account.token
        if has_secret and self.account.security is Security.NONE:
            return _NO_SECRET_IN_PLAIN
        if not self.account.token:
            self._connect()
            if self.account.password:
                self._mailer.smtp.login(self.account.username, self.account.password)
            return None
        self._phase = Phase.AUTH
        token = self.account.token("")
        try:
            self._connect(token)
        except smtplib.SMTPAuthenticationError as refusal:
            if refusal.smtp_code != _NOT_SIGNED_IN:
                raise
            # Tokens may end early, so a new one is tried after a refusal.
            self._drop()
            self._connect(self.account.token(token))
        return None

    def _connect(self, token: str = "") -> None:
        """Connect, encrypt, and sign in with the token, if there is one, by SASL XOAUTH2, as in
        Google's “OAuth 2.0 Mechanism”; Microsoft's is the same.

        Raises SMTPAuthenticationError if the server does not accept it: it says why in a challenge,
        which an empty line answers.
        """
        self._phase = Phase.CONNECT
        self._mailer.login()
        self._mails = 0
        self._mailer.smtp.ehlo_or_helo_if_needed()
        self._phase = Phase.AUTH
        if token:
            said = f"user={self.account.username}\1auth=Bearer {token}\1\1"
            self._mailer.smtp.auth("XOAUTH2", lambda challenge=None: "" if challenge else said)

    def _speak(self, message: bytes, recipient: str, before_content: Callable[[], bool]) -> Outcome:
        """Send one mail (RFC 5321, 3.3), with the commands before its content in one exchange if
        the server offers that (RFC 2920; `make bench`: handing over, 40 ms away)."""
        if refusal := self._sign_in():
            return refusal
        if not recipient.isascii() and not self._mailer.smtp.has_extn("smtputf8"):
            return _NO_SMTPUTF8
        options = self._options(message, recipient)
        steps = (
            (Phase.MAIL, f"MAIL FROM:<{self.account.from_address}>{options}", (250,)),
            (Phase.RCPT, f"RCPT TO:<{recipient}>", (250, 251, 252)),
            (Phase.DATA, "DATA", (_GO_AHEAD,)),
        )
        in_one_exchange = self._mailer.smtp.has_extn("pipelining")
        if in_one_exchange:
            self._phase = Phase.MAIL
            self._mailer.smtp.send("".join(f"{command}\r\n" for _, command, _ in steps))
        for done, (self._phase, command, welcome) in enumerate(steps, 1):
            if not in_one_exchange:
                self._mailer.smtp.putcmd(command)
            code, answer = self._mailer.smtp.getreply()
            if code not in welcome:
                return self._refused(code, answer, in_one_exchange * (len(steps) - done))
            self._mails += self._phase is Phase.MAIL
        if not before_content():
            self._drop()
            return HELD_BACK
        self._phase = Phase.CONTENT
        # A line that is only a dot would end the message (RFC 5321, 4.5.2).
        start = b"." if message.startswith(b".") else b""
        with_dots_doubled = start + message.replace(b"\r\n.", b"\r\n..")
        self._mailer.smtp.send(with_dots_doubled + b".\r\n")
        watchdog().allow(self, self.account.dot_timeout)
        self._mailer.smtp.sock.settimeout(self.account.dot_timeout)
        code, answer = self._mailer.smtp.getreply()
        self._mailer.smtp.sock.settimeout(self.account.timeout)
        if not 200 <= code <= 299:
            return self._refused(code, answer)
        return Outcome(Verdict.SENT, Phase.CONTENT, code, printed(answer))

    def _options(self, message: bytes, recipient: str) -> str:
        """Return the parameters of a mail after its sender (RFC 1870, RFC 6531)."""
        size = f" SIZE={len(message)}" if self._mailer.smtp.has_extn("size") else ""
        if recipient.isascii():
            return size
        self._mailer.smtp.command_encoding = "utf-8"
        return f"{size} BODY=8BITMIME SMTPUTF8"

    def _refused(self, code: int, answer: bytes, unread: int = 0) -> Outcome:
        """Return the outcome, with the connection left as the next mail needs it.

        `unread` more commands, the last of them DATA, wait for their answers.
        """
        try:
            codes = [code]
            while len(codes) <= unread and _CLOSING not in codes:
                codes.append(self._mailer.smtp.getreply()[0])
            if _CLOSING in codes:
                self._drop()  # Some servers leave the connection open, but take nothing more.
            elif codes[-1] != _GO_AHEAD:
                self._mailer.smtp.rset()
            elif self._phase is Phase.RCPT and 400 <= code <= 599:
                self._mailer.smtp.docmd(".")  # A mail to nobody (RFC 2920, 3.1).
            else:
                self._drop()  # It would be an empty mail.
        except (OSError, smtplib.SMTPException):
            self._drop()  # The server's earlier answer still counts.
        return self._judged(code, printed(answer))

    def _judged(self, code: int | None, text: str) -> Outcome:
        # smtplib uses -1 for no answer; codes have three digits (RFC 5321, 4.2).
        known = code if code and code >= 100 else None
        return Outcome(judge(self._phase, known, text), self._phase, known, text)


def _was_about_the_connection(outcome: Outcome) -> bool:
    """Return whether a new connection may help: the kept one was found closed, or the server ended
    it before anything was handed over (RFC 5321, 3.8)."""
    if outcome.code == _CLOSING:
        return outcome.phase in (Phase.MAIL, Phase.RCPT, Phase.DATA)
    return outcome.phase is Phase.MAIL and outcome.code is None


def _greeting(refusal: Outcome) -> str:
    """Return the meaning, in our own words, of a first answer that is no greeting."""
    if refusal.code is None:
        return NO_MAIL_SERVER
    if counts_connections(refusal.text):
        return f"{TURNED_AWAY}: too many connections"
    period = quota_period(refusal.text)
    return f"{TURNED_AWAY}: too many mails per {period}" if period else TURNED_AWAY


# Google has no narrower permission for SMTP and IMAP (“OAuth 2.0 Mechanism”). At Microsoft both are
# one resource, with one token (“Authenticate an IMAP, POP or SMTP connection using OAuth”).
_GOOGLE_MAIL = "https://mail.google.com/"
MICROSOFT_MAIL = (
    "https://outlook.office.com/SMTP.Send https://outlook.office.com/IMAP.AccessAsUser.All"
)
SMTP_KIND = TransportKind(
    "smtp",
    SmtpTransport,
    None,
    (
        Way(N_("With or without a password")),
        Way(
            N_("Sign in with Microsoft (SMTP)"),
            N_(
                "“Authenticated SMTP” has to be switched on for the tenant and for this mailbox, "
                "and an administrator may have to allow this program first."
            ),
            MailProvider.MICROSOFT,
            N_("Sign in with Microsoft"),
            lambda settings: MICROSOFT_MAIL,
            preset="Microsoft 365",
        ),
        Way(
            N_("Sign in with Google"),
            N_(
                "Sending by SMTP is a restricted permission at Google: a program of your own "
                "Workspace may use it at once, any other only after Google's review. While the "
                "program is in testing there, the sign-in ends after 7 days. An app password needs "
                "none of this."
            ),
            MailProvider.GOOGLE,
            N_("Sign in with Google"),
            lambda settings: _GOOGLE_MAIL,
            preset="Google Workspace",
        ),
        Way(
            N_("Sign in at another provider"),
            N_(
                "For providers with OAuth 2.0 whose mail server accepts XOAUTH2. First "
                "register this program there as a web application. The provider's "
                "documentation says what it needs."
            ),
            MailProvider.OTHER,
            N_("Sign in at the provider"),
        ),
    ),
)
