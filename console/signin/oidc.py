"""The way to the organization's sign-in and back, to sign in, to join an event, or to confirm who
it is."""

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
from console.signin.invited import description_of, welcome_of
from console.signin.provider_sign_in import PATIENCE, SIGN_IN_STALE, ProviderSignIn, opened, sealed
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
class OrganizationRequest(Asked):
    """A request to the organization's sign-in, and what follows its answer."""

    place: str = "/"
    # The token of the invitation link that is used.
    invitation: str = ""
    stays: bool = False


@dataclass(frozen=True)
class Arrival:
    """A person known to the organization, who has not yet pressed to accept an invitation."""

    invitation: str
    place: str
    known: Opener
    ends_at: datetime = field(default_factory=lambda: now() + PATIENCE)


def way(
    installation: Installation, transport: httpx2.AsyncBaseTransport | None = None
) -> "OrganizationSignIn | None":
    """Return the organization's sign-in; None if the installation names none. Tests reach it by
    `transport`."""
    settings = installation.settings
    if not settings.oidc_issuer:
        return None
    return OrganizationSignIn(installation, OpenIDProvider(settings, transport))


class OrganizationSignIn(ProviderSignIn[OrganizationRequest]):
    """The routes of the organization's sign-in.

    A provider may sign people in silently, whatever link they came by. So an invitation is accepted
    on a page with a button, as it is with a key.
    """

    name = "oidc"
    kind = OrganizationRequest
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

    async def begin(self, request: Request) -> tuple[Response, OrganizationRequest]:
        query = request.query_params
        url, asked = await self._provider.ask(anew="confirm" in query)
        place = access.own_place(query.get("next"))
        return RedirectResponse(url, 303), OrganizationRequest(
            **asdict(asked),
            place=place,
            invitation=query.get("join", ""),
            stays="stay" in query and self.may_stay,
        )

    async def finish(self, request: Request, pending: OrganizationRequest) -> Response:
        known = await self._provider.answered(request.query_params, pending)
        return await asyncio.to_thread(self._settle, request, pending, known)

    async def refuse(
        self, request: Request, pending: OrganizationRequest | None, refusal: ProductError
    ) -> Response:
        return await asyncio.to_thread(self._refused, request, refusal)

    def _refused(self, request: Request, refusal: ProductError) -> Response:
        """Answer with the sign-in page and the reason of a refusal, which is also recorded in the
        log. Waits for the database."""
        _log.warning("A sign-in by the organization was refused: %s", refusal.message)
        network = access.network_at(request)
        database = self.installation.database
        refusals.note(database, Action.SIGN_IN_REFUSED, None, None, network=network)
        return sign_in_page(request, [self], "/", explain(refusal, language_of(request)), 401)

    def _settle(self, request: Request, pending: OrganizationRequest, known: Opener) -> Response:
        answer = RedirectResponse(pending.place, 303)
        if pending.anew:
            self._confirm(request, known)
        elif pending.invitation:
            answer = RedirectResponse(_JOINING, 303)
            arrival = Arrival(pending.invitation, pending.place, known)
            kept = sealed(self.installation.seal, _ARRIVAL, arrival)
            access.set_cookie(self.installation.settings, answer, self._arrived, kept, PATIENCE)
        else:
            access.let_in(self.installation, request, answer, known, stays=pending.stays)
        return answer

    def _confirm(self, request: Request, known: Opener) -> None:
        """Note that the signed-in person confirmed who they are. Raises OrganizationRefused if the
        answer is about somebody else."""
        with self.installation.database.writing() as session:
            row = access.signed_in(session, self.installation, request.cookies).row
            if identity_of(row) != known.identity or known.shown_at is None:
                raise OrganizationRefused(NOT_CONFIRMED)
            sessions.confirm_at(session, row, known.shown_at)

    def ask(self, request: Request) -> Response:
        """Answer with the page that asks whether to accept the invitation. Changes nothing."""
        try:
            arrival = self._arrival(request)
            welcome = welcome_of(self.installation, arrival.invitation)
        except ProductError as refusal:
            return self._refused(request, refusal)
        return plain_page(
            request, "oidc.html", called=arrival.known.name, **description_of(welcome)
        )

    def take(self, request: Request) -> Response:
        """Link the person known to the organization to the event, and sign them in."""
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
        """Return the person who arrived. Raises ProductError for anything expired, sealed elsewhere
        or for another purpose."""
        kept = request.cookies.get(self._arrived, "")
        arrival = opened(self.installation.seal, _ARRIVAL, kept, Arrival, SIGN_IN_STALE)
        if arrival.ends_at <= now():
            raise ProductError(SIGN_IN_STALE)
        return arrival
