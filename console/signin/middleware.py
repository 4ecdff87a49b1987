"""The middleware that serves nothing of the console without a sign-in."""

import asyncio
import re
import time
from collections.abc import Mapping
from contextlib import suppress
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect, HTTPConnection, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from console.page import content_security_policy
from console.signin import plain_page
from console.signin import session as access
from console.text import DATABASE_SILENT
from shared import features
from shared.access.sessions import person_of
from shared.errors import NotAllowed, Outgrown
from shared.events.installation import Installation
from shared.storage.database import DATABASE_AWAY, note_fault
from shared.storage.outgrowth import Outgrowth

# Paths that need no sign-in: the health check reveals nothing, and the sign-in page needs the rest.
OPEN_PATHS = (
    *features.in_front(),
    "/signin",
    "/signout",
    "/guide",
    "/_stcore/health",
    "/icon.png",
    "/signin.css",
)
# Paths that need no database, and work with any version of it.
_WITHOUT_DATABASE = ("/_stcore/health", "/icon.png", "/signin.css")
_JOIN = re.compile(r"/join/[^/]+")

# Seconds after which an open page's session is checked again.
CHECK_SECONDS = 15.0

# Paths of people's certificates and organizers' uploads, which no cache may keep, since several
# people may share a computer.
_PICTURES = ("/media/", "/preview/")


class RequireSignIn:
    """Refuses every page, websocket, upload, media file and image without a valid sign-in."""

    def __init__(
        self, app: ASGIApp, installation: Installation, check_seconds: float = CHECK_SECONDS
    ) -> None:
        self.app = app
        self.installation = installation
        self.check_seconds = check_seconds
        self._outgrowth = Outgrowth(installation.database)
        self._every_answer = {
            "Content-Security-Policy": content_security_policy(installation.settings.public_url),
            "Referrer-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = None if scope["type"] == "lifespan" else await self._refusal(scope)
        if refusal is None and scope["type"] == "websocket":
            await self._serve_while_signed_in(scope, receive, send)
        elif refusal is None:
            with suppress(ClientDisconnect):  # Nobody waits for an answer to half a form.
                await self.app(scope, receive, self._guarded(scope, send))
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
        else:
            await refusal(scope, receive, self._guarded(scope, send))

    async def _serve_while_signed_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a websocket. When its session ends, the console sees its browser disconnect, and
        the websocket is closed."""
        checked_at, has_ended = time.monotonic(), False

        async def is_over() -> bool:
            nonlocal checked_at
            if time.monotonic() < checked_at + self.check_seconds:
                return False
            refusal = await self._refusal(scope)
            checked_at = time.monotonic()
            # An unreachable database is no reason for a refusal.
            return refusal is not None and (
                refusal.status_code != 503 or _OUTGROWN in refusal.headers
            )

        async def receive_while_signed_in() -> Message:
            nonlocal has_ended
            coming = asyncio.ensure_future(receive())
            try:
                while not await is_over():
                    seconds = checked_at + self.check_seconds - time.monotonic()
                    await asyncio.wait({coming}, timeout=max(seconds, 0))
                    if coming.done():
                        return coming.result()
            finally:
                coming.cancel()
            has_ended = True
            return {"type": "websocket.disconnect", "code": 1008}

        await self.app(scope, receive_while_signed_in, send)
        if has_ended:
            await send({"type": "websocket.close", "code": 1008})

    async def _refusal(self, scope: Scope) -> Response | None:
        """Return the answer in place of the console, or None for requests that may pass."""
        connection = HTTPConnection(scope)
        if self._is_from_another_site(connection):
            return PlainTextResponse("use the console's own page", 403)
        if await self._is_outgrown(scope["path"]):
            return _unusable(scope, Outgrown.message, {_OUTGROWN: "1"})
        if scope["path"] in OPEN_PATHS or _JOIN.fullmatch(scope["path"]):
            return None
        try:
            scope["signed_in"] = await asyncio.to_thread(self._signed_in, connection)
        except NotAllowed:
            return self._turned_away(connection)
        except DATABASE_AWAY as fault:
            return _unusable(scope, note_fault(fault) or DATABASE_SILENT)
        return None

    async def _is_outgrown(self, path: str) -> bool:
        if path in _WITHOUT_DATABASE:
            return False
        if self._outgrowth.is_due:
            await asyncio.to_thread(self._outgrowth.look)
        return self._outgrowth.is_there

    def _is_from_another_site(self, connection: HTTPConnection) -> bool:
        """Return whether a form, an upload or a websocket comes from another site, as its browser
        says (RFC 6454, 7)."""
        origin = connection.headers.get("origin")
        own = (
            connection.headers.get("host"),
            urlsplit(self.installation.settings.console_url).netloc,
        )
        return origin is not None and origin.partition("://")[2] not in own

    def _signed_in(self, connection: HTTPConnection) -> tuple[str, tuple[str, ...]]:
        """Return the sign-in of a browser and its person, for the middleware behind this one.
        Raises NotAllowed."""
        with self.installation.database.reading() as session:
            row = access.signed_in(session, self.installation, connection.cookies).row
            return row.token_hash, person_of(row)

    def _turned_away(self, connection: HTTPConnection) -> Response:
        url = connection.url
        # Monitors that accept anything are redirected from the front page as browsers are.
        if url.path == "/" or "text/html" in connection.headers.get("accept", ""):
            place = f"{url.path}?{url.query}" if url.query else url.path
            was_in = access.token_in(self.installation.settings, connection.cookies) is not None
            return RedirectResponse(access.sign_in_address(place, has_ended=was_in), 303)
        return PlainTextResponse("sign in first", 401)

    def _guarded(self, scope: Scope, send: Send) -> Send:
        """Return `send` with headers by which answers load nothing foreign, and no certificate
        stays in a cache."""
        is_kept_nowhere = scope.get("path", "").startswith(_PICTURES)

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._every_answer.items():
                    headers.setdefault(name, value)
                if is_kept_nowhere:
                    headers["Cache-Control"] = "no-store"
            await send(message)

        return send_guarded


# The header by which an open page knows that it must be reloaded, rather than wait.
_OUTGROWN = "X-Outgrown"


def _unusable(scope: Scope, words: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return a sentence in place of the console, while the database cannot or must not be read."""
    if scope["type"] == "websocket":
        return Response(status_code=503, headers=headers)
    page = plain_page(Request(scope), "unusable.html", 503, words=words)
    page.headers.update(headers or {})
    return page
