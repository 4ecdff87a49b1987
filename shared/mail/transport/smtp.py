"""One kept connection to a mail server, and what became of each mail handed to it.

yagmail connects. Its `send` is not used: it opens a connection per mail, tries again by itself,
and reports a lost mail as False. Messages come as bytes (`messages`), so that yagmail never
sees a name that it could take for the path of a file.
"""

import re
import smtplib
import socket
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO, TypeVar

import yagmail

from shared.destinations import ANYWHERE, PUBLIC, Reach
from shared.errors import DestinationRefused
from shared.mail.transport.own_answers import NO_MAIL_SERVER, NOT_REACHED, TURNED_AWAY
from shared.mail.transport.protocol import HELD_BACK, Outcome
from shared.mail.transport.verdicts import counts_connections, judge, quota_period
from shared.mail.transport.watchdog import watchdog
from shared.storage.models import Phase, Security, SendingAccount, Verdict

Answer = TypeVar("Answer")

# A plain addr-spec (RFC 5321, 4.1.2, without quoted strings). It goes into the commands as it is:
# smtplib's own parsing of it takes 0.1 ms, and makes e@evil.net of "(v@example.com)e@evil.net".
_ADDRESS = re.compile(
    r"(?!.{255})[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}"
)
# Servers hang up after some mails (often 100) or some idle time: be the first to leave.
_MAILS_PER_CONNECTION = 50
_IDLE_SECONDS = 20.0
# A server that answers a byte at a time never meets the time-out of a single answer.
_WHOLE_HAND_OVER = 3
_GOODBYE_SECONDS = 5.0


_NO_PLAIN_SENDER = Outcome(
    Verdict.NEEDS_OPERATOR, Phase.MAIL, None, "the sender is not a plain e-mail address"
)


@dataclass(frozen=True)
class Account:
    """Where mails are handed over, and as whom. `timeout` is in seconds, for each answer."""

    host: str
    port: int
    security: Security
    from_address: str
    username: str = ""
    password: str | None = field(default=None, repr=False)
    timeout: float = 30.0
    reach: Reach = PUBLIC

    @classmethod
    def of(
        cls,
        row: SendingAccount,
        sender: str,
        password: str | None,
        reach: Reach,
        timeout: float = 30.0,
    ) -> "Account":
        """`sender`: an event's own address, or empty.

        `reach` is the organizers': what the owner has entered may lie anywhere.
        """
        return cls(
            host=row.host,
            port=row.port,
            security=row.security,
            from_address=sender or row.username,
            username=row.username,
            password=None if row.skip_auth else password,
            timeout=timeout,
            reach=ANYWHERE if row.host_by_owner else reach,
        )


def is_plain_address(address: str) -> bool:
    """Whether `address` can be handed to a server as it is: ASCII, without comments or quotes."""
    return address.isascii() and _ADDRESS.fullmatch(address) is not None


def try_account(account: Account) -> Outcome:
    """Connect, encrypt, sign in and name the sender, without a mail. SENT stands for: it works."""
    connection = Connection(account)
    try:
        return connection.sign_in() or connection.name_sender()
    finally:
        connection.leave()


class _WholeLines:
    """The lines that a server sends; one that was cut off is the end of them.

    smtplib would take the beginning of an answer for the whole of it: 25 of 250 for a refusal.
    """

    def __init__(self, lines: BinaryIO) -> None:
        self._lines = lines

    def readline(self, limit: int) -> bytes:
        line = self._lines.readline(limit)
        return line if line.endswith(b"\n") or len(line) == limit else b""

    def close(self) -> None:
        self._lines.close()


class _Plain(smtplib.SMTP):
    reach: Reach

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return self.reach.connect(host, port, timeout)

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None and self.sock is not None:
            self.file = _WholeLines(self.sock.makefile("rb"))
        return super().getreply()


class _Encrypted(smtplib.SMTP_SSL, _Plain):
    """SMTP_SSL encrypts the socket that _Plain opens, and checks the server's name."""


class Connection(yagmail.SMTP):  # type: ignore[misc]
    """A connection for one thread: shared between threads, a mail reached two wrong people."""

    smtp: Any

    def __init__(self, account: Account, trusted: ssl.SSLContext | None = None) -> None:
        """`trusted` replaces the system's certificate authorities (tests)."""
        self.account = account
        tls = trusted or ssl.create_default_context()
        encryption: dict[Security, dict[str, Any]] = {
            Security.TLS: {"smtp_ssl": True, "context": tls},
            Security.STARTTLS: {"smtp_ssl": False, "smtp_starttls": {"context": tls}},
            Security.NONE: {"smtp_ssl": False, "smtp_starttls": False},
        }
        super().__init__(
            {account.from_address: account.from_address},
            "",
            account.host,
            account.port,
            smtp_skip_login=True,
            soft_email_validation=False,
            timeout=account.timeout,
            # smtplib would ask the resolver for this machine's name, which can take seconds.
            local_hostname=account.from_address.rpartition("@")[2] or "localhost",
            **encryption[account.security],
        )
        self._phase = Phase.CONNECT
        self._mails = 0
        self._used_at = 0.0

    def deliver(
        self, to: str, message: bytes, before_content: Callable[[], bool] = lambda: True
    ) -> Outcome:
        """Hand `message` (CRLF lines) over for the address `to`. Never raises for mail faults.

        `before_content` is asked when the server is ready to take the content, the last moment
        at which the mail can be held back; when it says False the outcome is HELD_BACK.
        """
        if not is_plain_address(to):
            return Outcome(Verdict.REJECTED, Phase.RCPT, None, "not a plain e-mail address")
        if not is_plain_address(self.account.from_address):
            return _NO_PLAIN_SENDER
        if self.is_worn():
            self.leave()
        kept = self.is_connected()
        outcome = self._hand_over(to, message, before_content)
        if kept and self._was_closed_while_idle(outcome):
            outcome = self._hand_over(to, message, before_content)
        return outcome

    def sign_in(self) -> Outcome | None:
        """Connect, encrypt and sign in where that has not been done; None when it worked."""
        with watchdog().watching(self, self.account.timeout * _WHOLE_HAND_OVER):
            return self._guarded(self._sign_in)

    def name_sender(self) -> Outcome:
        """Ask whether the server takes mails from this sender; no mail follows (RFC 5321, 4.1.4).

        SENT stands for: it does.
        """
        with watchdog().watching(self, self.account.timeout * _WHOLE_HAND_OVER):
            return self._guarded(self._name_sender)

    def is_connected(self) -> bool:
        """Whether a connection is open, as far as is known on this side."""
        return self.smtp is not None and self.smtp.sock is not None

    def is_worn(self) -> bool:
        """Whether the server will soon hang up by itself: too many mails, or too long idle."""
        idle = time.monotonic() - self._used_at
        return self.is_connected() and (
            self._mails >= _MAILS_PER_CONNECTION or idle > _IDLE_SECONDS
        )

    def leave(self) -> None:
        """Say goodbye and close; a server that does not listen any more is no fault."""
        if self.is_connected():
            try:
                with watchdog().watching(self, min(self.account.timeout, _GOODBYE_SECONDS)):
                    self.smtp.quit()
            except (OSError, smtplib.SMTPException):
                self.drop()
        self.smtp = None

    def drop(self) -> None:
        """Close without a word, as after a fault."""
        if self.smtp is not None:
            self.smtp.close()
        self.smtp = None

    @property
    def connection(self) -> Callable[..., smtplib.SMTP]:
        """What yagmail calls to connect."""
        return self._connect

    def _connect(self, host: str, port: str, **settings: Any) -> smtplib.SMTP:
        # smtplib reads the greeting inside __init__. Known before that, it can be cut even when
        # a server sends its greeting a letter at a time.
        kind = _Encrypted if self.ssl else _Plain
        self.smtp = smtp = kind.__new__(kind)
        smtp.reach = self.account.reach
        smtp.__init__(host, int(port), **settings)  # type: ignore[misc]
        return smtp

    def cut(self) -> None:
        """End a hand-over that another thread is waiting in."""
        connected = getattr(self.smtp, "sock", None)
        if connected is not None:
            # It may have been closed a moment ago. Not SSLSocket.shutdown: that one takes the
            # encryption off under the reader.
            with suppress(OSError):
                socket.socket.shutdown(connected, socket.SHUT_RDWR)

    def _hand_over(self, to: str, message: bytes, before_content: Callable[[], bool]) -> Outcome:
        seconds = self.account.timeout * _WHOLE_HAND_OVER
        try:
            with watchdog().watching(self, seconds):
                return self._guarded(lambda: self._speak(to, message, before_content))
        finally:
            self._used_at = time.monotonic()

    def _guarded(self, conversation: Callable[[], Answer]) -> Answer | Outcome:
        """Turn the faults of a conversation into its outcome, and leave no half-open talk behind.

        The class of an smtplib error says little (421 at RCPT comes as "recipients refused"), so
        it is judged by step, code and text.
        """
        try:
            return conversation()
        except DestinationRefused:
            self.drop()
            return Outcome(Verdict.NEEDS_OPERATOR, Phase.COMPOSE, None, NOT_REACHED)
        except smtplib.SMTPConnectError as refusal:
            self.drop()
            # 2xx and 3xx refuse nothing: what says so is no mail server.
            code = refusal.smtp_code if 400 <= refusal.smtp_code <= 599 else None
            outcome = self._judged(code, _words(refusal.smtp_error))
            return replace(outcome, text=_greeting(outcome))
        except smtplib.SMTPResponseException as refusal:
            self.drop()
            return self._judged(refusal.smtp_code, _words(refusal.smtp_error))
        except UnicodeError:
            self.drop()
            return self._judged(None, "user name or password cannot be sent in a sign-in")
        except (OSError, smtplib.SMTPException) as fault:
            self.drop()
            return self._judged(None, _words(str(fault)) or type(fault).__name__)
        except BaseException:
            # The database is away, or a bug: the next mail must not continue this conversation.
            self.drop()
            raise

    def _sign_in(self) -> Outcome | None:
        if self.is_connected():
            return None
        if self.account.password and self.account.security is Security.NONE:
            return Outcome(
                Verdict.NEEDS_OPERATOR, Phase.AUTH, None, "a password is never sent without TLS"
            )
        self._phase = Phase.CONNECT
        self.login()
        self._mails = 0
        self.smtp.ehlo_or_helo_if_needed()
        self._phase = Phase.AUTH
        if self.account.password:
            self.smtp.login(self.account.username, self.account.password)
        return None

    def _speak(self, to: str, message: bytes, before_content: Callable[[], bool]) -> Outcome:
        """One mail, step by step (RFC 5321, 3.3)."""
        if refusal := self._sign_in():
            return refusal
        size = f" SIZE={len(message)}" if self.smtp.has_extn("size") else ""
        steps = (
            (Phase.MAIL, f"MAIL FROM:<{self.account.from_address}>{size}"),
            (Phase.RCPT, f"RCPT TO:<{to}>"),
            (Phase.DATA, "DATA"),
        )
        for self._phase, command in steps:
            code, answer = self.smtp.docmd(command)
            if code not in (250, 251, 252, 354):
                return self._refused(code, answer)
        if not before_content():
            self.drop()
            return HELD_BACK
        self._phase = Phase.CONTENT
        self.smtp.send(_with_dots_doubled(message) + b".\r\n")
        code, answer = self.smtp.getreply()
        self._mails += 1
        if not 200 <= code <= 299:
            return self._refused(code, answer)
        return Outcome(Verdict.SENT, Phase.CONTENT, code, _words(answer))

    def _name_sender(self) -> Outcome:
        self._phase = Phase.MAIL
        if not is_plain_address(self.account.from_address):
            return _NO_PLAIN_SENDER
        code, answer = self.smtp.docmd(f"MAIL FROM:<{self.account.from_address}>")
        if code != 250:
            return self._refused(code, answer)
        return Outcome(Verdict.SENT, Phase.MAIL, code, _words(answer))

    def _refused(self, code: int, answer: bytes) -> Outcome:
        try:
            self.smtp.rset()
        except (OSError, smtplib.SMTPException):
            self.drop()  # As after a 421; what the server said before still counts.
        return self._judged(code, _words(answer))

    def _judged(self, code: int | None, text: str) -> Outcome:
        # smtplib uses -1 for an answer that was none; codes have three digits (RFC 5321, 4.2).
        known = code if code and code >= 100 else None
        return Outcome(judge(self._phase, known, text), self._phase, known, text)

    @staticmethod
    def _was_closed_while_idle(outcome: Outcome) -> bool:
        """The first word on a kept connection found it closed: nothing was handed over."""
        return outcome.phase is Phase.MAIL and outcome.code in (None, 421)


def _with_dots_doubled(message: bytes) -> bytes:
    """A line that is only a dot would end the message (RFC 5321, 4.5.2)."""
    start = b"." if message.startswith(b".") else b""
    return start + message.replace(b"\r\n.", b"\r\n..")


def _greeting(refusal: Outcome) -> str:
    """What is kept of a first answer that is no greeting: what it counts, in our own words."""
    if refusal.code is None:
        return NO_MAIL_SERVER
    if counts_connections(refusal.text):
        return f"{TURNED_AWAY}: too many connections"
    period = quota_period(refusal.text)
    return f"{TURNED_AWAY}: too many mails per {period}" if period else TURNED_AWAY


def _words(answer: bytes | str, limit: int = 500) -> str:
    """The server's answer as one printable line."""
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:limit]
