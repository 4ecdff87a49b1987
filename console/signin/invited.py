"""The page of an invited colleague: what the link is for, and the one button that uses it up."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from console.signin import language_of, plain_page, refused_page
from console.signin import session as access
from console.signin.errand import PATIENCE, SIGN_IN_STALE, opened, sealed
from console.text import ROLE_NAMES, ROLE_WORDS, written_time
from shared.access import colleagues
from shared.access.colleagues import Welcome
from shared.access.rates import Rates
from shared.access.sessions import Opener
from shared.budgets import WRONG_INVITATIONS
from shared.errors import JoiningRefused, JoinLinkUnknown, ProductError, explain
from shared.events.installation import Installation
from shared.storage.models import Event, now

PATH = "/signin/organization/join"
_ARRIVAL = "arrival"


@dataclass(frozen=True)
class Arrival:
    """Somebody whom their organization knows, before they press to take an invitation."""

    invitation: str
    place: str
    known: Opener
    ends_at: datetime = field(default_factory=lambda: now() + PATIENCE)


class Invited:
    """Opening a link changes nothing, since mail scanners open links, too.

    A provider may sign people in silently, whatever link they came by, so they are asked as well.
    """

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self._rates = Rates()
        self._cookie = access.cookie_name(installation.settings, "certs_arrival")

    def show(self, request: Request) -> Response:
        token = request.path_params["token"]
        try:
            welcome = _welcome(self.installation, token)
        except JoiningRefused as refusal:
            return self._refuse(request, refusal)
        return plain_page(
            request,
            "invited.html",
            invited_by=welcome.invited_by,
            token=token,
            place=_place_of(welcome.event),
            has_organization=bool(self.installation.settings.oidc_issuer),
            **told_of(welcome),
        )

    def join(self, request: Request) -> Response:
        token, network = request.path_params["token"], access.network_at(request)
        try:
            _welcome(self.installation, token)  # Wrong ones take no lock.
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

    # Accepting an invitation by the organization's sign-in: with a button, as with a key

    def begin(self, arrival: Arrival) -> Response:
        """Lead to the page that asks. Changes nothing."""
        answer = RedirectResponse(PATH, 303)
        kept = sealed(self.installation.seal, _ARRIVAL, arrival)
        access.set_cookie(self.installation.settings, answer, self._cookie, kept, PATIENCE)
        return answer

    def ask(self, request: Request) -> Response:
        try:
            arrival = self._arrival(request)
            welcome = _welcome(self.installation, arrival.invitation)
        except ProductError as refusal:
            return refused_page(self.installation, request, refusal)
        return plain_page(request, "joining.html", called=arrival.known.name, **told_of(welcome))

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
            answer = refused_page(self.installation, request, refusal)
        access.drop_cookie(self.installation.settings, answer, self._cookie)
        return answer

    def _arrival(self, request: Request) -> Arrival:
        """Raises ProductError for anything expired, sealed elsewhere or for another purpose."""
        kept = request.cookies.get(self._cookie, "")
        arrival = opened(self.installation.seal, _ARRIVAL, kept, Arrival, SIGN_IN_STALE)
        if arrival.ends_at <= now():
            raise ProductError(SIGN_IN_STALE)
        return arrival


def _welcome(installation: Installation, token: str) -> Welcome:
    with installation.database.reading() as session:
        return colleagues.welcome(session, token)


def _place_of(event: Event) -> str:
    return f"/overview?{urlencode({'event': event.id})}"


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
