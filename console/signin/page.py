"""The page in front of the console, in plain HTML: a form that begins a session."""

import asyncio
import threading
from weakref import WeakKeyDictionary

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from console.signin import session as access
from console.signin.plain_page import language_of, remember_language, sign_in_page
from console.signin.provider import Provider
from console.text import DATABASE_SILENT
from shared.access import refusals
from shared.access.keys import access_of
from shared.access.sessions import SESSION_ENDED, Opener
from shared.errors import NotAllowed
from shared.events.installation import Installation
from shared.language import LANGUAGES, N_, translate
from shared.settings import settings
from shared.storage.database import DATABASE_AWAY, Database, note_fault

_LAST_WORDS_SECONDS = 0.5


class SignIn:
    """The page in front of the console, in plain HTML."""

    def __init__(self, installation: Installation, provider: Provider | None = None) -> None:
        self.installation = installation
        self._provider = provider

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
            # A sign-in is stored. Every other press is told by the screen itself.
            told = note_fault(fault) or DATABASE_SILENT
            return self._page(request, form.get("next"), told, 503)
        return answer

    def _let_in(self, request: Request, answer: Response, token: str, *, stays: bool) -> None:
        try:
            with self.installation.database.reading() as session:
                access_of(session, token)  # Wrong ones do not take the writers' lock.
        except NotAllowed:
            refusals.note_key(self.installation.database, token, access.network_at(request))
            raise
        access.let_in(self.installation, request, answer, Opener.of_token(token), stays=stays)

    def _page(
        self, request: Request, place: object, refusal: str = "", status: int = 200
    ) -> Response:
        said = translate(refusal, language_of(request)) if refusal else ""
        return sign_in_page(self.installation, request, place, said, status)

    async def leave(self, request: Request) -> Response:
        # A link on another site signs nobody out (Fetch Metadata).
        if request.headers.get("sec-fetch-site") == "cross-site":
            return RedirectResponse("/", 303)
        answer = RedirectResponse("/signin", 303)
        # While what was typed last is still being sent: it is kept for its person.
        await asyncio.sleep(_LAST_WORDS_SECONDS)
        was = await asyncio.to_thread(access.let_out, self.installation, request, answer)
        if was and self._provider and (way_out := await self._provider.way_out()):
            # Otherwise the next person at that computer would be let in by one press.
            answer.headers["location"] = way_out
        return answer


async def choose_language(request: Request) -> Response:
    """Keep the reader's language and go back to where they were."""
    code = request.path_params["code"]
    origin = str(request.base_url)
    came_from = request.headers.get("referer", "")
    # Back to our own pages only: another site could have sent the reader here.
    path = came_from.removeprefix(origin) if came_from.startswith(origin) else ""
    target = access.own_place(f"/{path}".removeprefix(settings().console_path))
    answer = RedirectResponse(target, 303)
    if code in LANGUAGES:
        remember_language(answer, code)
    # The old page stays until this answer, while what was typed last is still being sent.
    await asyncio.sleep(_LAST_WORDS_SECONDS)
    return answer


# How often a network may try wrong tokens, wherever the console asks for one


WRONG_TOKENS = parse("10/minute")
TOO_MANY_TRIES = N_("Too many wrong tokens. Wait a minute, then try again.")

# One per installation, known by its database.
_limiters = WeakKeyDictionary[Database, MovingWindowRateLimiter]()
_lock = threading.Lock()


def may_go_on(database: Database, network: str) -> bool:
    """Count one more wrong token; False if there were too many within a minute.

    It is called after a token was checked, in one step: many at once do not slip through, and a
    stranger in the same network never delays a right token.
    """
    with _lock:
        if database not in _limiters:
            _limiters[database] = MovingWindowRateLimiter(MemoryStorage())
    return _limiters[database].hit(WRONG_TOKENS, network)
