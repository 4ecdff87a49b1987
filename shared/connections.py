"""The layer between clients and the API or the console: bounds on time and size of a request, and
the path under which a program is reached (uvicorn's protocol, and plain ASGI).

By itself, the web server waits forever for headers of any size, and for bodies that arrive a byte
at a time: some hundred such connections keep everybody else out.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from shared import budgets

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

log = logging.getLogger(__name__)

# ASGI's types, for any framework.
Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
# In seconds: the time for which the remaining body of a refused request is read and discarded.
_PATIENCE = 5.0
_MOST_FILES = 65_536
_REFUSALS = {408: b"408 Request Timeout", 431: b"431 Request Header Fields Too Large"}


class Connection(HttpToolsProtocol):
    """A client's connection, which is closed if its request is not completed in time."""

    # Connections without a complete request, oldest first; of all servers of the process.
    waiting: dict["Connection", None] = {}  # noqa: RUF012
    most_waiting = budgets.UNFINISHED.most

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._is_in_headers = self._is_in_body = False
        # Bytes since the headers began, or since the body was last checked.
        self._heard = self._size = 0
        self._timer: asyncio.TimerHandle | None = None
        # The request that is being answered; later ones are in `pipeline`.
        self._answered: RequestResponseCycle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._await_headers()
        while len(self.waiting) > self.most_waiting:
            next(iter(self.waiting))._refuse(408)

    def connection_lost(self, exc: Exception | None) -> None:
        self._await_nothing()
        super().connection_lost(exc)
        # uvicorn notifies only the newest request of the disconnection.
        if self._answered is not None:
            self._answered.disconnected = True
            self._answered.message_event.set()

    def data_received(self, data: bytes) -> None:
        # The data may be empty lines before a request (RFC 9112, 2.2).
        if not (self._is_in_headers or self._is_in_body or self._is_answering):
            self._await_headers()
        self._heard += len(data)
        super().data_received(data)
        if self._is_in_headers and self._heard > budgets.HEADERS.most:
            self._refuse(431)

    def send_400_response(self, msg: str) -> None:
        if self._size > budgets.HEADERS.most:
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
        if self._size > budgets.HEADERS.most:
            # The parser takes it for a request that is none, and ends.
            raise ValueError("the headers are too large")
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._await_nothing()
        super().on_headers_complete()
        self._is_in_body, self._heard = True, 0
        self._timer = self.loop.call_later(budgets.SLOW_BODY.seconds, self._check_body)

    def on_message_complete(self) -> None:
        self._is_in_body = False
        super().on_message_complete()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self._is_answering:  # The next request, which came before the answer.
            return
        if self._is_in_body:
            # The program answered without reading the rest of the body, and nobody will.
            self.transport.close()
        elif self._is_in_headers:
            self._await_headers()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        self._answered = cycle
        super()._start_asgi_task(cycle, app)

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
            self._timer = self.loop.call_later(budgets.HEADER_SECONDS.most, self._refuse, 408)

    def _await_nothing(self) -> None:
        self._is_in_headers = False
        self.waiting.pop(self, None)
        if self._timer is not None:
            self._timer.cancel()

    def _check_body(self) -> None:
        if not self._is_in_body:
            return
        # The client is not to blame if we do not read.
        is_ours = self.flow.read_paused or self.cycle.waiting_for_100_continue
        if not is_ours and self._heard < budgets.SLOW_BODY.most:
            self._refuse(408)
            return
        self._heard = 0
        self._timer = self.loop.call_later(budgets.SLOW_BODY.seconds, self._check_body)

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


class BodyLimits:
    """Refuses a body with 413 as soon as it is known to be too large."""

    def __init__(self, app: App, largest: Callable[[str], int], refuse: App) -> None:
        """`largest` returns the limit in octets for a path; `refuse` answers with 413."""
        self._app = app
        self._largest = largest
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"]) if scope["type"] == "http" else {}
        length = headers.get(b"content-length", b"0")
        # Most requests are visits, which have no body (RFC 9112, 6).
        if length == b"0" and b"transfer-encoding" not in headers:
            await self._app(scope, receive, send)
            return
        limit = self._largest(scope["path"])
        patient = _patient(receive, send)
        announced = int(length) if length.isdigit() else 0
        if announced > limit:
            await self._refuse(scope, receive, patient)
            return
        arrived, is_whole, is_answered = 0, False, False

        async def receive_within_limit() -> Message:
            nonlocal arrived, is_whole
            message = await receive()
            arrived += len(message.get("body", b""))
            is_whole = not message.get("more_body")
            return {"type": "http.disconnect"} if arrived > limit else message

        async def send_answer(message: Message) -> None:
            nonlocal is_answered
            # The program believes that the client is gone: its answer to that is not sent.
            if arrived <= limit or is_answered:
                is_answered = True
                await (send if is_whole else patient)(message)

        try:
            await self._app(scope, receive_within_limit, send_answer)
        except Exception:
            if arrived <= limit or is_answered:
                raise
        if arrived > limit and not is_answered:
            await self._refuse(scope, receive, send if is_whole else patient)


def _patient(receive: Receive, send: Send) -> Send:
    """Return a `send` for a client that is still sending, which would otherwise not read the
    answer."""

    async def send_patiently(message: Message) -> None:
        if message["type"] != "http.response.body" or message.get("more_body"):
            await send(message)
            return
        await send({**message, "more_body": True})
        with suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE):
                while (await receive()).get("more_body"):
                    pass
        await send({"type": "http.response.body"})

    return send_patiently


class UnderPath:
    """A program that is reached under a path, as in https://example.org/certs.

    The path is removed from requests, unless a proxy did, and put before the addresses of
    redirections. Pages and cookies write their addresses themselves.
    """

    def __init__(self, app: App, path: str) -> None:
        """`path` has no slash at its end; the empty one changes nothing."""
        self._app = app
        self._path = path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._path or scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
        elif scope["path"] == self._path and scope["type"] == "http":
            # Relative addresses on its page would lead beside it.
            query = b"?" + scope["query_string"] if scope["query_string"] else b""
            onward = [(b"location", f"{self._path}/".encode() + query), (b"content-length", b"0")]
            await send({"type": "http.response.start", "status": 307, "headers": onward})
            await send({"type": "http.response.body", "body": b""})
        else:
            await self._app(self._without_path(scope), receive, self._with_path(send))

    def _without_path(self, scope: Scope) -> Scope:
        if not scope["path"].startswith(f"{self._path}/"):
            return scope
        inner = scope["path"][len(self._path) :]
        return {**scope, "path": inner, "raw_path": inner.encode(), "root_path": ""}

    def _with_path(self, send: Send) -> Send:
        async def send_with_path(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    (name, self._led(value) if name == b"location" else value)
                    for name, value in message["headers"]
                ]
            await send(message)

        return send_with_path

    def _led(self, place: bytes) -> bytes:
        """Return the address of a redirection as seen from outside."""
        is_own = place.startswith(b"/") and not place.startswith(b"//")
        return self._path.encode() + place if is_own else place
