"""The addresses in front of the console, for signing in and out."""

import httpx2
from starlette.routing import Route

from console.signin import guide
from console.signin.invited import PATH as JOINING_PAGE
from console.signin.invited import Invited, Joining
from console.signin.organization import OrganizationSignIn
from console.signin.page import SignIn, choose_language
from console.signin.provider import Provider
from shared.events.installation import Installation


def sign_in_routes(
    installation: Installation, transport: httpx2.AsyncBaseTransport | None = None
) -> list[Route]:
    """`transport` reaches the organization's sign-in another way, for tests."""
    settings, invited = installation.settings, Invited(installation)
    provider = Provider(settings, transport) if settings.oidc_issuer else None
    sign_in = SignIn(installation, provider)
    by_organization: list[Route] = []
    if provider:
        joining = Joining(installation)
        organization = OrganizationSignIn(installation, provider, joining)
        by_organization = [
            Route("/signin/organization", organization.go),
            Route("/signin/oidc", organization.come_back),
            Route(JOINING_PAGE, joining.show),
            Route(JOINING_PAGE, joining.take, methods=["POST"]),
        ]
    return [
        Route("/signin", sign_in.show),
        Route("/signin", sign_in.enter, methods=["POST"]),
        *by_organization,
        Route("/signout", sign_in.leave, methods=["GET", "POST"]),
        Route("/join/{token}", invited.show),
        Route("/join/{token}", invited.join, methods=["POST"]),
        Route("/language/{code}", choose_language),
        Route(guide.ADDRESS, guide.show_guide),
    ]
