"""The ASGI application: routes, budgets, middleware, and how uvicorn serves them."""

import logging
import sys
from typing import Any

import uvicorn
from fastapi import FastAPI
from starlette.types import ASGIApp

from api import errors, monitoring
from api.calls import organizer, volunteer
from api.middleware import EventOrigins, EveryRequest, RefuseOutgrown
from api.pages import (
    STATIC,
    certificates,
    event_page,
    my_data,
    personal_link,
    programmers,
    record,
    sample_page,
    verification,
)
from api.pages import volunteer as volunteer_page
from api.visiting import Visiting
from shared import budgets, features, liveness, logs, product_version
from shared.access.rates import Rates
from shared.budgets import Budget
from shared.connections import BodyLimits, Connection, UnderPath, allow_many
from shared.events.installation import Installation
from shared.events.opening import open_installation
from shared.garbage import keep_what_is_loaded
from shared.settings import Settings
from shared.storage.schema import version_and_schema

_log = logging.getLogger(__name__)

_ROUTES: dict[Budget, tuple[str, ...]] = {
    budgets.VISITS: (
        *("/api/getUserInfo", "/my-data", "/my-data.json", "/erase", "/reminders/{key}"),
        *("/event/{page_id}", "/wall", "/thanks", "/findable", "/sample/certificate"),
    ),
    budgets.SUBMITTING: ("/certificate", "/api/submitUserInfo", "/api/preview"),
    budgets.DRAWN: (
        *("/certificates/{public_id}.{format}", "/certificates/{public_id}/picture"),
        *("/my-certificate.pdf", "/verify/{public_id}/{picture}.jpg", "/sample/api/preview"),
        *("/event/{page_id}/card.jpg", "/event/{page_id}/poster.pdf"),
        "/sample/certificates/{token}.{format}",
    ),
    budgets.ERASING: ("/my-data/erase",),
    budgets.ASKING_FOR_LINKS: ("/personal-link",),
    budgets.ASKING_FOR_RECORDS: ("/record", "/record.pdf"),
    budgets.LOOKING_UP: ("/verify",),
    budgets.ORGANIZING: ("/api/updateOrgConfig", "/api/email", "/metrics"),
    budgets.ADDING: ("/api/addUserData",),
    budgets.UPLOADING_TEMPLATES: ("/api/uploadImage",),
    budgets.OPEN: (
        *("/", "/docs", "/openapi.json", "/static", "/link-asked", "/record-asked"),
        *("/.well-known/security.txt", "/health", "/health/live", "/health/ready"),
        *("/favicon.ico", "/apple-touch-icon.png", "/robots.txt"),
        "/verify/{public_id}",
    ),
}
BUDGETS = {path: budget for budget, paths in _ROUTES.items() for path in paths}
BUDGETS |= features.routes()
# The longest parts in a log line: an IPv6 address with its port, and any path that exists.
_LONGEST_CLIENT = 53
_LONGEST_PATH = 200
# Seconds until a running thread yields. A submit releases Python's lock at each statement and waits
# for it again, on SQLite while other writers are kept out. With Python's 5 ms that took three times
# as long while long lists were read (line 16 of `make faults`).
SWITCH_INTERVAL = 0.0005


class _Api(FastAPI):
    def build_middleware_stack(self) -> ASGIApp:
        """Wrap the framework's own error handler too, so that its answers get the same headers."""
        limited = BodyLimits(
            super().build_middleware_stack(),
            lambda path: BUDGETS.get(path, budgets.OPEN).body.most,
            errors.too_large,
        )
        installation: Installation = self.state.installation
        current = RefuseOutgrown(limited, installation)
        answered = EveryRequest(EventOrigins(current, installation), self.state.requests)
        return UnderPath(answered, installation.settings.public_path)


def create_app(installation: Installation) -> FastAPI:
    """Return the API of one installation, ready for an ASGI server."""
    features.load()
    app = _Api(
        title="Volunteer certificates",
        version=product_version(),
        description="Every answer is `{code, data, message}`; code 0 is success.",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.installation = installation
    app.state.rates = Rates()
    app.state.requests = monitoring.Requests(BUDGETS)
    app.state.visiting = Visiting(installation)
    errors.install(app)
    # The most frequent first: each route tried in vain takes time.
    for router in (
        *(part.router for part in (volunteer, volunteer_page, organizer, certificates)),
        # Before the page whose address may be anything below `/verify`.
        *features.routers(),
        *(part.router for part in (verification, event_page, personal_link, record, my_data)),
        *(part.router for part in (sample_page, programmers, monitoring)),
    ):
        # As they are: routes of an included router are matched twice, and built once more.
        app.routes.extend(router.routes)
    app.mount("/static", STATIC)
    return app


def prepared(settings: Settings) -> ASGIApp:
    """Return the API of the installation that the settings describe."""
    features.load()
    return create_app(open_installation(settings))


def run(settings: Settings) -> None:
    """Serve the API until a signal ends it; requests under way get 4 more seconds."""
    logs.set_up(settings.log_level, settings.log_format, "api")
    _log.info("certs api, %s", version_and_schema())
    server = new_server(open_installation(settings), settings.api_port)
    liveness.begin("api", settings.data_dir)
    allow_many()
    sys.setswitchinterval(SWITCH_INTERVAL)
    liveness.watch_by_server(server.config)
    keep_what_is_loaded()
    server.run()


def new_server(installation: Installation, port: int) -> uvicorn.Server:
    """Return a server that is not running yet; port 0 takes any free one."""
    options = server_options(installation.settings, port)
    return uvicorn.Server(uvicorn.Config(create_app(installation), **options))


def server_options(settings: Settings, port: int) -> dict[str, Any]:
    """Return the arguments of `uvicorn.Config` besides the application."""
    logging.getLogger("uvicorn.access").addFilter(_without_query_and_short)
    return {
        "host": settings.host,
        "port": port,
        "log_level": logs.web_server_level(settings.log_level),
        # Its lines go through our logging, so that they have the configured format.
        "log_config": None,
        # X-Forwarded-For counts only when it comes from one of these; from nobody if empty.
        "forwarded_allow_ips": settings.trusted_proxies,
        "server_header": False,
        "http": Connection,
        "timeout_graceful_shutdown": 4,
    }


def _without_query_and_short(record: logging.LogRecord) -> bool:
    """Remove the query, which carries tokens, from an access log record, and shorten the path."""
    if isinstance(record.args, tuple) and len(record.args) == 5:
        client, method, path, version, status = record.args
        path = str(path).partition("?")[0][:_LONGEST_PATH]
        record.args = (str(client)[:_LONGEST_CLIENT], method, path, version, status)
    return True
