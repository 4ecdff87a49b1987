"""To the organization's sign-in and back: for signing in, joining an event, and confirming."""

import asyncio
import logging
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from console.signin import session as access
from console.signin.errand import PATIENCE, SIGN_IN_STALE, Arrival, Errand
from console.signin.invited import Joining
from console.signin.plain_page import refused_page
from console.signin.provider import NOT_CONFIRMED, Known, Provider
from shared.access import sessions
from shared.access.sessions import Opener, identity_of
from shared.errors import NotAllowed, OrganizationRefused
from shared.events.installation import Installation

_log = logging.getLogger(__name__)


class OrganizationSignIn:
    """Each tab's request has a cookie of its own, so that none makes another stale."""

    def __init__(self, installation: Installation, provider: Provider, joining: Joining) -> None:
        self.installation = installation
        self._provider = provider
        self._joining = joining

    async def go(self, request: Request) -> Response:
        """Redirect to the provider. Changes nothing, since link scanners may come this way."""
        query = request.query_params
        try:
            url, asked = await self._provider.ask(anew="confirm" in query)
        except NotAllowed as refusal:
            return await refused_page(self.installation, request, refusal)
        stays = "stay" in query and self.installation.settings.oidc_stay
        place = access.own_place(query.get("next"))
        errand = Errand(asked, place, query.get("join", ""), stays)
        answer = RedirectResponse(url, 303)
        sealed = errand.seal(self.installation.seal)
        access.set_cookie(
            self.installation.settings, answer, self._cookie(asked.state), sealed, PATIENCE
        )
        return answer

    async def come_back(self, request: Request) -> Response:
        """Return from the provider, once: the cookie is gone afterwards."""
        name = self._cookie(request.query_params.get("state", ""))
        try:
            errand = self._errand(request.cookies.get(name, ""), request.query_params)
            known = await self._provider.answered(request.query_params, errand.asked)
            answer = await asyncio.to_thread(self._settle, request, errand, known)
        except NotAllowed as refusal:
            answer = await refused_page(self.installation, request, refusal)
        if name in request.cookies:
            access.drop_cookie(self.installation.settings, answer, name)
        return answer

    def _cookie(self, state: str) -> str:
        ours = state if state.isascii() and state.isalnum() else ""
        return access.cookie_name(self.installation.settings, f"certs_oidc_{ours[:16]}")

    def _errand(self, sealed: str, answer: Mapping[str, str]) -> Errand:
        errand = Errand.open(self.installation.seal, sealed)
        if errand.asked.state != answer.get("state"):
            raise OrganizationRefused(SIGN_IN_STALE)
        return errand

    def _settle(self, request: Request, errand: Errand, known: Known) -> Response:
        answer = RedirectResponse(errand.place, 303)
        if errand.asked.anew:
            self._confirm(request, known)
            return answer
        if errand.invitation:
            return self._joining.begin(Arrival.of(errand, known))
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
