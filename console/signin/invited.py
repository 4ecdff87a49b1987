"""The page of an invited colleague: what the link is for, and the one button that uses it up."""

import asyncio
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from console.signin import session as access
from console.signin.errand import PATIENCE, SIGN_IN_STALE, opened, sealed
from console.signin.plain_page import language_of, plain_page, refused_page
from console.signin.provider import Known
from console.text import ROLE_NAMES, ROLE_WORDS, written_time
from shared.access import colleagues
from shared.access.colleagues import Joined, Welcome
from shared.access.identities import Identity
from shared.access.sessions import Opener
from shared.errors import JoiningRefused, JoinLinkUnknown, ProductError, explain
from shared.events.installation import Installation
from shared.storage.models import now

# Refusals per network, so that endless attempts do not fill the log.
WRITTEN_DOWN = parse("10/minute")
PATH = "/signin/organization/join"


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
        return plain_page(
            request,
            "invited.html",
            invited_by=welcome.invited_by,
            token=request.path_params["token"],
            place=f"/overview?{urlencode({'event': welcome.event.id})}",
            has_organization=bool(self.installation.settings.oidc_issuer),
            **told_of(welcome),
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


# Accepting an invitation by the organization's sign-in: with a button, as with a key


_ARRIVAL = "arrival"


@dataclass(frozen=True)
class Arrival:
    """Somebody whom their organization knows, before they press to take an invitation."""

    invitation: str
    place: str
    issuer: str
    subject: str
    name: str
    # Times in ISO 8601.
    shown_at: str | None
    ends_at: str = field(default_factory=lambda: (now() + PATIENCE).isoformat())

    @classmethod
    def of(cls, invitation: str, place: str, known: Known) -> "Arrival":
        shown_at = known.shown_at.isoformat() if known.shown_at else None
        return cls(invitation, place, *known.identity, known.name, shown_at)

    @property
    def known(self) -> Known:
        """Who it is, according to the organization."""
        shown_at = datetime.fromisoformat(self.shown_at) if self.shown_at else None
        return Known(Identity(self.issuer, self.subject), self.name, shown_at)


class Joining:
    """A provider may sign people in silently, whatever link they came by, so they are asked
    here."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self._cookie = access.cookie_name(installation.settings, "certs_arrival")

    def begin(self, arrival: Arrival) -> Response:
        """Lead to the page that asks. Changes nothing."""
        answer = RedirectResponse(PATH, 303)
        kept = sealed(self.installation.seal, _ARRIVAL, asdict(arrival))
        access.set_cookie(self.installation.settings, answer, self._cookie, kept, PATIENCE)
        return answer

    async def show(self, request: Request) -> Response:
        try:
            arrival = self._arrival(request)
            welcome = await asyncio.to_thread(self._welcome, arrival)
        except ProductError as refusal:
            return await refused_page(self.installation, request, refusal)
        return plain_page(request, "joining.html", called=arrival.name, **told_of(welcome))

    async def take(self, request: Request) -> Response:
        """The button: the person known to the organization is bound to the event, and signed in."""
        try:
            arrival = self._arrival(request)
            answer = await asyncio.to_thread(self._take, request, arrival)
        except ProductError as refusal:
            answer = await refused_page(self.installation, request, refusal)
        access.drop_cookie(self.installation.settings, answer, self._cookie)
        return answer

    def _arrival(self, request: Request) -> Arrival:
        """Raises ProductError for anything expired, sealed elsewhere or for another purpose."""
        kept = request.cookies.get(self._cookie, "")
        values = opened(self.installation.seal, _ARRIVAL, kept, SIGN_IN_STALE)
        try:
            arrival = Arrival(**values)
        except TypeError:
            raise ProductError(SIGN_IN_STALE) from None
        if datetime.fromisoformat(arrival.ends_at) <= now():
            raise ProductError(SIGN_IN_STALE)
        return arrival

    def _welcome(self, arrival: Arrival) -> Welcome:
        with self.installation.database.reading() as session:
            return colleagues.welcome(session, arrival.invitation)

    def _take(self, request: Request, arrival: Arrival) -> Response:
        known, network = arrival.known, access.network_at(request)
        with self.installation.database.writing() as session:
            colleagues.take(session, arrival.invitation, network, known.identity)
        answer = RedirectResponse(arrival.place, 303)
        opener = Opener(identity=known.identity, name=known.name, shown_at=known.shown_at)
        access.let_in(self.installation, request, answer, opener)
        return answer
