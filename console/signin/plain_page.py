"""A page in front of the console: plain HTML in the reader's language, never cached."""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse

from console.text import LANGUAGE_COOKIE
from shared.language import LANGUAGE_NAMES, Language, preferred_language, translate
from shared.settings import settings

A_YEAR = 365 * 24 * 3600
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}

_pages = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)


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
        others=[(code, name) for code, name in LANGUAGE_NAMES.items() if code != language],
        **values,
    )
    answer = HTMLResponse(page, status, headers=_HEADERS)
    answer.set_cookie(LANGUAGE_COOKIE, language, max_age=A_YEAR, samesite="lax", path="/")
    return answer
