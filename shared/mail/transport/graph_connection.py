"""One kept connection to Microsoft Graph, with requests on behalf of the signed-in person."""

import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx2

from shared.destinations import BY_SETTINGS
from shared.mail.transport.protocol import Account
from shared.mail.transport.watchdog import hang_up

# Graph closes connections idle for some minutes; a kept transport is closed before that.
_IDLE_SECONDS = 30.0
# The octets of an error answer that are read: more would only repeat them.
_LONGEST_WORDS = 64 * 1024

_AT_ONCE = 64 * 1024
_PEEK = socket.MSG_PEEK | socket.MSG_DONTWAIT

Body = bytes | Iterator[bytes]


@dataclass(frozen=True)
class GraphAnswer:
    """An answer of Graph; `content` may be cut off. `retry_after` is its header (RFC 9110,
    10.2.3)."""

    status: int
    content: bytes
    retry_after: str = ""


class GraphConnection:
    """A connection that one thread at a time uses, except `cut`.

    Raises httpx2.HTTPError on failures, and SignInEnded and SignInBusy without a token.
    """

    def __init__(self, account: Account, *, is_shared: bool = False) -> None:
        """`is_shared` says that the mailbox is one to which the signed-in person has access."""
        self.account, self._is_shared = account, is_shared
        # Graph's address with its version.
        self._url = account.service_url.rstrip("/")
        shared = f"/users/{quote(account.username, safe='@')}"
        self._mailbox = shared if is_shared else "/me"
        self._client: httpx2.Client | None = None
        # The connection with its encryption, which httpcore calls a stream.
        self._stream: Any = None

    def post(self, path: str, body: Callable[[], Iterator[bytes]], length: int) -> GraphAnswer:
        """Send what `body` yields, `length` bytes of plain text, and return the answer.

        The first bytes are requested when the connection is open and the headers are sent.
        """
        headers = {"Content-Type": "text/plain", "Content-Length": str(length)}
        return self._signed(lambda token: self._ask("POST", path, token, headers, body()))

    def get(self, path: str, most: int = _LONGEST_WORDS) -> GraphAnswer:
        """Return the first `most` bytes at `path`, which may be a full address of Graph's.

        Raises ValueError for an address that is not Graph's: no token is shown there.
        """
        path = path.removeprefix(self._url)
        return self._signed(lambda token: self._ask("GET", path, token, {}, b"", most))

    def is_open(self) -> bool:
        return self._client is not None

    def close(self) -> None:
        if self._client is not None:
            self._client.close()
        self._client = self._stream = None

    def cut(self) -> None:
        """Abort what another thread is waiting for."""
        hang_up(self._socket)

    def was_closed(self) -> bool:
        """Return whether the other side has closed the connection, as far as known here."""
        if self._socket is None or not self._stream.get_extra_info("is_readable"):
            return False
        try:
            # Read below the encryption, without taking anything.
            return socket.socket.recv(self._socket, 1, _PEEK) == b""
        except OSError:
            return True

    @property
    def _socket(self) -> socket.socket | None:
        found: socket.socket | None = self._stream and self._stream.get_extra_info("socket")
        return found

    def _signed(self, ask: Callable[[str], GraphAnswer]) -> GraphAnswer:
        """Ask with a token, and once more with a new one if it is refused: it may have been revoked
        early."""
        token = self.account.token
        assert token is not None
        first = token("")
        answer = ask(first)
        return ask(token(first)) if answer.status == 401 else answer

    def _ask(
        self,
        method: str,
        path: str,
        token: str,
        headers: Mapping[str, str],
        body: Body,
        most: int = _LONGEST_WORDS,
    ) -> GraphAnswer:
        if not path.startswith("/"):
            raise ValueError("not an address of Graph's")
        with self._opened().stream(
            method,
            self._url + path,
            headers={"Authorization": f"Bearer {token}", "Accept-Encoding": "identity", **headers},
            content=body,
            extensions={"trace": self._note_stream},
        ) as answer:
            content = bytearray()
            try:
                # Not unpacked, which would have no bounds. The connection can only be reused if
                # everything was read.
                for some in answer.iter_raw(_AT_ONCE):
                    content += some
                    if len(content) >= most:
                        break
            except httpx2.HTTPError:
                # For a message, the status is enough.
                if method == "GET":
                    raise
        retry_after = answer.headers.get("Retry-After", "")
        return GraphAnswer(answer.status_code, bytes(content[:most]), retry_after)

    def _opened(self) -> httpx2.Client:
        if self._client is None:
            self._client = httpx2.Client(
                # The system's authorities, as for mail servers.
                verify=ssl.create_default_context(),
                trust_env=False,
                proxy=BY_SETTINGS.proxy_for(self._url),
                timeout=self.account.timeout,
                limits=httpx2.Limits(max_connections=1, keepalive_expiry=_IDLE_SECONDS),
            )
        return self._client

    def _note_stream(self, step: str, details: Mapping[str, Any]) -> None:
        if step.endswith((".connect_tcp.complete", ".start_tls.complete")):
            self._stream = details["return_value"]
