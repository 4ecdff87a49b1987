"""How large a request's body may be, by path."""

import asyncio

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.calls.organizer import LARGEST_LIST, LARGEST_PICTURE
from api.errors import http_answer

LARGEST_BODY = 64_000
LARGEST_BODIES = {"/api/uploadImage": LARGEST_PICTURE, "/api/addUserData": LARGEST_LIST}
# For how many seconds the rest of a refused body is read and thrown away.
_PATIENCE = 5.0


class BodyLimits:
    """Refuses a body as soon as it is known to be too large: 413, whatever the request.

    The framework's own limit answers in plain text, where clients wait for the envelope.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # Most requests are visits, which have no body.
        if scope["type"] != "http" or not _has_body(scope):
            await self._app(scope, receive, send)
            return
        limit = LARGEST_BODIES.get(scope["path"], LARGEST_BODY)
        patient = _Patient(receive, send)
        if _announced(scope) > limit:
            await http_answer(Request(scope), 413)(scope, receive, patient.send)
            return
        arrived, is_whole = 0, False

        async def receive_within_limit() -> Message:
            nonlocal arrived, is_whole
            message = await receive()
            arrived += len(message.get("body", b""))
            is_whole = not message.get("more_body")
            if arrived > limit:
                raise HTTPException(413)
            return message

        async def send_answer(message: Message) -> None:
            await (send if is_whole else patient.send)(message)

        await self._app(scope, receive_within_limit, send_answer)


class _Patient:
    """Answers a client that is still sending, which would otherwise not read the answer."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive = receive
        self._send = send

    async def send(self, message: Message) -> None:
        if message["type"] != "http.response.body" or message.get("more_body"):
            await self._send(message)
            return
        await self._send({**message, "more_body": True})
        await self._throw_away_the_rest()
        await self._send({"type": "http.response.body"})

    async def _throw_away_the_rest(self) -> None:
        try:
            async with asyncio.timeout(_PATIENCE):
                while (await self._receive()).get("more_body"):
                    pass
        except TimeoutError:
            return


def _has_body(scope: Scope) -> bool:
    """RFC 9112, 6: a request's body is announced by one of two headers."""
    headers = dict(scope["headers"])
    return headers.get(b"content-length", b"0") != b"0" or b"transfer-encoding" in headers


def _announced(scope: Scope) -> int:
    length = dict(scope["headers"]).get(b"content-length", b"0")
    return int(length) if length.isdigit() else 0
