"""To the organization's sign-in and back, where somebody goes to sign in, to join an event, or to
confirm who it is."""

import asyncio
import logging
from dataclasses import asdict, dataclass, field
from datetime import datetime

import httpx2
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from console.signin import language_of, plain_page, sign_in_page
from console.signin import session as access
from console.signin.errand import PATIENCE, SIGN_IN_STALE, ProviderErrands, opened, sealed
from console.signin.invited import told_of, welcome_of
from shared.access import colleagues, refusals, sessions
from shared.access.sessions import Opener, identity_of
from shared.errors import OrganizationRefused, ProductError, explain
from shared.events.installation import Installation
from shared.features.oidc.provider import NOT_CONFIRMED, Asked, OpenIDProvider
from shared.language import N_
from shared.storage.models import Action, now

_JOINING = "/signin/organization/join"
_ARRIVAL = "arrival"
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class OrganizationErrand(Asked):
    """Why somebody went to their organization's sign-in, and what it was asked."""

    place: str = "/"
    # The token of the invitation link that they use.
    invitation: str = ""
    stays: bool = False


@dataclass(frozen=True)
class Arrival:
    """Somebody whom their organization knows, before they press to take an invitation."""

    invitation: str
    place: str
    known: Opener
    ends_at: datetime = field(default_factory=lambda: now() + PATIENCE)


def way(
    installation: Installation, transport: httpx2.AsyncBaseTransport | None = None
) -> "OrganizationSignIn | None":
    """None if the installation names no organization; `transport` reaches it another way, for
    tests."""
    settings = installation.settings
    if not settings.oidc_issuer:
        return None
    return OrganizationSignIn(installation, OpenIDProvider(settings, transport))


class OrganizationSignIn(ProviderErrands[OrganizationErrand]):
    """A provider may sign people in silently, whatever link they came by: who takes an invitation
    is asked by a page with a button, as with a key."""

    name = "oidc"
    kind = OrganizationErrand
    stale = SIGN_IN_STALE
    path = "/signin/organization"
    title = N_("Sign in with your organization")

    def __init__(self, installation: Installation, provider: OpenIDProvider) -> None:
        super().__init__(installation)
        self._provider = provider
        self.may_stay = installation.settings.oidc_stay
        self.way_out = provider.way_out
        self._arrived = access.cookie_name(installation.settings, "certs_arrival")

    def routes(self) -> list[Route]:
        return [
            Route(self.path, self.go),
            Route("/signin/oidc", self.come_back),
            Route(_JOINING, self.ask),
            Route(_JOINING, self.take, methods=["POST"]),
        ]

    async def begin(self, request: Request) -> tuple[Response, OrganizationErrand]:
        query = request.query_params
        url, asked = await self._provider.ask(anew="confirm" in query)
        place = access.own_place(query.get("next"))
        return RedirectResponse(url, 303), OrganizationErrand(
            **asdict(asked),
            place=place,
            invitation=query.get("join", ""),
            stays="stay" in query and self.may_stay,
        )

    async def finish(self, request: Request, errand: OrganizationErrand) -> Response:
        known = await self._provider.answered(request.query_params, errand)
        return await asyncio.to_thread(self._settle, request, errand, known)

    async def refuse(
        self, request: Request, errand: OrganizationErrand | None, refusal: ProductError
    ) -> Response:
        return await asyncio.to_thread(self._refused, request, refusal)

    def _refused(self, request: Request, refusal: ProductError) -> Response:
        """The sign-in page with the reason why the organization's answer was not accepted, which
        is also recorded in the log. Waits for the database."""
        _log.warning("A sign-in by the organization was refused: %s", refusal.message)
        network = access.network_at(request)
        database = self.installation.database
        refusals.note(database, Action.SIGN_IN_REFUSED, None, None, network=network)
        return sign_in_page(request, [self], "/", explain(refusal, language_of(request)), 401)

    def _settle(self, request: Request, errand: OrganizationErrand, known: Opener) -> Response:
        answer = RedirectResponse(errand.place, 303)
        if errand.anew:
            self._confirm(request, known)
        elif errand.invitation:
            answer = RedirectResponse(_JOINING, 303)
            arrival = Arrival(errand.invitation, errand.place, known)
            kept = sealed(self.installation.seal, _ARRIVAL, arrival)
            access.set_cookie(self.installation.settings, answer, self._arrived, kept, PATIENCE)
        else:
            access.let_in(self.installation, request, answer, known, stays=errand.stays)
        return answer

    def _confirm(self, request: Request, known: Opener) -> None:
        """Raises OrganizationRefused if the answer is about somebody else than who is signed in."""
        with self.installation.database.writing() as session:
            row = access.signed_in(session, self.installation, request.cookies).row
            if identity_of(row) != known.identity or known.shown_at is None:
                raise OrganizationRefused(NOT_CONFIRMED)
            sessions.confirm_at(session, row, known.shown_at)

    def ask(self, request: Request) -> Response:
        """The page that asks whether to take the invitation. Changes nothing."""
        try:
            arrival = self._arrival(request)
            welcome = welcome_of(self.installation, arrival.invitation)
        except ProductError as refusal:
            return self._refused(request, refusal)
        return plain_page(request, "oidc.html", called=arrival.known.name, **told_of(welcome))

    def take(self, request: Request) -> Response:
        """The button: the person known to the organization is bound to the event, and signed in."""
        network = access.network_at(request)
        try:
            arrival = self._arrival(request)
            with self.installation.database.writing() as session:
                colleagues.take(session, arrival.invitation, network, arrival.known.identity)
            answer: Response = RedirectResponse(arrival.place, 303)
            access.let_in(self.installation, request, answer, arrival.known)
        except ProductError as refusal:
            answer = self._refused(request, refusal)
        access.drop_cookie(self.installation.settings, answer, self._arrived)
        return answer

    def _arrival(self, request: Request) -> Arrival:
        """Raises ProductError for anything expired, sealed elsewhere or for another purpose."""
        kept = request.cookies.get(self._arrived, "")
        arrival = opened(self.installation.seal, _ARRIVAL, kept, Arrival, SIGN_IN_STALE)
        if arrival.ends_at <= now():
            raise ProductError(SIGN_IN_STALE)
        return arrival
