"""The page of an invited colleague: what the link is for, and the one press that uses it up."""

import asyncio
from urllib.parse import urlencode

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.requests import Request
from starlette.responses import Response

from console.signin.page import SignIn
from console.signin.plain_page import language_of, plain_page
from console.text import written_time
from console.widgets.roles import ROLE_NAMES, ROLE_WORDS
from shared.errors import JoiningRefused, JoinLinkUnknown, explain
from shared.events import colleagues
from shared.events.colleagues import Joined, Welcome
from shared.events.installation import Installation
from shared.events.visitors import network_of

# Refusals, for each network: who goes on trying fills no log.
WRITTEN_DOWN = parse("10/minute")


class Invited:
    """Looking at a link changes nothing: mail scanners look at links, too."""

    def __init__(self, installation: Installation, sign_in: SignIn) -> None:
        self.installation = installation
        self.sign_in = sign_in
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    async def show(self, request: Request) -> Response:
        try:
            welcome = await asyncio.to_thread(self._welcome, request.path_params["token"])
        except JoiningRefused as refusal:
            return await self._refuse(request, refusal)
        return _welcome_page(request, welcome)

    async def join(self, request: Request) -> Response:
        try:
            joined = await asyncio.to_thread(self._take, request)
        except JoiningRefused as refusal:
            return await self._refuse(request, refusal)
        place = f"/overview?{urlencode({'event': joined.event.id})}"
        answer = plain_page(
            request, "joined.html", key=joined.key, event=joined.event.name, place=place
        )
        await asyncio.to_thread(self.sign_in.let_in, answer, joined.key)
        return answer

    def _welcome(self, token: str) -> Welcome:
        with self.installation.database.reading() as session:
            return colleagues.welcome(session, token)

    def _take(self, request: Request) -> Joined:
        with self.installation.database.writing() as session:
            return colleagues.take(session, request.path_params["token"], _network(request))

    async def _refuse(self, request: Request, refusal: JoiningRefused) -> Response:
        network = _network(request)
        if self._limiter.hit(WRITTEN_DOWN, network):
            await asyncio.to_thread(
                colleagues.note_refusal,
                self.installation.database,
                request.path_params["token"],
                network,
            )
        status = 404 if isinstance(refusal, JoinLinkUnknown) else 410
        said = explain(refusal, language_of(request))
        return plain_page(request, "invited.html", status, refusal=said)


def _welcome_page(request: Request, welcome: Welcome) -> Response:
    invitation, event = welcome.invitation, welcome.event
    return plain_page(
        request,
        "invited.html",
        event=event.name,
        colleague=invitation.name,
        invited_by=welcome.invited_by,
        role=ROLE_NAMES[invitation.role],
        role_words=ROLE_WORDS[invitation.role],
        until=written_time(invitation.expires_at, event),
    )


def _network(request: Request) -> str:
    return network_of(request.client.host if request.client else "")
