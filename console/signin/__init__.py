"""What stands in front of the console: the middleware that requires a sign-in, its page, the
session. Its pages are plain HTML in the reader's language, never cached."""

import logging
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from console.signin import session as access
from console.text import LANGUAGE_COOKIE
from shared.access import refusals
from shared.errors import ProductError, explain
from shared.events.installation import Installation
from shared.language import LANGUAGE_NAMES, Language, preferred_language, translate
from shared.settings import settings
from shared.storage.models import Action

_A_YEAR = 365 * 24 * 3600
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
_pages = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)
_log = logging.getLogger(__name__)


def language_of(request: Request) -> Language:
    """The language that the reader requests or chose before, otherwise their browser's."""
    wanted = request.query_params.get("lang") or request.cookies.get(LANGUAGE_COOKIE)
    accepted = wanted or request.headers.get("accept-language")
    return preferred_language(accepted, settings().default_language)


def plain_page(request: Request, name: str, status: int = 200, **values: Any) -> HTMLResponse:
    """The page `name`, which gets `values`, `t` to translate, and the other languages."""
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
    path = access.cookie_path(settings())
    answer.set_cookie(LANGUAGE_COOKIE, language, max_age=_A_YEAR, samesite="lax", path=path)


# The sign-in page with the reason why the organization's answer was not accepted


def refused_page(installation: Installation, request: Request, refusal: ProductError) -> Response:
    """The refusal is also recorded in the log. Waits for the database."""
    _log.warning("A sign-in by the organization was refused: %s", refusal.message)
    network = access.network_at(request)
    refusals.note(installation.database, Action.SIGN_IN_REFUSED, None, None, network=network)
    return sign_in_page(installation, request, "/", explain(refusal, language_of(request)), 401)


def sign_in_page(
    installation: Installation, request: Request, place: object, refusal: str, status: int = 200
) -> Response:
    """The form, which leads on to `place` in the console; `refusal` stands above it."""
    settings = installation.settings
    return plain_page(
        request,
        "signin.html",
        status,
        place=access.own_place(place),
        refusal=refusal,
        has_organization=bool(settings.oidc_issuer),
        may_stay=settings.oidc_stay,
    )
