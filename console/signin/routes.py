"""The addresses in front of the console, for signing in and out: with a key, an invitation, or at
the organization, to which somebody goes to sign in, to join an event, or to confirm who it is."""

import asyncio
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import httpx2
from markdown_it import MarkdownIt
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from console.signin import session as access
from console.signin.errand import SIGN_IN_STALE, ProviderErrands
from console.signin.invited import PATH as JOINING_PAGE
from console.signin.invited import Arrival, Invited
from console.signin.page import SignIn, choose_language
from console.signin.plain_page import language_of, plain_page, refused_page
from console.signin.provider import NOT_CONFIRMED, Asked, Provider
from shared.access import sessions
from shared.access.sessions import Opener, identity_of
from shared.errors import OrganizationRefused, ProductError
from shared.events.installation import Installation
from shared.language import Language


def sign_in_routes(
    installation: Installation, transport: httpx2.AsyncBaseTransport | None = None
) -> list[Route]:
    """`transport` reaches the organization's sign-in another way, for tests."""
    settings, invited = installation.settings, Invited(installation)
    provider = Provider(settings, transport) if settings.oidc_issuer else None
    sign_in = SignIn(installation, provider)
    by_organization: list[Route] = []
    if provider:
        organization = OrganizationSignIn(installation, provider, invited)
        by_organization = [
            Route("/signin/organization", organization.go),
            Route("/signin/oidc", organization.come_back),
            Route(JOINING_PAGE, invited.ask),
            Route(JOINING_PAGE, invited.take, methods=["POST"]),
        ]
    return [
        Route("/signin", sign_in.show),
        Route("/signin", sign_in.enter, methods=["POST"]),
        *by_organization,
        Route("/signout", sign_in.leave, methods=["GET", "POST"]),
        Route("/join/{token}", invited.show),
        Route("/join/{token}", invited.join, methods=["POST"]),
        Route("/language/{code}", choose_language),
        Route("/guide", show_guide),
    ]


@dataclass(frozen=True)
class Errand(Asked):
    """Why somebody went to their organization's sign-in, and what it was asked."""

    place: str = "/"
    # The token of the invitation link that they use.
    invitation: str = ""
    stays: bool = False


class OrganizationSignIn(ProviderErrands[Errand]):
    """To the organization's sign-in and back."""

    name = "oidc"
    kind = Errand
    stale = SIGN_IN_STALE

    def __init__(self, installation: Installation, provider: Provider, invited: Invited) -> None:
        super().__init__(installation)
        self._provider = provider
        self._invited = invited

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
        return await asyncio.to_thread(refused_page, self.installation, request, refusal)

    def _settle(self, request: Request, errand: Errand, known: Opener) -> Response:
        answer = RedirectResponse(errand.place, 303)
        if errand.anew:
            self._confirm(request, known)
            return answer
        if errand.invitation:
            return self._invited.begin(Arrival(errand.invitation, errand.place, known))
        access.let_in(self.installation, request, answer, known, stays=errand.stays)
        return answer

    def _confirm(self, request: Request, known: Opener) -> None:
        """Raises OrganizationRefused if the answer is about somebody else than who is signed in."""
        with self.installation.database.writing() as session:
            row = access.signed_in(session, self.installation, request.cookies).row
            if identity_of(row) != known.identity or known.shown_at is None:
                raise OrganizationRefused(NOT_CONFIRMED)
            sessions.confirm_at(session, row, known.shown_at)


# The organizer's guide, which needs no sign-in and no internet


async def show_guide(request: Request) -> Response:
    return plain_page(request, "guide.html", guide=_rendered(language_of(request)))


@cache
def _rendered(language: Language) -> Markup:
    written = Path(__file__).with_name(f"guide.{language}.md").read_text(encoding="utf-8")
    return Markup(MarkdownIt("commonmark").enable("table").render(written))  # noqa: S704 (ours)
