"""The routes for signing in and out: with a key, by an invitation, or in ways that features add."""

import asyncio
import threading
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import httpx2
from markdown_it import MarkdownIt
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from console.signin import SignInWay, language_of, plain_page, remember_language, sign_in_page
from console.signin import session as access
from console.signin.invited import Invited
from console.text import DATABASE_SILENT
from shared import features
from shared.access import refusals
from shared.access.keys import access_of
from shared.access.rates import Rates
from shared.access.sessions import SESSION_ENDED, Opener
from shared.budgets import WRONG_KEYS
from shared.errors import NotAllowed
from shared.events.installation import Installation
from shared.language import LANGUAGES, N_, Language, translate
from shared.settings import settings
from shared.storage.database import DATABASE_AWAY, Database, note_fault

TOO_MANY_TRIES = N_("Too many wrong tokens. Wait a minute, then try again.")
_LAST_WORDS_SECONDS = 0.5
# The rates of wrong tokens, of each installation by its database.
_rates = WeakKeyDictionary[Database, Rates]()
_lock = threading.Lock()


def sign_in_routes(
    installation: Installation, transport: httpx2.AsyncBaseTransport | None = None
) -> list[Route]:
    """Return the routes that need no sign-in. Tests reach a provider by `transport`."""
    begun: list[Any] = [begin(installation, transport) for begin in features.shown("signin")]
    ways: list[SignInWay] = list(filter(None, begun))
    sign_in, invited = SignIn(installation, ways), Invited(installation, ways)
    return [
        Route("/signin", sign_in.show),
        Route("/signin", sign_in.enter, methods=["POST"]),
        *(route for way in ways for route in way.routes()),
        Route("/signout", sign_in.leave, methods=["GET", "POST"]),
        Route("/join/{token}", invited.show),
        Route("/join/{token}", invited.join, methods=["POST"]),
        Route("/language/{code}", choose_language),
        Route("/guide", show_guide),
    ]


class SignIn:
    """The sign-in page, whose form begins a session, and signing out."""

    def __init__(self, installation: Installation, ways: Sequence[SignInWay] = ()) -> None:
        self.installation = installation
        self._ways = ways

    async def show(self, request: Request) -> Response:
        said = SESSION_ENDED if "ended" in request.query_params else ""
        return self._page(request, request.query_params.get("next"), said)

    async def enter(self, request: Request) -> Response:
        form = await request.form(max_files=0, max_fields=10)
        answer = RedirectResponse(access.own_place(form.get("next")), 303)
        token, stays = str(form.get("token", "")).strip(), "stay" in form
        try:
            await asyncio.to_thread(self._let_in, request, answer, token, stays=stays)
        except NotAllowed as refusal:
            if may_go_on(self.installation.database, access.network_at(request)):
                return self._page(request, form.get("next"), refusal.message, 401)
            return self._page(request, form.get("next"), TOO_MANY_TRIES, 429)
        except DATABASE_AWAY as fault:
            said = note_fault(fault) or DATABASE_SILENT
            return self._page(request, form.get("next"), said, 503)
        return answer

    def _let_in(self, request: Request, answer: Response, token: str, *, stays: bool) -> None:
        try:
            with self.installation.database.reading() as session:
                access_of(session, token)  # Wrong tokens do not take the writers' lock.
        except NotAllowed:
            refusals.note_key(self.installation.database, token, access.network_at(request))
            raise
        access.let_in(self.installation, request, answer, Opener.of_token(token), stays=stays)

    def _page(
        self, request: Request, place: object, refusal: str = "", status: int = 200
    ) -> Response:
        said = translate(refusal, language_of(request)) if refusal else ""
        return sign_in_page(request, self._ways, place, said, status)

    async def leave(self, request: Request) -> Response:
        # A link on another site signs nobody out (Fetch Metadata).
        if request.headers.get("sec-fetch-site") == "cross-site":
            return RedirectResponse("/", 303)
        answer = RedirectResponse("/signin", 303)
        # The field that was left by this press is still being stored.
        await asyncio.sleep(_LAST_WORDS_SECONDS)
        was = await asyncio.to_thread(access.let_out, self.installation, request, answer)
        for way in self._ways if was else ():
            if way_out := await way.way_out():
                # Otherwise one press would sign in the next person at that computer.
                answer.headers["location"] = way_out
        return answer


async def show_guide(request: Request) -> Response:
    """Answer with the organizer's guide, which needs no sign-in."""
    return plain_page(request, "guide.html", guide=_rendered(language_of(request)))


@cache
def _rendered(language: Language) -> Markup:
    written = Path(__file__).with_name(f"guide.{language}.md").read_text(encoding="utf-8")
    return Markup(MarkdownIt("commonmark").enable("table").render(written))  # noqa: S704 (ours)


async def choose_language(request: Request) -> Response:
    """Keep the reader's language, and return them to their page."""
    code = request.path_params["code"]
    origin = str(request.base_url)
    came_from = request.headers.get("referer", "")
    # Only to our own pages: another site could have sent the reader here.
    path = came_from.removeprefix(origin) if came_from.startswith(origin) else ""
    target = access.own_place(f"/{path}".removeprefix(settings().console_path))
    answer = RedirectResponse(target, 303)
    if code in LANGUAGES:
        remember_language(answer, code)
    # The page stays until this answer, so that the field that was left last is stored.
    await asyncio.sleep(_LAST_WORDS_SECONDS)
    return answer


def may_go_on(database: Database, network: str) -> bool:
    """Count one more wrong token of a network; return False if there were too many within a minute.

    Call it wherever a token was found wrong. Check and count are one step, so that many at once do
    not slip through. A right token is never counted, whatever strangers in its network do.
    """
    with _lock:
        rates = _rates.setdefault(database, Rates())
    return rates.take(WRONG_KEYS, network)
