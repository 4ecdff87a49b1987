"""How large a request's body may be, and an end for those that are larger."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import Any

# As ASGI has them, whatever framework is behind.
Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

# For how many seconds the rest of a body that nobody reads is thrown away.
_PATIENCE = 5.0


class BodyLimits:
    """Refuses a body as soon as it is known to be too large: 413, whatever the request."""

    def __init__(self, app: App, largest: Callable[[str], int], refuse: App) -> None:
        """`largest` is in octets, by path; `refuse` answers with 413."""
        self._app = app
        self._largest = largest
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # Most requests are visits, which have no body.
        if scope["type"] != "http" or not _has_body(scope):
            await self._app(scope, receive, send)
            return
        limit = self._largest(scope["path"])
        patient = _patient(receive, send)
        length = dict(scope["headers"]).get(b"content-length", b"0")
        announced = int(length) if length.isdigit() else 0
        if announced > limit:
            await self._refuse(scope, receive, patient)
            return
        arrived, is_whole, is_answered = 0, False, False

        async def receive_within_limit() -> Message:
            nonlocal arrived, is_whole
            message = await receive()
            arrived += len(message.get("body", b""))
            is_whole = not message.get("more_body")
            return {"type": "http.disconnect"} if arrived > limit else message

        async def send_answer(message: Message) -> None:
            nonlocal is_answered
            # To the program behind, the client has gone: what it says of that is nobody's answer.
            if arrived <= limit or is_answered:
                is_answered = True
                await (send if is_whole else patient)(message)

        try:
            await self._app(scope, receive_within_limit, send_answer)
        except Exception:
            if arrived <= limit or is_answered:
                raise
        if arrived > limit and not is_answered:
            await self._refuse(scope, receive, send if is_whole else patient)


def _patient(receive: Receive, send: Send) -> Send:
    """Answers a client that is still sending, which would otherwise not read the answer."""

    async def send_patiently(message: Message) -> None:
        if message["type"] != "http.response.body" or message.get("more_body"):
            await send(message)
            return
        await send({**message, "more_body": True})
        with suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE):
                while (await receive()).get("more_body"):
                    pass
        await send({"type": "http.response.body"})

    return send_patiently


def _has_body(scope: Scope) -> bool:
    """RFC 9112, 6: a request's body is announced by one of two headers."""
    headers = dict(scope["headers"])
    return headers.get(b"content-length", b"0") != b"0" or b"transfer-encoding" in headers
