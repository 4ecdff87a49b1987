"""The console as one ASGI program: signing in, and behind it Streamlit."""

import logging
import sys
import threading
import tomllib
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st
import uvicorn
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from console import previews
from console.downloads import download_route
from console.mail_signin import MailSignInRoutes
from console.page import show_page
from console.session import refuse, serve
from console.signin.middleware import RequireSignIn
from console.signin.routes import sign_in_routes
from console.streamlit_edge import server as streamlit_server
from console.streamlit_edge import uploads
from console.streamlit_edge.gate import Gate
from console.streamlit_edge.uploads import BoundUploads
from console.text import DATABASE_SILENT, in_words, t
from shared import budgets, features, liveness, logs
from shared.budgets import Budget
from shared.connections import BodyLimits, Connection, UnderPath, allow_many
from shared.errors import ProductError
from shared.events.installation import Installation
from shared.events.opening import open_installation
from shared.jobs.carrying import Carrier
from shared.mail.queue.clock import running_workers
from shared.settings import Settings
from shared.storage.database import DATABASE_AWAY, is_disk_full, note_fault
from shared.storage.schema import version_and_schema

HERE = Path(__file__).parent
# Seconds after which a running thread yields. One thread runs a screen while another sends its
# output; with Python's 5 ms, a slider step takes an eighth longer (`make bench`).
SWITCH_INTERVAL = 0.0005
# The budgets of our routes and of Streamlit's.
_ROUTES: dict[Budget, tuple[str, ...]] = {
    budgets.TABS: ("/_stcore/stream",),
    budgets.UPLOADING: ("/_stcore/upload_file/{session_id}/{file_id}",),
    budgets.PREVIEWING: ("/preview/{file}", previews.EVENT_PICTURE),
    budgets.DOWNLOADING: ("/downloads/{key}/{file}",),
    budgets.SIGNING_IN: ("/signin",),
    budgets.JOINING: ("/join/{token}",),
    budgets.SIGNED_IN: (
        *("/", "/{name:screen}", "/media/{file_id:path}", "/component/{path:path}", ""),
        *("/mail/signin/start", "/mail/signin/return", "/_stcore/bidi-components/{path:path}"),
        *("/_stcore/metrics", "/_stcore/host-config", "/page.js"),
        *("/auth/login", "/auth/logout", "/oauth2callback"),
        *("/_stcore/agent/interact", "/_stcore/agent/openapi.json", "/_stcore/agent/mcp"),
    ),
    budgets.OPEN: (
        *("/signout", "/language/{code}", "/guide"),
        *("/_stcore/health", "/icon.png", "/signin.css"),
    ),
}
BUDGETS = {path: budget for budget, paths in _ROUTES.items() for path in paths}
BUDGETS |= features.in_front()
_TOO_LARGE = PlainTextResponse("the request is too large", 413)
_log = logging.getLogger(__name__)


def create_console(installation: Installation) -> st.App:
    """Return the console of an installation; Streamlit allows one per process."""
    features.load()
    serve(installation)
    return st.App(
        HERE / "app.py",
        routes=[
            *sign_in_routes(installation),
            *MailSignInRoutes(installation).routes(),
            Route("/preview/{file}", previews.serve_preview),
            Route(previews.EVENT_PICTURE, partial(previews.serve_event_picture, installation)),
            download_route(installation),
            Route("/icon.png", _static("icon.png", "image/png")),
            Route("/signin.css", _static("signin/signin.css", "text/css")),
            Route("/page.js", _static("page.js", "text/javascript")),
            Route("/", show_page),
            Route("/{name:screen}", show_page),
        ],
        middleware=[
            Middleware(UnderPath, path=installation.settings.console_path),
            Middleware(BodyLimits, largest=_largest_body, refuse=_TOO_LARGE),
            Middleware(RequireSignIn, installation=installation),
            Middleware(BoundUploads),
            Middleware(Gate),
        ],
        on_script_error=show_trouble,
    )


def prepared(settings: Settings) -> st.App:
    """Return the console, ready to be served by this process.

    While no worker runs, this process carries out jobs itself.
    """
    streamlit_server.set_up(streamlit_options(settings))
    features.load()
    served = open_installation(settings)
    console = create_console(served)
    alone = Carrier(
        served, threading.Event(), is_needed=lambda session: not running_workers(session)
    )
    alone.start()
    _log.info("Console: %s", settings.console_url)
    return console


def run(settings: Settings) -> None:
    """Serve the console until the process is told to stop (`certs console`)."""
    logs.set_up(settings.log_level, settings.log_format, "console")
    _log.info("certs console, %s", version_and_schema())
    console = prepared(settings)
    sys.setswitchinterval(SWITCH_INTERVAL)
    liveness.begin("console", settings.data_dir)
    allow_many()
    server = uvicorn.Server(uvicorn.Config(console, **server_options(settings)))
    liveness.watch_by_server(server.config)
    with suppress(KeyboardInterrupt):
        server.run()


def server_options(settings: Settings) -> dict[str, Any]:
    """Return the arguments of `uvicorn.Config` besides the application."""
    return {
        "host": settings.host,
        "port": settings.console_port,
        "access_log": False,
        "log_level": logs.web_server_level(settings.log_level),
        # Its lines go through our logging, so that they have the configured format.
        "log_config": None,
        "forwarded_allow_ips": settings.trusted_proxies,
        "ws": "websockets-sansio",
        "ws_max_size": budgets.MESSAGE.most,
        "http": Connection,
        # As in Streamlit's own server: compressing many small messages costs more than it saves.
        "ws_per_message_deflate": False,
        # A browser's open websocket must not keep the process alive.
        "timeout_graceful_shutdown": 3,
    }


def _largest_body(path: str) -> int:
    if path.startswith(uploads.ADDRESS):
        return budgets.UPLOADING.body.most
    return BUDGETS.get(path, budgets.SIGNED_IN).body.most


def streamlit_options(settings: Settings) -> dict[str, Any]:
    """Return Streamlit's options by their names; its own file of them depends on the folder in
    which the program is run."""
    return {
        **_flat(tomllib.loads((HERE / "config.toml").read_text(encoding="utf-8"))),
        "server.address": settings.host,
        "server.port": settings.console_port,
        "server.maxUploadSize": budgets.UPLOAD.most >> 20,
        "server.corsAllowedOrigins": [settings.console_url.removesuffix(settings.console_path)],
    }


def _flat(section: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """Return options by Streamlit's names: {"theme": {"base": …}} becomes `theme.base`."""
    options: dict[str, Any] = {}
    for name, value in section.items():
        inner = isinstance(value, dict)
        options |= _flat(value, f"{prefix}{name}.") if inner else {f"{prefix}{name}": value}
    return options


def _static(name: str, media_type: str) -> Callable[[Request], Awaitable[Response]]:
    content = (HERE / name).read_bytes()

    async def serve(_: Request) -> Response:
        return Response(content, media_type=media_type)

    return serve


def show_trouble(trouble: Exception) -> bool:
    """Tell the reader about an error that ended the screen, and log it if it is a defect.

    Returns True: Streamlit need not show it as well.
    """
    if isinstance(trouble, ProductError):
        refuse(in_words(trouble))
    elif isinstance(trouble, DATABASE_AWAY) or is_disk_full(trouble):
        refuse(t(note_fault(trouble) or DATABASE_SILENT))
    else:
        _log.error("A screen broke", exc_info=trouble)
        refuse(t("This is a bug. It was written to the log. Reload the page."))
    return True
