"""A mailbox over IMAP (RFC 3501): read, and left unchanged unless a move was requested."""

import imaplib
import re
import socket
import ssl
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from types import TracebackType
from typing import Any

from imap_tools import BaseMailBox
from imap_tools.errors import ImapToolsError

from shared.destinations import PUBLIC, Reach
from shared.errors import DestinationRefused, MailboxTrouble
from shared.language import N_
from shared.storage.models import Security

# Signs in to an open connection; raises what imaplib raises.
SignIn = Callable[[BaseMailBox], object]

NOT_REACHED = DestinationRefused.message
NO_SERVER = N_(
    "No IMAP server answers there. Check the server's name, the port and the encryption."
)
REFUSED = N_(
    "The IMAP server does not accept this user name and password. Many providers want an app "
    "password or an authorization code here, too, and IMAP switched on in the mailbox's settings."
)
NO_FOLDER = N_("The mailbox has no folder of this name.")
BROKEN_OFF = N_("The IMAP server broke off. It is asked again by itself.")

# In a report, all that matters comes before the returned mail.
_BEGINNING = 256 * 1024
# More than is requested at once: 25 mails of 256 KB. Each line takes memory besides its octets.
_LONGEST_ANSWER, _A_LINE = 8 << 20, 100
_UID = re.compile(rb"\bUID (\d+)")


@dataclass(frozen=True)
class ImapServer:
    """Where the mailbox is; `timeout` is in seconds, per answer."""

    host: str
    port: int
    security: Security
    reach: Reach = PUBLIC
    timeout: float = 30.0


class _Bounded(imaplib.IMAP4):
    """Goes only where `reach` allows, and limits the size of the answer to one command, whatever
    was requested."""

    reach: Reach
    _left = _LONGEST_ANSWER

    def _create_socket(self, timeout: float | None) -> socket.socket:
        return self.reach.connect(self.host, self.port, timeout or 30.0)

    def uid(self, command: str, *args: str) -> tuple[str, list[Any]]:
        self._left = _LONGEST_ANSWER
        return super().uid(command, *args)

    def read(self, size: int) -> bytes:
        self._take(size)
        return super().read(size)

    def readline(self) -> bytes:
        try:
            line = super().readline()
        except self.error as fault:  # It has no end.
            raise self.abort(str(fault)) from None
        self._take(len(line) + _A_LINE)
        return line

    def _take(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise self.abort("the answer is too long")


class _Encrypted(_Bounded, imaplib.IMAP4_SSL):
    def _create_socket(self, timeout: float | None) -> socket.socket:
        plain = super()._create_socket(timeout)
        encrypted: ssl.SSLSocket = self.ssl_context.wrap_socket(plain, server_hostname=self.host)
        return encrypted


class _Box(BaseMailBox):
    """imap-tools on a connection that goes only where `server.reach` allows."""

    def __init__(self, server: ImapServer, begin: Callable[[imaplib.IMAP4], None]) -> None:
        """`begin` gets the connection before the server has said anything."""
        self._server, self._begin = server, begin
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        server, tls = self._server, ssl.create_default_context()
        encrypted = {"ssl_context": tls} if server.security is Security.TLS else {}
        kind = _Encrypted if encrypted else _Bounded
        client = kind.__new__(kind)
        client.reach = server.reach
        self._begin(client)
        client.__init__(server.host, server.port, timeout=server.timeout, **encrypted)  # type: ignore[misc]
        if not encrypted:
            # Always: neither passwords nor mails are sent in the clear.
            client.starttls(tls)
        return client


class ImapMailbox:
    """An open mailbox; use as a context manager. Failures raise MailboxTrouble."""

    def __init__(self, server: ImapServer, sign_in: SignIn) -> None:
        self._server, self._sign_in = server, sign_in
        self._box: _Box | None = None
        self._client: imaplib.IMAP4 | None = None

    def __enter__(self) -> "ImapMailbox":
        try:
            # Answers before an IMAP greeting are not quoted: it may be any service.
            with _told(NO_SERVER):
                self._box = _Box(self._server, self._begin)
            with _told(REFUSED):
                self._sign_in(self._box)
                # NetEase opens no folder for a program that does not identify itself (RFC 2971).
                if "ID" in self._box.client.capabilities:
                    self._box.client.xatom("ID", '("name" "volunteer-certificates")')
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._box is not None:
            with suppress(ImapToolsError, imaplib.IMAP4.error, OSError):
                self._box.logout()
            # After a broken connection, no logout is possible.
            with suppress(OSError):
                self._box.client.shutdown()

    def cut(self) -> None:
        """Abort what another thread is waiting for."""
        connected = getattr(self._client, "sock", None)
        if connected is not None:
            with suppress(OSError):
                socket.socket.shutdown(connected, socket.SHUT_RDWR)

    def _begin(self, client: imaplib.IMAP4) -> None:
        self._client = client

    def open(self, folder: str, *, to_move: bool = False) -> int:
        """Open a folder, read-only unless mails are `to_move`; returns its UIDVALIDITY."""
        with _told(NO_FOLDER):
            self._opened.folder.set(folder, readonly=not to_move)
        validity = self._opened.client.response("UIDVALIDITY")[1]
        return int(validity[0]) if validity and validity[0] else 0

    def uids(self, after: int, since: date | None = None) -> list[int]:
        """The UIDs of the mails after `after`, in order; on the first look, those `since`."""
        # Asking for 99:* returns the last mail, whatever its UID.
        wanted = f"UID {after + 1}:*" if since is None else f"SINCE {since:%d-%b-%Y}"
        with _told(BROKEN_OFF):
            found = self._opened.uids(wanted, charset=None)
        return sorted(uid for uid in map(int, found) if uid > after)

    def headers(self, uids: Iterable[int]) -> dict[int, bytes]:
        return self._fetch(uids, "BODY.PEEK[HEADER]<0.65536>")

    def beginnings(self, uids: Iterable[int]) -> dict[int, bytes]:
        """The mails themselves, up to the size that a report needs."""
        return self._fetch(uids, f"BODY.PEEK[]<0.{_BEGINNING}>")

    def source(self, message_id: str, most: int) -> bytes | None:
        """The newest mail with this Message-ID, one of ours, up to `most` bytes."""
        with _told(BROKEN_OFF):
            found = self._opened.uids(f'HEADER Message-ID "{message_id}"', charset=None)
        newest = sorted(map(int, found))[-1:]
        return next(iter(self._fetch(newest, f"BODY.PEEK[]<0.{most}>").values()), None)

    def move(self, uids: Iterable[int], folder: str) -> None:
        if wanted := [str(uid) for uid in uids]:
            with _told(NO_FOLDER):
                self._opened.move(wanted, folder)

    @property
    def _opened(self) -> _Box:
        assert self._box is not None
        return self._box

    def _fetch(self, uids: Iterable[int], part: str) -> dict[int, bytes]:
        numbers = ",".join(map(str, uids))
        if not numbers:
            return {}
        with _told(BROKEN_OFF):
            state, lines = self._opened.client.uid("FETCH", numbers, f"(UID {part})")
            if state != "OK":
                raise imaplib.IMAP4.error(state)
        return dict(_by_uid(lines))


def _by_uid(lines: list[bytes | tuple[bytes, bytes]]) -> Iterator[tuple[int, bytes]]:
    """The literals of an answer by UID, which may come before or after a literal."""
    for place, line in enumerate(lines):
        if not isinstance(line, tuple):
            continue
        after = lines[place + 1] if place + 1 < len(lines) else b""
        found = _UID.search(line[0]) or _UID.search(after if isinstance(after, bytes) else b"")
        if found:
            yield int(found[1]), line[1]


@contextmanager
def _told(text: str) -> Iterator[None]:
    """Turn errors in the block into MailboxTrouble with this message."""
    try:
        yield
    except DestinationRefused:
        raise MailboxTrouble(reason=NOT_REACHED) from None
    except (OSError, imaplib.IMAP4.abort):
        raise MailboxTrouble(reason=BROKEN_OFF if text != NO_SERVER else text) from None
    except (ImapToolsError, imaplib.IMAP4.error, ValueError):
        raise MailboxTrouble(reason=text) from None
