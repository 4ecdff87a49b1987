"""What applies to every request and every answer."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.visiting import PATIENCE
from shared.storage.patience import patience

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
_UPLOAD = "/api/uploadImage"


class EveryRequest:
    """Reads HEAD as GET and any body of a call as JSON; puts the security headers on answers.

    It also limits how long anybody waits for a database that hangs.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                # Add the headers that the answer lacks; as bytes, since every
                # answer passes through here.
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
            await self._app(_plain(scope), receive, send_secured)


def _plain(scope: Scope) -> Scope:
    """HEAD is GET without the content (RFC 9110, 9.3.2). Old clients send JSON as text or form."""
    if scope["method"] == "GET":
        return scope
    changed = dict(scope, method="GET" if scope["method"] == "HEAD" else scope["method"])
    if scope["path"].startswith("/api/") and scope["path"] != _UPLOAD:
        others = [(name, value) for name, value in scope["headers"] if name != b"content-type"]
        changed["headers"] = [*others, (b"content-type", b"application/json")]
    return changed


_SECURITY = [(name.lower().encode(), value.encode()) for name, value in SECURITY.items()]
# Most answers depend on a token. Style and script are cached, but revalidated each time.
_USUAL = [*_SECURITY, (b"cache-control", b"no-store")]
_STATIC = [*_SECURITY, (b"cache-control", b"no-cache")]
