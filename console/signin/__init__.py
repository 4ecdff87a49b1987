"""Signing in to the console: the middleware that requires it, the pages, and the session.

The pages are plain HTML in the reader's language and never cached.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

from jinja2 import Environment, FileSystemLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from console.signin import session as access
from console.text import LANGUAGE_COOKIE
from shared.language import LANGUAGE_NAMES, Language, preferred_language, translate
from shared.settings import settings

_A_YEAR = 365 * 24 * 3600
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
_pages = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)


def language_of(request: Request) -> Language:
    """Return the language that the reader requests or chose before, otherwise their browser's."""
    wanted = request.query_params.get("lang") or request.cookies.get(LANGUAGE_COOKIE)
    accepted = wanted or request.headers.get("accept-language")
    return preferred_language(accepted, settings().default_language)


def plain_page(request: Request, name: str, status: int = 200, **values: Any) -> HTMLResponse:
    """Answer with the page `name`, which gets `values`, `t` to translate, and the other
    languages."""
    language = language_of(request)
    page = _pages.get_template(name).render(
        t=lambda message, **details: translate(message, language, **details),
        language=language,
        base=settings().console_path,
        others=[(code, name) for code, name in LANGUAGE_NAMES.items() if code != language],
        **values,
    )
    answer = HTMLResponse(page, status, headers=_HEADERS)
    remember_language(answer, language)
    return answer


def remember_language(answer: Response, language: str) -> None:
    """Keep the language in the browser for a year."""
    path = access.cookie_path(settings())
    answer.set_cookie(LANGUAGE_COOKIE, language, max_age=_A_YEAR, samesite="lax", path=path)


class SignInWay(Protocol):
    """A way to sign in besides keys and tokens, which a feature adds."""

    # Its address within the console and the words of its link. The query says where to continue
    # (`next`), whether to stay signed in (`stay`), and which invitation is accepted (`join`).
    path: str
    title: str
    may_stay: bool

    def routes(self) -> list[Route]:
        """Return all of its routes."""

    async def way_out(self) -> str:
        """Return the address that signs the browser out elsewhere, too; empty if there is none."""


def sign_in_page(
    request: Request, ways: Iterable[SignInWay], place: object, refusal: str, status: int = 200
) -> Response:
    """Answer with the form, below the sentence `refusal`, and the links of other `ways`; all lead
    on to `place` in the console."""
    onward = access.own_place(place)
    return plain_page(request, "signin.html", status, place=onward, refusal=refusal, ways=ways)
