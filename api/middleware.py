"""Middleware for every request: allowed origins, headers, and the longest wait."""

import time
from collections.abc import Collection
from urllib.parse import urlsplit

from fastapi.concurrency import run_in_threadpool
from sqlalchemy import select
from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import product_error
from api.monitoring import Requests
from api.visiting import PATIENCE
from shared.errors import Outgrown
from shared.events.installation import Installation
from shared.storage.connections import patience
from shared.storage.database import DATABASE_AWAY
from shared.storage.models import ALIVE, Event
from shared.storage.outgrowth import Outgrowth

# Pages load everything from here: nothing inline, nothing from third parties, no frames.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; img-src 'self' blob: data:; style-src 'self'; script-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
SECURITY = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    # The address of a volunteer's page carries their token.
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_SECURITY = [(name.lower().encode(), value.encode()) for name, value in SECURITY.items()]
# Most answers depend on a token. Style and script are cached, but revalidated each time.
_USUAL = [*_SECURITY, (b"cache-control", b"no-store")]
_STATIC = [*_SECURITY, (b"cache-control", b"no-cache")]
_UPLOAD = "/api/uploadImage"
# Answered also when the database has outgrown this program.
_OPEN = ("/health", "/static/", "/metrics")
# Seconds until a changed `frontend_url` is noticed; saves a query per request.
_FRESH = 3.0


class EveryRequest:
    """Reads HEAD as GET and any body of a call as JSON; adds the security headers to answers.

    It also limits the wait for a database that hangs, and notes how long each answer took.
    """

    def __init__(self, app: ASGIApp, requests: Requests) -> None:
        self._app = app
        self._requests = requests

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.perf_counter(), 500

        async def send_secured(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                # The headers that the answer lacks; as bytes, since every answer comes here.
                path = scope["path"]
                headers = message["headers"]
                said = {name for name, _ in headers}
                usual = _STATIC if path.startswith("/static/") else _USUAL
                message["headers"] = [
                    *headers,
                    *(header for header in usual if header[0] not in said),
                ]
            if message["type"] == "http.response.body" and scope["method"] == "HEAD":
                message = {**message, "body": b""}
            await send(message)

        with patience(PATIENCE):
            plain = _plain(scope)
            try:
                await self._app(plain, receive, send_secured)
            finally:
                took = time.perf_counter() - began
                self._requests.note(plain, scope["method"], status, took)


def _plain(scope: Scope) -> Scope:
    """Return the scope with HEAD as GET (RFC 9110, 9.3.2), and a call's body declared as JSON.

    Old clients send JSON as text or form. No address of ours has a NUL, which PostgreSQL refuses.
    """
    if "\0" in scope["path"]:
        scope = dict(scope, path=scope["path"].replace("\0", "\N{REPLACEMENT CHARACTER}"))
    if scope["method"] == "GET":
        return scope
    changed = dict(scope, method="GET" if scope["method"] == "HEAD" else scope["method"])
    if scope["path"].startswith("/api/") and scope["path"] != _UPLOAD:
        others = [(name, value) for name, value in scope["headers"] if name != b"content-type"]
        changed["headers"] = [*others, (b"content-type", b"application/json")]
    return changed


class RefuseOutgrown:
    """Answers 503 once the database is newer than this program, which would read it wrongly."""

    def __init__(self, app: ASGIApp, installation: Installation) -> None:
        self._app, self._outgrowth = app, Outgrowth(installation.database)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not scope["path"].startswith(_OPEN):
            if self._outgrowth.is_due:
                await run_in_threadpool(self._outgrowth.look)
            if self._outgrowth.is_there:
                answer = await product_error(Request(scope), Outgrown())
                return await answer(scope, receive, send)
        await self._app(scope, receive, send)


class EventOrigins(CORSMiddleware):
    """Allows calls from exactly the origins that events name (`frontend_url`), and PUBLIC_URL."""

    def __init__(self, app: ASGIApp, installation: Installation) -> None:
        super().__init__(app, allow_methods=("GET", "HEAD", "POST"), allow_headers=("*",))
        self._installation = installation
        self._read_at = -_FRESH

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # Browsers name no origin for our own pages.
        asks = any(name == b"origin" for name, _ in scope.get("headers", ()))
        if scope["type"] == "http" and not asks:

            async def send_varying(message: Message) -> None:
                # Caches must keep an answer for another origin apart.
                if message["type"] == "http.response.start":
                    varies = [value for name, value in message["headers"] if name == b"vary"]
                    others = [header for header in message["headers"] if header[0] != b"vary"]
                    message["headers"] = [*others, (b"vary", b", ".join([*varies, b"Origin"]))]
                await send(message)

            await self.app(scope, receive, send_varying)
            return
        # Style and script come without a database.
        if scope["type"] == "http" and not scope["path"].startswith("/static/"):
            await self._refresh()
        await super().__call__(scope, receive, send)

    def preflight_response(self, request_headers: Headers) -> Response:
        """Return an empty answer: browsers only read the headers, and refuse if they are absent."""
        allowed = super().preflight_response(request_headers)
        kept = {k: v for k, v in allowed.headers.items() if not k.startswith("content-")}
        return Response(status_code=204, headers=kept)

    async def _refresh(self) -> None:
        if time.monotonic() - self._read_at < _FRESH:
            return
        try:
            self.allow_origins = await run_in_threadpool(self._origins)
            self._read_at = time.monotonic()
        except DATABASE_AWAY:
            # An origin allowed a moment ago may read that the database does not answer.
            return

    def _origins(self) -> Collection[str]:
        with self._installation.database.reading() as session:
            there = select(Event.frontend_url).where(ALIVE)
            pages = session.scalars(there.distinct()).all()
        return {origin(page) for page in [*pages, self._installation.settings.public_url] if page}


def origin(address: str) -> str:
    """Return scheme, host and port as browsers send them (RFC 6454, 6.2): no default port."""
    parts = urlsplit(address.lower())
    usual = {"http": ":80", "https": ":443"}.get(parts.scheme, "")
    host = parts.netloc.rpartition("@")[2].removesuffix(usual)
    return f"{parts.scheme}://{host}"
