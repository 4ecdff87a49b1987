"""A mailbox over IMAP (RFC 3501): read, and left unchanged unless a move was requested."""

import imaplib
import logging
import re
import socket
import ssl
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any

from imap_tools import BaseMailBox
from imap_tools.errors import ImapToolsError

from shared.destinations import ANYWHERE, Reach
from shared.errors import (
    DestinationRefused,
    MailboxAway,
    MailboxTrouble,
    SignInBusy,
    SignInEnded,
)
from shared.events.installation import Installation
from shared.features.returned_mail.models import BounceMailbox, open_mailbox_password
from shared.language import N_
from shared.mail.tokens.access import AccountToken
from shared.mail.transport.protocol import REPORT_SIZE, Batch, Inbox
from shared.mail.transport.providers import EXCHANGE_ONLINE
from shared.mail.transport.watchdog import hang_up
from shared.storage.models import Security

log = logging.getLogger(__name__)

NOT_REACHED = DestinationRefused.message
NO_SERVER = N_("We could not reach an IMAP server there. Check its name, port and encryption.")
REFUSED = N_(
    "The IMAP server does not accept this user name and password. Many providers also "
    "need an app password or an authorization code here, and IMAP switched on in the "
    "mailbox's settings."
)
NO_FOLDER = N_("The mailbox has no folder of this name.")
BROKEN_OFF = N_("The IMAP server broke off. We retry automatically.")

# For each answer.
_SECONDS = 30.0
# Even if each of them takes as long as it may, a look ends behind some.
_HEADERS_AT_ONCE = 50
# More than is requested at once: 25 mails of 256 KB. Each line takes memory besides its octets.
_LONGEST_ANSWER, _A_LINE = 8 << 20, 100
# After so many failed ones, a mail that the server does not deliver is passed over.
_LOOKS_FOR_ONE = 3
_UID = re.compile(rb"\bUID (\d+)")


class _Bounded(imaplib.IMAP4):
    """A connection that goes only where `reach` allows, and limits the size of the answer to one
    command, whatever was requested."""

    reach: Reach
    _left = _LONGEST_ANSWER

    def _create_socket(self, timeout: float | None) -> socket.socket:
        return self.reach.connect(self.host, self.port, timeout or _SECONDS)

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


class _EncryptedImap(_Bounded, imaplib.IMAP4_SSL):
    def _create_socket(self, timeout: float | None) -> socket.socket:
        plain = super()._create_socket(timeout)
        encrypted: ssl.SSLSocket = self.ssl_context.wrap_socket(plain, server_hostname=self.host)
        return encrypted


class _Box(BaseMailBox):
    """imap-tools on a connection that was opened before."""

    def __init__(self, client: imaplib.IMAP4) -> None:
        self._opened = client
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        return self._opened


class ImapInbox(Inbox):
    """The mailbox that an organizer entered. It connects when it is asked for something."""

    def __init__(
        self, installation: Installation, mailbox: BounceMailbox, seconds: float = _SECONDS
    ) -> None:
        """`seconds` are for each answer."""
        self._installation, self._mailbox, self._seconds = installation, mailbox, seconds
        self.at_exchange = mailbox.host == EXCHANGE_ONLINE
        self._client: imaplib.IMAP4 | None = None
        self._box: _Box | None = None
        self._is_cut = False

    def try_out(self) -> None:
        """Sign in and open the folder, as a look does."""
        self._opened(readonly=True)

    def batches(self, first: datetime, read_until: datetime | None) -> Iterator[Batch]:
        """See `Inbox`; mails are called by their UIDs, which say how far it is read."""
        mailbox = self._mailbox
        box, validity = self._opened(readonly=not mailbox.move_to)
        is_known = mailbox.uid_validity == validity and mailbox.last_uid > 0
        after = mailbox.last_uid if is_known else 0
        # Asking for 99:* returns the last mail, whatever its UID.
        wanted = f"UID {after + 1}:*" if is_known else f"SINCE {first:%d-%b-%Y}"
        with _told(BROKEN_OFF):
            found = box.uids(wanted, charset=None)
        uids = sorted(uid for uid in map(int, found) if uid > after)
        for at in range(0, len(uids), _HEADERS_AT_ONCE):
            some = uids[at : at + _HEADERS_AT_ONCE]
            read = {"uid_validity": validity, "last_uid": some[-1]}
            yield self._fetch(some, "BODY.PEEK[HEADER]<0.65536>"), read

    def beginnings(self, ids: Sequence[Any]) -> Mapping[Any, bytes]:
        """See `Inbox`."""
        return self._fetch(ids, f"BODY.PEEK[]<0.{REPORT_SIZE}>")

    def source(self, message_id: str, since: datetime, most: int) -> bytes | None:
        """See `Inbox`; of several, the newest."""
        box, _ = self._opened(readonly=True)
        with _told(BROKEN_OFF):
            found = box.uids(f'HEADER Message-ID "{message_id}"', charset=None)
        newest = sorted(map(int, found))[-1:]
        return next(iter(self._fetch(newest, f"BODY.PEEK[]<0.{most}>").values()), None)

    def put_away(self, ids: Sequence[Any]) -> None:
        """See `Inbox`."""
        if self._mailbox.move_to and ids:
            assert self._box is not None
            with _told(NO_FOLDER):
                self._box.move(map(str, ids), self._mailbox.move_to)

    def close(self) -> None:
        """See `Inbox`."""
        if self._box is not None:
            with suppress(ImapToolsError, imaplib.IMAP4.error, OSError):
                self._box.logout()
            # After a broken connection, no logout is possible.
            with suppress(OSError):
                self._box.client.shutdown()
            self._box = None

    def cut(self) -> None:
        """See `Inbox`."""
        self._is_cut = True
        hang_up(getattr(self._client, "sock", None))

    def _opened(self, *, readonly: bool) -> tuple[_Box, int]:
        """Return the mailbox with its folder open, and the UIDVALIDITY of that."""
        self.close()
        box = self._connected()
        with _told(NO_FOLDER):
            box.folder.set(self._mailbox.folder, readonly=readonly)
            return box, int(box.client.response("UIDVALIDITY")[1][0] or 0)

    def _connected(self) -> _Box:
        mailbox, tls = self._mailbox, ssl.create_default_context()
        encrypted = {"ssl_context": tls} if mailbox.security is Security.TLS else {}
        kind = _EncryptedImap if encrypted else _Bounded
        # imaplib reads the greeting inside __init__. Kept before that, it can be cut.
        self._client = client = kind.__new__(kind)
        organizers = self._installation.settings.organizers_reach
        client.reach = ANYWHERE if mailbox.host_by_owner else organizers
        # Answers before an IMAP greeting are not quoted: it may be any service.
        with _told(NO_SERVER):
            client.__init__(mailbox.host, mailbox.port, timeout=self._seconds, **encrypted)  # type: ignore[misc]
            if not encrypted:
                # Always: neither passwords nor mails are sent in the clear.
                client.starttls(tls)
            self._box = box = _Box(client)
        with _told(REFUSED):
            self._sign_in(box)
            # NetEase opens no folder for a program that does not identify itself (RFC 2971).
            if "ID" in client.capabilities:
                client.xatom("ID", '("name" "volunteer-certificates")')
        return box

    def _sign_in(self, box: _Box) -> None:
        """Sign in with the stored password, or else with the account's sign-in at its provider."""
        user = self._mailbox.username
        if self._mailbox.sealed_password is not None:
            password = open_mailbox_password(self._installation.seal, self._mailbox)
            is_plain = user.isascii() and password.isascii()
            (box.login if is_plain else box.login_utf8)(user, password, None)
            return
        token = AccountToken(self._installation, self._mailbox.account_id)
        try:
            shown = token("")
            try:
                box.xoauth2(user, shown, None)
            except imaplib.IMAP4.abort:
                raise
            except imaplib.IMAP4.error:
                # Tokens may expire early, so another one is tried, once.
                box.xoauth2(user, token(shown), None)
        except SignInBusy as refusal:
            raise MailboxAway(reason=refusal.message) from None
        except SignInEnded as refusal:
            raise MailboxTrouble(reason=refusal.message) from None

    def _fetch(self, uids: Sequence[int], part: str) -> dict[int, bytes]:
        """Return what the server delivers. What fails twice is halved, down to one mail, which is
        passed over if others are delivered: it must not keep them from being read."""
        found: dict[int, bytes] = {}
        refused: list[int] = []
        parts, is_delivering = [uids] if uids else [], False
        while parts:
            some = parts.pop()
            if (delivered := self._tried_twice(some, part)) is not None:
                found, is_delivering = found | delivered, True
            elif half := len(some) // 2:
                parts += [some[half:], some[:half]]
            else:
                refused += some
                # A mail that is alone has some looks to be delivered in.
                is_passing = not parts and self._mailbox.failed_looks < _LOOKS_FOR_ONE
                if not is_delivering and (len(refused) > 1 or is_passing):
                    raise MailboxAway(reason=BROKEN_OFF)
        for uid in refused:
            told = "mailbox %d: the mail with UID %d is passed over: the server does not deliver it"
            log.warning(told, self._mailbox.id, uid)
        return found

    def _tried_twice(self, uids: Sequence[int], part: str) -> dict[int, bytes] | None:
        numbers = ",".join(map(str, uids))
        for _ in range(2):
            assert self._client is not None
            try:
                with _told(BROKEN_OFF):
                    state, lines = self._client.uid("FETCH", numbers, f"(UID {part})")
                    if state != "OK":
                        raise imaplib.IMAP4.error(state)
                return dict(_by_uid(lines))
            except MailboxAway:
                if self._is_cut:
                    raise
                self._opened(readonly=not self._mailbox.move_to)
        return None


def _by_uid(lines: list[bytes | tuple[bytes, bytes]]) -> Iterator[tuple[int, bytes]]:
    """Yield the literals of an answer by UID, which may come before or after a literal."""
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
        raise MailboxAway(reason=BROKEN_OFF if text != NO_SERVER else text) from None
    except (ImapToolsError, imaplib.IMAP4.error, ValueError):
        is_passing = text in (NO_SERVER, BROKEN_OFF)
        raise (MailboxAway if is_passing else MailboxTrouble)(reason=text) from None
