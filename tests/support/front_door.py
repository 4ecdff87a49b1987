"""What stands in front of the console, with something other than Streamlit behind it."""

import httpx2
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket

from console.mail_signin import MailSignInRoutes
from console.signin.middleware import RequireSignIn
from console.signin.routes import sign_in_routes
from shared.events.installation import Installation


async def _behind(_: Request) -> PlainTextResponse:
    return PlainTextResponse("behind the door")


async def _echo(websocket: WebSocket) -> None:
    """Echoes messages until its browser goes away."""
    await websocket.accept()
    async for text in websocket.iter_text():
        await websocket.send_text(text)


def visitor_at(
    installation: Installation,
    check_seconds: float = 0.1,
    transport: httpx2.AsyncBaseTransport | None = None,
) -> TestClient:
    """An English browser at the console's own address that follows no redirect.

    `transport` leads to the organization's sign-in. Behind the door are the paths `/` and
    `/status`, and a websocket that says back what it hears.
    """
    app = Starlette(
        routes=[
            *sign_in_routes(installation, transport),
            *MailSignInRoutes(installation).routes(),
            Route("/", _behind),
            Route("/status", _behind),
            WebSocketRoute("/_stcore/stream", _echo),
        ],
        middleware=[
            Middleware(RequireSignIn, installation=installation, check_seconds=check_seconds)
        ],
    )
    address = installation.settings.console_url
    english = {"Accept-Language": "en"}
    return TestClient(app, base_url=address, follow_redirects=False, headers=english)
