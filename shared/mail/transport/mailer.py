"""yagmail's connection: made only where the account may connect to, and cut at any time."""

import smtplib
import socket
import ssl
from collections.abc import Callable
from typing import Any, BinaryIO

import yagmail

from shared.destinations import Reach
from shared.mail.transport.protocol import Account
from shared.storage.models import Security

# In octets; a reply is read whole into memory, and no real one is as long.
_LONGEST_REPLY = 64 * 1024


class _WholeLines:
    """The lines that a server sends; a line that was cut off counts as the end.

    smtplib would take the beginning of an answer for all of it: the 25 of 250 for a refusal. It
    would also read a reply (RFC 5321, 4.2.1) without limit.
    """

    def __init__(self, lines: BinaryIO) -> None:
        self._lines = lines
        self.left = _LONGEST_REPLY

    def readline(self, limit: int) -> bytes:
        line = self._lines.readline(limit)
        self.left -= len(line)
        if self.left < 0:
            raise OSError("the answer is longer than 64 KB")
        return line if line.endswith(b"\n") or len(line) == limit else b""

    def close(self) -> None:
        self._lines.close()


class _Plain(smtplib.SMTP):
    reach: Reach

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        connected = self.reach.connect(host, port, timeout)
        # A mail of more than one TLS record (16 KB) would wait until the server acknowledges the
        # last but one: up to 40 ms (RFC 896, and RFC 1122, 4.2.3.2). `make bench`: submit to handed
        # over.
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connected

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None and self.sock is not None:
            self.file = _WholeLines(self.sock.makefile("rb"))
        if self.file is not None:
            self.file.left = _LONGEST_REPLY
        return super().getreply()


class _EncryptedSmtp(smtplib.SMTP_SSL, _Plain):
    """SMTP_SSL encrypts the socket that _Plain opens, and checks the server's name."""


class Mailer(yagmail.SMTP):  # type: ignore[misc]
    """yagmail for one account. `smtp` is its open connection, or None.

    Its `send` is not used: it opens a connection for each message, retries by itself, and reports a
    lost message as False.
    """

    smtp: Any

    def __init__(self, account: Account, trusted: ssl.SSLContext | None) -> None:
        """`trusted` replaces the system's certificate authorities."""
        self._reach = account.reach
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
            # smtplib would resolve this machine's name, which can take seconds.
            local_hostname=account.from_address.rpartition("@")[2] or "localhost",
            **encryption[account.security],
        )

    @property
    def connection(self) -> Callable[..., smtplib.SMTP]:
        """The function that yagmail calls to connect."""
        return self._connect

    def _connect(self, host: str, port: str, **settings: Any) -> smtplib.SMTP:
        # smtplib reads the greeting inside __init__. Stored before that, it can be cut even if a
        # server sends its greeting a letter at a time.
        kind = _EncryptedSmtp if self.ssl else _Plain
        self.smtp = smtp = kind.__new__(kind)
        smtp.reach = self._reach
        smtp.__init__(host, int(port), **settings)  # type: ignore[misc]
        return smtp
