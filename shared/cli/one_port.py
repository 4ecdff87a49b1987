"""API and console in one process on one port, for small machines and hosts that give one port."""

import logging
import sys
from importlib import import_module
from urllib.parse import urlsplit

import uvicorn

from shared import liveness
from shared.body_limits import App, Receive, Scope, Send
from shared.connections import allow_many
from shared.garbage import keep_what_is_loaded
from shared.settings import Settings


class OnePort:
    """The console where its address says, the API everywhere else; neither wraps the other, so each
    keeps its own limits and policy.

    The console has something to start and end; the API does not.
    """

    def __init__(self, api: App, console: App, path: str) -> None:
        self._api = api
        self._console = console
        self._path = path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        of_console = scope["type"] == "lifespan" or f"{scope['path']}/".startswith(f"{self._path}/")
        await (self._console if of_console else self._api)(scope, receive, send)


def run(settings: Settings) -> None:
    """Serve both until a signal ends it; requests under way get 4 more seconds."""
    # By name: `shared` serves these packages and must not depend on them.
    api, console = import_module("api.app"), import_module("console.asgi")
    path = urlsplit(settings.console_url).path
    both = OnePort(api.prepared(settings), console.prepared(settings), path)
    options = {
        **console.server_options(settings),
        **api.server_options(settings, settings.api_port),
        "access_log": True,
    }
    # As on a port of its own, the console's requests are not logged.
    logging.getLogger("uvicorn.access").addFilter(lambda line: f"'{path}/" not in f"{line.args}")
    server = uvicorn.Server(uvicorn.Config(both, **options))

    async def is_alive() -> None:
        liveness.alive()

    server.config.callback_notify, server.config.timeout_notify = is_alive, liveness.SIGN_SECONDS
    sys.setswitchinterval(api.TURN)
    allow_many()
    keep_what_is_loaded()
    server.run()
