"""How long and how much a client may take before its request is complete.

The web server alone waits for headers without an end, in time and size, and for bodies of which a
byte comes now and then: some hundred such connections shut everybody else out.
"""

import asyncio
import logging
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

log = logging.getLogger(__name__)

# Of a request's headers (RFC 6585, 5), until they are complete (RFC 9110, 15.5.9), and of a body.
LARGEST_HEADERS = 64 * 1024
HEADER_SECONDS = 20.0
BODY_SECONDS, LEAST_BODY = 30.0, 30_000
_MOST_FILES = 65_536
_REFUSALS = {408: b"408 Request Timeout", 431: b"431 Request Header Fields Too Large"}


class Connection(HttpToolsProtocol):
    """A connection of a client, given up when its request does not get complete."""

    # Those without a complete request, oldest first; of all servers of the process.
    waiting: dict["Connection", None] = {}  # noqa: RUF012
    most_waiting = 1000

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._is_in_headers = self._is_in_body = False
        # Bytes since the headers began, or since the body was looked at.
        self._heard = self._size = 0
        self._timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._await_headers()
        while len(self.waiting) > self.most_waiting:
            next(iter(self.waiting))._refuse(408)

    def connection_lost(self, exc: Exception | None) -> None:
        self._await_nothing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        # Empty lines before a request, too (RFC 9112, 2.2).
        if not (self._is_in_headers or self._is_in_body or self._is_answering):
            self._await_headers()
        self._heard += len(data)
        super().data_received(data)
        if self._is_in_headers and self._heard > LARGEST_HEADERS:
            self._refuse(431)

    def send_400_response(self, msg: str) -> None:
        if self._size > LARGEST_HEADERS:
            self._refuse(431)
        else:
            super().send_400_response(msg)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        if not self._is_in_headers:
            self._await_headers()
        self._size = 0

    def on_header(self, name: bytes, value: bytes) -> None:
        self._size += len(name) + len(value) + 4  # Colon, blank and line end.
        if self._size > LARGEST_HEADERS:
            # The parser takes it for a request that is none, and ends.
            raise ValueError("the headers are too large")
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._await_nothing()
        super().on_headers_complete()
        self._is_in_body, self._heard = True, 0
        self._timer = self.loop.call_later(BODY_SECONDS, self._look_at_body)

    def on_message_complete(self) -> None:
        self._is_in_body = False
        super().on_message_complete()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self._is_answering:  # The next request, which came before the answer.
            return
        if self._is_in_body:
            # For nobody: who answered has waited for the rest as long as they would.
            self.transport.close()
        elif self._is_in_headers:
            self._await_headers()

    def handle_websocket_upgrade(self) -> None:
        self._await_nothing()
        super().handle_websocket_upgrade()

    @property
    def _is_answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _await_headers(self) -> None:
        self._await_nothing()
        self._is_in_headers, self._heard = True, 0
        if not self._is_answering:
            self.waiting[self] = None
            self._timer = self.loop.call_later(HEADER_SECONDS, self._refuse, 408)

    def _await_nothing(self) -> None:
        self._is_in_headers = False
        self.waiting.pop(self, None)
        if self._timer is not None:
            self._timer.cancel()

    def _look_at_body(self) -> None:
        if not self._is_in_body:
            return
        # The client is not to blame when it is we who do not read.
        is_ours = self.flow.read_paused or self.cycle.waiting_for_100_continue
        if not is_ours and self._heard < LEAST_BODY:
            self._refuse(408)
            return
        self._heard = 0
        self._timer = self.loop.call_later(BODY_SECONDS, self._look_at_body)

    def _refuse(self, status: int) -> None:
        self._await_nothing()
        if self.transport.is_closing():
            return
        if not (self._is_answering and self.cycle.response_started):
            end = b"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            self.transport.write(b"HTTP/1.1 " + _REFUSALS[status] + end)
        self.transport.close()


def allow_many() -> None:
    """Let this process have as many connections and files open as the system allows."""
    if resource is None:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, _MOST_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            soft = wanted
        except (ValueError, OSError) as refusal:
            log.warning("the system allows %d open files and no more: %s", soft, refusal)
    if soft != resource.RLIM_INFINITY:
        Connection.most_waiting = max(100, soft // 2)
