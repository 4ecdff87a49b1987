"""The page of an invited colleague, which explains the link and has the button that uses it up."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from console.signin import SignInWay, language_of, plain_page
from console.signin import session as access
from console.text import ROLE_NAMES, ROLE_WORDS, written_time
from shared.access import colleagues
from shared.access.colleagues import Welcome
from shared.access.rates import Rates
from shared.access.sessions import Opener
from shared.budgets import WRONG_INVITATIONS
from shared.errors import JoiningRefused, JoinLinkUnknown, explain
from shared.events.installation import Installation
from shared.storage.models import Event


class Invited:
    """The routes of an invitation link. Opening it changes nothing, since mail scanners do so,
    too."""

    def __init__(self, installation: Installation, ways: Sequence[SignInWay]) -> None:
        self.installation = installation
        self._ways = ways
        self._rates = Rates()

    def show(self, request: Request) -> Response:
        """Answer with the page and its button."""
        token = request.path_params["token"]
        try:
            welcome = welcome_of(self.installation, token)
        except JoiningRefused as refusal:
            return self._refuse(request, refusal)
        return plain_page(
            request,
            "invited.html",
            invited_by=welcome.invited_by,
            token=token,
            place=_place_of(welcome.event),
            ways=self._ways,
            **description_of(welcome),
        )

    def join(self, request: Request) -> Response:
        """Use the link up: show its person their key, and sign them in."""
        token, network = request.path_params["token"], access.network_at(request)
        try:
            welcome_of(self.installation, token)  # Wrong tokens take no lock.
            with self.installation.database.writing() as session:
                joined = colleagues.take(session, token, network)
        except JoiningRefused as refusal:
            return self._refuse(request, refusal)
        place, name = _place_of(joined.event), joined.event.name
        answer = plain_page(request, "joined.html", key=joined.key, event=name, place=place)
        access.let_in(self.installation, request, answer, Opener.of_token(joined.key))
        return answer

    def _refuse(self, request: Request, refusal: JoiningRefused) -> Response:
        network = access.network_at(request)
        if self._rates.take(WRONG_INVITATIONS, network):
            token = request.path_params["token"]
            colleagues.note_refusal(self.installation.database, token, network)
        status = 404 if isinstance(refusal, JoinLinkUnknown) else 410
        said = explain(refusal, language_of(request))
        return plain_page(request, "invited.html", status, refusal=said)


def welcome_of(installation: Installation, token: str) -> Welcome:
    """Return the invitation of the token, and its event. Raises JoiningRefused."""
    with installation.database.reading() as session:
        return colleagues.welcome(session, token)


def _place_of(event: Event) -> str:
    return f"/overview?{urlencode({'event': event.id})}"


def description_of(welcome: Welcome) -> dict[str, Any]:
    """Return the values of a page that describe an invitation."""
    invitation, event = welcome.invitation, welcome.event
    return {
        "event": event.name,
        "colleague": invitation.name,
        "role": ROLE_NAMES[invitation.role],
        "role_words": ROLE_WORDS[invitation.role],
        "until": written_time(invitation.expires_at, event),
    }
