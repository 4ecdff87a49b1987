"""The page of an invited colleague: what the link is for, and the one button that uses it up."""

import asyncio
from typing import Any
from urllib.parse import urlencode

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.requests import Request
from starlette.responses import Response

from console.signin import session as access
from console.signin.plain_page import language_of, plain_page
from console.text import written_time
from console.widgets.roles import ROLE_NAMES, ROLE_WORDS
from shared.access import colleagues
from shared.access.colleagues import Joined, Welcome
from shared.access.sessions import Opener
from shared.errors import JoiningRefused, JoinLinkUnknown, explain
from shared.events.installation import Installation

# Refusals per network, so that endless attempts do not fill the log.
WRITTEN_DOWN = parse("10/minute")


class Invited:
    """Opening a link changes nothing, since mail scanners open links, too."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    async def show(self, request: Request) -> Response:
        try:
            welcome = await asyncio.to_thread(self._welcome, request.path_params["token"])
        except JoiningRefused as refusal:
            return await self._refuse(request, refusal)
        return _welcome_page(
            request, welcome, has_organization=bool(self.installation.settings.oidc_issuer)
        )

    async def join(self, request: Request) -> Response:
        try:
            joined = await asyncio.to_thread(self._take, request)
        except JoiningRefused as refusal:
            return await self._refuse(request, refusal)
        place = f"/overview?{urlencode({'event': joined.event.id})}"
        answer = plain_page(
            request, "joined.html", key=joined.key, event=joined.event.name, place=place
        )
        opener = Opener.of_token(joined.key)
        await asyncio.to_thread(access.let_in, self.installation, request, answer, opener)
        return answer

    def _welcome(self, token: str) -> Welcome:
        with self.installation.database.reading() as session:
            return colleagues.welcome(session, token)

    def _take(self, request: Request) -> Joined:
        self._welcome(request.path_params["token"])  # Wrong ones take no lock.
        with self.installation.database.writing() as session:
            return colleagues.take(
                session, request.path_params["token"], access.network_at(request)
            )

    async def _refuse(self, request: Request, refusal: JoiningRefused) -> Response:
        network = access.network_at(request)
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


def _welcome_page(request: Request, welcome: Welcome, *, has_organization: bool) -> Response:
    return plain_page(
        request,
        "invited.html",
        invited_by=welcome.invited_by,
        token=request.path_params["token"],
        place=f"/overview?{urlencode({'event': welcome.event.id})}",
        has_organization=has_organization,
        **told_of(welcome),
    )


def told_of(welcome: Welcome) -> dict[str, Any]:
    """What is told about an invitation before the button is pressed."""
    invitation, event = welcome.invitation, welcome.event
    return {
        "event": event.name,
        "colleague": invitation.name,
        "role": ROLE_NAMES[invitation.role],
        "role_words": ROLE_WORDS[invitation.role],
        "until": written_time(invitation.expires_at, event),
    }
