"""API and console in one process on one port, for small machines and hosts that give one port."""

import logging
import sys
from importlib import import_module

import uvicorn

from shared import liveness
from shared.connections import App, Receive, Scope, Send, allow_many
from shared.errors import SettingRefused
from shared.garbage import keep_what_is_loaded
from shared.settings import Settings


class OnePort:
    """The console under its path, the API everywhere else. Neither wraps the other, so each keeps
    its own limits and policy.

    Only the console has a lifespan.
    """

    def __init__(self, api: App, console: App, settings: Settings) -> None:
        self._api = api
        self._console = console
        self._site = settings.public_path
        self._name = path_of_console(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._console(scope, receive, send)
        elif self.is_of_console(scope["path"]):
            path = self._site + self._inner(scope["path"])
            await self._console({**scope, "path": path}, receive, send)
        else:
            await self._api(scope, receive, send)

    def is_of_console(self, path: str) -> bool:
        return f"{self._inner(path)}/".startswith(f"{self._name}/")

    def is_logged(self, line: logging.LogRecord) -> bool:
        """Whether a line of the server's log is written: the API's requests are, the console's are
        not, as on ports of their own."""
        assert isinstance(line.args, tuple)
        return not self.is_of_console(str(line.args[2]).partition("?")[0])

    def _inner(self, path: str) -> str:
        """Return the path without the site's own, which a proxy may have removed already."""
        return path.removeprefix(self._site) if path.startswith(f"{self._site}/") else path


def path_of_console(settings: Settings) -> str:
    """Return the console's path below PUBLIC_URL. Raises SettingRefused if it is elsewhere."""
    path = settings.console_url.removeprefix(settings.public_url)
    if not path.startswith("/"):
        words = "{field}: must be below PUBLIC_URL, like {site}/console"
        raise SettingRefused(words, field="CONSOLE_URL", site=settings.public_url)
    return path


def run(settings: Settings) -> None:
    """Serve both until a signal ends it; running requests get 4 more seconds."""
    # By name: `shared` serves these packages and must not depend on them.
    api, console = import_module("api.app"), import_module("console.asgi")
    both = OnePort(api.prepared(settings), console.prepared(settings), settings)
    options = {
        **console.server_options(settings),
        **api.server_options(settings, settings.api_port),
        "access_log": True,
    }
    logging.getLogger("uvicorn.access").addFilter(both.is_logged)
    server = uvicorn.Server(uvicorn.Config(both, **options))
    liveness.watch_by_server(server.config)
    sys.setswitchinterval(api.SWITCH_INTERVAL)
    allow_many()
    keep_what_is_loaded()
    server.run()
