"""Pages for people: Jinja templates in two languages, one stylesheet, one script."""

from functools import partial
from pathlib import Path
from typing import Any

from babel.dates import format_date
from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.static import HeldFiles
from shared.language import LANGUAGE_NAMES, LANGUAGES, Language, preferred_language, translate

_PAGES = Path(__file__).parent / "pages"
_environment = Environment(
    loader=FileSystemLoader(_PAGES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    # Or each page would begin with a look at its files.
    auto_reload=False,
)
STATIC = HeldFiles(_PAGES / "static")


def language_of_page(request: Request, otherwise: Language = "zh") -> Language:
    """What the reader chose with the switch, else what their browser asks for."""
    for language in LANGUAGES:
        if request.query_params.get("lang") == language:
            return language
    return preferred_language(request.headers.get("accept-language"), otherwise)


def page(
    request: Request, template: str, language: Language, status: int = 200, **values: Any
) -> HTMLResponse:
    """The page `template` for a reader of `language`; `values` are what it shows."""
    html = _environment.get_template(template).render(
        _=partial(_translated, language),
        day=partial(format_date, format="long", locale=language),
        language=language,
        switches=[
            (other, LANGUAGE_NAMES[other], f"?{request.url.include_query_params(lang=other).query}")
            for other in LANGUAGES
        ],
        **values,
    )
    return HTMLResponse(html, status, headers={"Vary": "Accept-Language"})


def _translated(language: Language, message: str, **details: object) -> str:
    return translate(message, language, **details)
