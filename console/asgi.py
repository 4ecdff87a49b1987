"""The console as one ASGI program: sign-in in front of every byte, Streamlit behind it."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st
import uvicorn
from jinja2 import Environment, FileSystemLoader
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.middleware import Middleware
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.web import bootstrap

from console import access, desk, previews
from shared.errors import NotAllowed
from shared.installation import Installation, events_open_to, open_installation
from shared.language import LANGUAGE_NAMES, LANGUAGES, N_, Language, preferred_language, translate
from shared.settings import Settings

HERE = Path(__file__).parent
# Sign-ins with a wrong token, for each client address.
WRONG_TOKENS = parse("10/minute")
TOO_MANY_TRIES = N_("Too many wrong tokens. Wait a minute, then try again.")
# The health check tells nothing; the rest is what the sign-in page itself needs.
OPEN_PATHS = ("/signin", "/signout", "/_stcore/health", "/icon.png", "/signin.css")
A_YEAR = 365 * 24 * 3600

_pages = Environment(loader=FileSystemLoader(HERE), autoescape=True)


class Gate:
    """No page, websocket, upload, media file or picture without a valid sign-in of our own."""

    def __init__(self, app: ASGIApp, installation: Installation) -> None:
        self.app = app
        self.installation = installation

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = None if scope["type"] == "lifespan" else await self._refusal(scope)
        if refusal is None:
            await self.app(scope, receive, send)
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
        if scope["path"] in OPEN_PATHS:
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


def create_console(installation: Installation) -> st.App:
    """The console of one installation; one per process, as Streamlit allows."""
    desk.serve(installation)
    sign_in = SignIn(installation)
    return st.App(
        HERE / "app.py",
        routes=[
            Route("/signin", sign_in.show),
            Route("/signin", sign_in.enter, methods=["POST"]),
            Route("/signout", sign_in.leave, methods=["GET", "POST"]),
            Route("/language/{code}", choose_language),
            Route("/preview/{key}.jpg", preview_picture),
            Route("/icon.png", _static("icon.png", "image/png")),
            Route("/signin.css", _static("signin.css", "text/css")),
        ],
        middleware=[Middleware(Gate, installation=installation)],
        on_script_error=desk.show_trouble,
    )


def run(settings: Settings) -> None:
    """Serve the console until the process is told to stop (`certs console`)."""
    bootstrap.load_config_options(
        {
            "server.address": settings.host,
            "server.port": settings.console_port,
            "server.headless": True,
            "server.fileWatcherType": "none",
            "server.corsAllowedOrigins": [settings.console_url],
            "browser.gatherUsageStats": False,
            "client.showErrorDetails": "none",
        }
    )
    console = create_console(open_installation(settings))
    print(f"Console: {settings.console_url}", flush=True)
    uvicorn.run(
        console,
        host=settings.host,
        port=settings.console_port,
        access_log=False,
        log_level=settings.log_level.lower(),
        forwarded_allow_ips=settings.trusted_proxies,
        ws="websockets-sansio",
        # A browser's open websocket must not keep the process alive.
        timeout_graceful_shutdown=3,
    )


class SignIn:
    """The page in front of the console, in plain HTML."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    async def show(self, request: Request) -> Response:
        return _sign_in_page(request)

    async def enter(self, request: Request) -> Response:
        client = request.client.host if request.client else ""
        if not self._limiter.test(WRONG_TOKENS, client):
            return _sign_in_page(request, TOO_MANY_TRIES, 429)
        form = await request.form(max_files=0, max_fields=10)
        token = str(form.get("token", "")).strip()
        if not await asyncio.to_thread(self._opens_something, token):
            self._limiter.hit(WRONG_TOKENS, client)
            return _sign_in_page(request, NotAllowed.message, 401)
        answer = RedirectResponse("/", 303)
        self._set_cookie(answer, access.cookie_for(self.installation.seal, token))
        return answer

    async def leave(self, request: Request) -> Response:
        answer = RedirectResponse("/signin", 303)
        answer.delete_cookie(access.COOKIE, path="/")
        return answer

    def _opens_something(self, token: str) -> bool:
        try:
            with self.installation.database.reading() as session:
                events_open_to(session, token)
        except NotAllowed:
            return False
        return True

    def _set_cookie(self, answer: Response, value: str) -> None:
        answer.set_cookie(
            access.COOKIE,
            value,
            max_age=access.LONGEST_STAY,
            httponly=True,
            samesite="lax",
            path="/",
            secure=self.installation.settings.console_url.startswith("https:"),
        )


async def choose_language(request: Request) -> Response:
    """Keep the reader's language and go back to where they were."""
    code = request.path_params["code"]
    origin = str(request.base_url)
    came_from = request.headers.get("referer", "")
    # Back to our own pages only: another site could have sent the reader here.
    target = "/" + came_from.removeprefix(origin) if came_from.startswith(origin) else "/"
    answer = RedirectResponse(target, 303)
    if code in LANGUAGES:
        answer.set_cookie(desk.LANGUAGE_COOKIE, code, max_age=A_YEAR, samesite="lax", path="/")
    return answer


async def preview_picture(request: Request) -> Response:
    """A preview that a screen has drawn, by the hash of its content."""
    picture = previews.kept(request.path_params["key"])
    if picture is None:
        return Response(status_code=404)
    headers = {"Cache-Control": f"private, max-age={A_YEAR}, immutable"}
    return Response(picture, media_type="image/jpeg", headers=headers)


def _turned_away(connection: HTTPConnection) -> Response:
    if "text/html" in connection.headers.get("accept", ""):
        return RedirectResponse("/signin", 303)
    return PlainTextResponse("sign in first", 401)


def _language_of(request: Request) -> Language:
    wanted = request.query_params.get("lang") or request.cookies.get(desk.LANGUAGE_COOKIE)
    return preferred_language(wanted or request.headers.get("accept-language"))


def _sign_in_page(request: Request, refusal: str = "", status: int = 200) -> Response:
    language = _language_of(request)
    page = _pages.get_template("signin.html").render(
        t=lambda message: translate(message, language),
        language=language,
        others=[(code, name) for code, name in LANGUAGE_NAMES.items() if code != language],
        refusal=translate(refusal, language) if refusal else "",
    )
    answer = HTMLResponse(page, status, headers=_PAGE_HEADERS)
    answer.set_cookie(desk.LANGUAGE_COOKIE, language, max_age=A_YEAR, samesite="lax", path="/")
    return answer


_PAGE_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def _static(name: str, media_type: str) -> Callable[[Request], Awaitable[Response]]:
    content = (HERE / name).read_bytes()

    async def serve(_: Request) -> Response:
        return Response(content, media_type=media_type)

    return serve
