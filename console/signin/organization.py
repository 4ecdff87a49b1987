"""To the organization's sign-in and back: for signing in, joining an event, and confirming."""

import asyncio
from dataclasses import asdict, dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from console.signin import session as access
from console.signin.errand import SIGN_IN_STALE, ProviderErrands
from console.signin.invited import Arrival, Joining
from console.signin.plain_page import refused_page
from console.signin.provider import NOT_CONFIRMED, Asked, Known, Provider
from shared.access import sessions
from shared.access.sessions import Opener, identity_of
from shared.errors import OrganizationRefused, ProductError
from shared.events.installation import Installation


@dataclass(frozen=True)
class Errand(Asked):
    """Why somebody went to their organization's sign-in, and what it was asked."""

    place: str = "/"
    # The token of the invitation link that they use.
    invitation: str = ""
    stays: bool = False


class OrganizationSignIn(ProviderErrands[Errand]):
    """To sign in, to join an event, or to confirm who it is."""

    name = "oidc"
    kind = Errand
    stale = SIGN_IN_STALE

    def __init__(self, installation: Installation, provider: Provider, joining: Joining) -> None:
        super().__init__(installation)
        self._provider = provider
        self._joining = joining

    async def begin(self, request: Request) -> tuple[str, Errand]:
        query = request.query_params
        url, asked = await self._provider.ask(anew="confirm" in query)
        stays = "stay" in query and self.installation.settings.oidc_stay
        place = access.own_place(query.get("next"))
        return url, Errand(
            **asdict(asked), place=place, invitation=query.get("join", ""), stays=stays
        )

    async def finish(self, request: Request, errand: Errand) -> Response:
        known = await self._provider.answered(request.query_params, errand)
        return await asyncio.to_thread(self._settle, request, errand, known)

    async def refuse(
        self, request: Request, errand: Errand | None, refusal: ProductError
    ) -> Response:
        return await refused_page(self.installation, request, refusal)

    def _settle(self, request: Request, errand: Errand, known: Known) -> Response:
        answer = RedirectResponse(errand.place, 303)
        if errand.anew:
            self._confirm(request, known)
            return answer
        if errand.invitation:
            return self._joining.begin(Arrival.of(errand.invitation, errand.place, known))
        opener = Opener(identity=known.identity, name=known.name, shown_at=known.shown_at)
        access.let_in(self.installation, request, answer, opener, stays=errand.stays)
        return answer

    def _confirm(self, request: Request, known: Known) -> None:
        """Raises OrganizationRefused if the answer is about somebody else than who is signed in."""
        with self.installation.database.writing() as session:
            row = access.signed_in(session, self.installation, request.cookies).row
            if identity_of(row) != known.identity or known.shown_at is None:
                raise OrganizationRefused(NOT_CONFIRMED)
            sessions.confirm_at(session, row, known.shown_at)
