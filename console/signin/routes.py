"""The addresses in front of the console, which lead into it and out of it."""

from starlette.routing import Route

from console.signin.invited import Invited
from console.signin.page import SignIn, choose_language
from shared.events.installation import Installation


def sign_in_routes(installation: Installation) -> list[Route]:
    sign_in, invited = SignIn(installation), Invited(installation)
    return [
        Route("/signin", sign_in.show),
        Route("/signin", sign_in.enter, methods=["POST"]),
        Route("/signout", sign_in.leave, methods=["GET", "POST"]),
        Route("/join/{token}", invited.show),
        Route("/join/{token}", invited.join, methods=["POST"]),
        Route("/language/{code}", choose_language),
    ]
