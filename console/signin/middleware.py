"""What stands in front of the console: who has not signed in gets no byte of it."""

import asyncio
import re
from urllib.parse import urlsplit

from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from console.policy import content_security_policy
from console.signin import session as access
from shared.errors import NotAllowed
from shared.events.installation import Installation

# The health check tells nothing; the rest is what the sign-in page itself needs.
OPEN_PATHS = ("/signin", "/signout", "/_stcore/health", "/icon.png", "/signin.css")
_JOIN = re.compile(r"/join/[^/]+")

# People's certificates and what organizers upload: a computer may be used by several of them.
_PICTURES = ("/media/", "/preview/")


class RequireSignIn:
    """No page, websocket, upload, media file or picture without a valid sign-in of our own."""

    def __init__(self, app: ASGIApp, installation: Installation) -> None:
        self.app = app
        self.installation = installation
        self._every_answer = {
            "Content-Security-Policy": content_security_policy(),
            "Referrer-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = None if scope["type"] == "lifespan" else await self._refusal(scope)
        if refusal is None:
            await self.app(scope, receive, self._guarded(scope, send))
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
        else:
            await refusal(scope, receive, send)

    async def _refusal(self, scope: Scope) -> Response | None:
        """What is answered instead of the console, or None to whoever may pass."""
        connection = HTTPConnection(scope)
        if self._is_from_another_site(connection):
            return PlainTextResponse("use the console's own page", 403)
        if scope["path"] in OPEN_PATHS or _JOIN.fullmatch(scope["path"]):
            return None
        try:
            may_pass = await asyncio.to_thread(self._is_signed_in, connection)
        except (OperationalError, PoolTimeout):
            return PlainTextResponse("the database does not answer; try again in a moment", 503)
        return None if may_pass else _turned_away(connection)

    def _is_from_another_site(self, connection: HTTPConnection) -> bool:
        """Browsers say where a form, an upload or a websocket comes from (RFC 6454, 7)."""
        origin = connection.headers.get("origin")
        own = (
            connection.headers.get("host"),
            urlsplit(self.installation.settings.console_url).netloc,
        )
        return origin is not None and urlsplit(origin).netloc not in own

    def _is_signed_in(self, connection: HTTPConnection) -> bool:
        cookie = connection.cookies.get(access.COOKIE)
        try:
            with self.installation.database.reading() as session:
                access.open_events(session, self.installation.seal, cookie)
        except NotAllowed:
            return False
        return True

    def _guarded(self, scope: Scope, send: Send) -> Send:
        """Answers that bring in nothing of others, and of which no certificate stays behind."""
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


def _turned_away(connection: HTTPConnection) -> Response:
    # Whoever asks for the front page is led to the door: browsers, and monitors that take "*/*".
    if connection.url.path == "/" or "text/html" in connection.headers.get("accept", ""):
        url = connection.url
        return RedirectResponse(
            access.door(f"{url.path}?{url.query}" if url.query else url.path), 303
        )
    return PlainTextResponse("sign in first", 401)
