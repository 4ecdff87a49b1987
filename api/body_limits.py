"""How much a request may bring, by path."""

import asyncio

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.organizer import LARGEST_LIST, LARGEST_PICTURE

LARGEST_BODY = 64_000
LARGEST_BODIES = {"/api/uploadImage": LARGEST_PICTURE, "/api/addUserData": LARGEST_LIST}
# A client that is still sending reads no answer, so the rest is read and thrown away, this long.
_PATIENCE = 5.0


class BodyLimits:
    """Refuses a body that is too large, as soon as that is known: 413, whatever else is asked.

    The framework's own limit answers in plain text, where clients wait for the envelope.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = LARGEST_BODIES.get(scope["path"], LARGEST_BODY)
        arrived = 0
        too_large = _announced(scope) > limit

        async def receive_within_limit() -> Message:
            nonlocal arrived, too_large
            message = await receive() if not too_large else {"type": "http.request"}
            arrived += len(message.get("body", b""))
            too_large = too_large or arrived > limit
            if too_large:
                raise HTTPException(413)
            return message

        async def send_after_the_rest(message: Message) -> None:
            if too_large and message["type"] == "http.response.body":
                await send({**message, "more_body": True})
                await _throw_away(receive)
                message = {"type": "http.response.body"}
            await send(message)

        await self._app(scope, receive_within_limit, send_after_the_rest)


def _announced(scope: Scope) -> int:
    length = dict(scope["headers"]).get(b"content-length", b"0")
    return int(length) if length.isdigit() else 0


async def _throw_away(receive: Receive) -> None:
    try:
        async with asyncio.timeout(_PATIENCE):
            while (await receive()).get("more_body"):
                pass
    except TimeoutError:
        return
