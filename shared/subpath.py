"""A program that is reached under a path, as in https://example.org/certs (plain ASGI)."""

from shared.body_limits import App, Message, Receive, Scope, Send


class UnderPath:
    """Takes `path` off what comes, and puts it before the addresses that redirections lead to.

    A proxy may have taken it off already. Pages and cookies name their addresses themselves.
    """

    def __init__(self, app: App, path: str) -> None:
        """`path` has no slash at its end; the empty one changes nothing."""
        self._app = app
        self._path = path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._path or scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
        elif scope["path"] == self._path and scope["type"] == "http":
            # Relative addresses on its page would lead beside it.
            query = b"?" + scope["query_string"] if scope["query_string"] else b""
            onward = [(b"location", f"{self._path}/".encode() + query), (b"content-length", b"0")]
            await send({"type": "http.response.start", "status": 307, "headers": onward})
            await send({"type": "http.response.body", "body": b""})
        else:
            await self._app(self._without_path(scope), receive, self._with_path(send))

    def _without_path(self, scope: Scope) -> Scope:
        if not scope["path"].startswith(f"{self._path}/"):
            return scope
        inner = scope["path"][len(self._path) :]
        return {**scope, "path": inner, "raw_path": inner.encode(), "root_path": ""}

    def _with_path(self, send: Send) -> Send:
        async def send_with_path(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    (name, self._led(value) if name == b"location" else value)
                    for name, value in message["headers"]
                ]
            await send(message)

        return send_with_path

    def _led(self, place: bytes) -> bytes:
        """Where a redirection within the program leads to from outside."""
        is_own = place.startswith(b"/") and not place.startswith(b"//")
        return self._path.encode() + place if is_own else place
