"""A single request to a web page, within its owner's reach and without following redirects."""

import http.client
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

from shared.destinations import Reach
from shared.mail.transport.watchdog import watchdog

_SECONDS = 5.0
# For the whole, since a server that answers a byte at a time begins each wait anew.
_WHOLE_SECONDS = 15.0
_ENOUGH = 1000


@dataclass(frozen=True)
class Look:
    """What a server answered: the status, and the beginning of the page."""

    status: int
    beginning: bytes

    @property
    def is_page(self) -> bool:
        return 200 <= self.status <= 299

    @property
    def leads_elsewhere(self) -> bool:
        return 300 <= self.status <= 399


class _Watched:
    """An open connection, which another thread cuts when the whole takes too long."""

    def __init__(self, opened: socket.socket) -> None:
        self._opened = opened
        self.was_cut = False

    def cut(self) -> None:
        self.was_cut = True
        # It may have been closed just now. Not SSLSocket.shutdown: that one takes the encryption
        # off under the reader.
        with suppress(OSError):
            socket.socket.shutdown(self._opened, socket.SHUT_RDWR)


def look_at(page: str, reach: Reach, seconds: float = _WHOLE_SECONDS) -> Look | None:
    """None if nothing answers within `seconds`. Raises DestinationRefused, without a request."""
    try:
        # The address as browsers request it: http://a.org/证书 is http://a.org/%E8%AF%81…
        parts = urlsplit(page)
        path, query = (quote(part, safe="%/:=&?+,;@!$'()*~") for part in (parts.path, parts.query))
        plain = urlunsplit((parts.scheme, parts.netloc, path, query, ""))
        return _asked(plain, reach, seconds)
    # Besides network failures: servers that speak no HTTP, and invalid addresses.
    except (OSError, http.client.HTTPException, ValueError):
        return None


def _asked(page: str, reach: Reach, seconds: float) -> Look:
    parts = urlsplit(page)
    is_https = parts.scheme == "https"
    host, port = parts.hostname or "", parts.port or (443 if is_https else 80)
    kind = http.client.HTTPSConnection if is_https else http.client.HTTPConnection
    connection = kind(host, port, timeout=_SECONDS)
    # An open socket, so that nothing resolves the name again.
    opened = reach.connect(host, port, _SECONDS)
    try:
        if is_https:
            opened = ssl.create_default_context().wrap_socket(
                opened, server_hostname=host, do_handshake_on_connect=False
            )
        watched = _Watched(opened)
        with watchdog().watching(watched, seconds):
            if isinstance(opened, ssl.SSLSocket):
                opened.do_handshake()
            connection.sock = opened
            path = urlunsplit(("", "", parts.path or "/", parts.query, ""))
            connection.request("GET", path, headers={"User-Agent": "certs preflight"})
            answer = connection.getresponse()
            look = Look(answer.status, answer.read(_ENOUGH))
        if watched.was_cut:
            raise TimeoutError
        return look
    finally:
        opened.close()
        connection.close()
