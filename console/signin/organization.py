"""To the organization's sign-in and back: for coming in, joining an event, and confirming."""

import asyncio
import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta

import httpx2
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from console.signin import session as access
from console.signin.plain_page import language_of, plain_page
from console.signin.provider import Asked, Known, Provider
from shared.errors import (
    JoiningRefused,
    NotAllowed,
    NotConfirmed,
    SettingRefused,
    SignInStale,
    explain,
)
from shared.events import colleagues, refusals, sessions
from shared.events.installation import Installation
from shared.events.sessions import Opener, identity_of
from shared.storage.models import Action
from shared.storage.sealing.tokens import Seal

_PATIENCE = timedelta(minutes=10)
# Tells what was kept for the way from everything else that the same seal has closed.
_PURPOSE = "oidc"
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Errand:
    """What somebody went to their organization's sign-in for, kept sealed in a cookie."""

    asked: Asked
    place: str
    # The token of an invitation's link that they take.
    invitation: str = ""

    def seal(self, seal: Seal) -> str:
        return seal.seal_secret(f"{_PURPOSE} {json.dumps(asdict(self))}")

    @classmethod
    def open(cls, seal: Seal, sealed: str) -> "Errand":
        """Raises SignInStale for what was sealed elsewhere or for something else."""
        try:
            purpose, _, text = seal.open_secret(sealed).partition(" ")
            values = json.loads(text) if purpose == _PURPOSE else {}
            return cls(Asked(**values.pop("asked")), **values)
        except (SettingRefused, ValueError, KeyError, TypeError):
            raise SignInStale() from None


class OrganizationSignIn:
    """A question of each tab has a cookie of its own, so that none makes another one stale."""

    def __init__(
        self, installation: Installation, transport: httpx2.AsyncBaseTransport | None = None
    ) -> None:
        self.installation = installation
        self._provider = Provider(installation.settings, transport)

    async def go(self, request: Request) -> Response:
        """To the provider. Nothing is changed: whatever opens links may come this way."""
        query = request.query_params
        try:
            url, asked = await self._provider.ask(anew="confirm" in query)
        except NotAllowed as refusal:
            return await self._refuse(request, refusal)
        errand = Errand(asked, access.own_place(query.get("next")), query.get("join", ""))
        answer = RedirectResponse(url, 303)
        sealed = errand.seal(self.installation.seal)
        access.set_cookie(
            self.installation.settings, answer, self._cookie(asked.state), sealed, _PATIENCE
        )
        return answer

    async def come_back(self, request: Request) -> Response:
        """From the provider, once: what was kept for the way is gone afterwards."""
        name = self._cookie(request.query_params.get("state", ""))
        try:
            errand = self._errand(request.cookies.get(name, ""), request.query_params)
            known = await self._provider.answered(request.query_params, errand.asked)
            answer = await asyncio.to_thread(self._settle, request, errand, known)
        except (NotAllowed, JoiningRefused) as refusal:
            answer = await self._refuse(request, refusal)
        if name in request.cookies:
            access.drop_cookie(self.installation.settings, answer, name)
        return answer

    def _cookie(self, state: str) -> str:
        ours = state if state.isascii() and state.isalnum() else ""
        return access.cookie_name(self.installation.settings, f"certs_oidc_{ours[:16]}")

    def _errand(self, sealed: str, answer: Mapping[str, str]) -> Errand:
        errand = Errand.open(self.installation.seal, sealed)
        if errand.asked.state != answer.get("state"):
            raise SignInStale()
        return errand

    def _settle(self, request: Request, errand: Errand, known: Known) -> Response:
        answer = RedirectResponse(errand.place, 303)
        if errand.asked.anew:
            self._confirm(request, known)
            return answer
        if errand.invitation:
            network = access.network_at(request)
            with self.installation.database.writing() as session:
                colleagues.take_by(session, errand.invitation, known.identity, network)
        opener = Opener(identity=known.identity, name=known.name, shown_at=known.shown_at)
        access.let_in(self.installation, request, answer, opener)
        return answer

    def _confirm(self, request: Request, known: Known) -> None:
        """Raises NotConfirmed when another one than who is signed in has answered."""
        with self.installation.database.writing() as session:
            row = access.signed_in(session, self.installation, request.cookies).row
            if identity_of(row) != known.identity or known.shown_at is None:
                raise NotConfirmed()
            sessions.confirm_at(session, row, known.shown_at)

    async def _refuse(self, request: Request, refusal: NotAllowed | JoiningRefused) -> Response:
        _log.warning("A sign-in by the organization was refused: %s", type(refusal).__name__)
        await asyncio.to_thread(
            refusals.note,
            self.installation.database,
            Action.SIGN_IN_REFUSED,
            None,
            None,
            network=access.network_at(request),
        )
        said = explain(refusal, language_of(request))
        return plain_page(
            request, "signin.html", 401, place="/", refusal=said, has_organization=True
        )
