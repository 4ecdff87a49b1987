"""Accepting an invitation by the organization's sign-in: with a button, as with a key."""

import asyncio

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from console.signin import session as access
from console.signin.errand import PATIENCE, Arrival
from console.signin.invited import told_of
from console.signin.plain_page import plain_page
from console.signin.refused_page import refused_page
from shared.access import colleagues
from shared.access.colleagues import Welcome
from shared.access.sessions import Opener
from shared.errors import JoiningRefused, NotAllowed
from shared.events.installation import Installation

PATH = "/signin/organization/join"


class Joining:
    """A provider may sign people in silently, whatever link they came by, so they are asked
    here."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self._cookie = access.cookie_name(installation.settings, "certs_arrival")

    def begin(self, arrival: Arrival) -> Response:
        """Lead to the page that asks. Changes nothing."""
        answer = RedirectResponse(PATH, 303)
        sealed = arrival.seal(self.installation.seal)
        access.set_cookie(self.installation.settings, answer, self._cookie, sealed, PATIENCE)
        return answer

    async def show(self, request: Request) -> Response:
        try:
            arrival = self._arrival(request)
            welcome = await asyncio.to_thread(self._welcome, arrival)
        except (JoiningRefused, NotAllowed) as refusal:
            return await refused_page(self.installation, request, refusal)
        return plain_page(request, "joining.html", called=arrival.name, **told_of(welcome))

    async def take(self, request: Request) -> Response:
        """The button: the person known to the organization is bound to the event, and signed in."""
        try:
            arrival = self._arrival(request)
            answer = await asyncio.to_thread(self._take, request, arrival)
        except (JoiningRefused, NotAllowed) as refusal:
            answer = await refused_page(self.installation, request, refusal)
        access.drop_cookie(self.installation.settings, answer, self._cookie)
        return answer

    def _arrival(self, request: Request) -> Arrival:
        return Arrival.open(self.installation.seal, request.cookies.get(self._cookie, ""))

    def _welcome(self, arrival: Arrival) -> Welcome:
        with self.installation.database.reading() as session:
            return colleagues.welcome(session, arrival.invitation)

    def _take(self, request: Request, arrival: Arrival) -> Response:
        known, network = arrival.known, access.network_at(request)
        with self.installation.database.writing() as session:
            colleagues.take_by(session, arrival.invitation, known.identity, network)
        answer = RedirectResponse(arrival.place, 303)
        opener = Opener(identity=known.identity, name=known.name, shown_at=known.shown_at)
        access.let_in(self.installation, request, answer, opener)
        return answer
