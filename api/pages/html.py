"""Pages for people: Jinja templates in two languages, one stylesheet, one script."""

from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from babel.dates import format_date
from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.visitor import NodeTransformer

from api.dependencies import installation_of
from api.pages.static import HeldFiles
from shared.addresses import readable_address
from shared.language import (
    LANGUAGE_NAMES,
    LANGUAGES,
    Language,
    isolated,
    language_for,
    preferred_language,
    translate,
)

_PAGES = Path(__file__).parent

STATIC = HeldFiles(_PAGES / "static")


class _Pages(Environment):
    """The templates in one language."""

    def __init__(self, language: Language) -> None:
        super().__init__(
            loader=FileSystemLoader(_PAGES / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            # Otherwise each page would begin by checking its files.
            auto_reload=False,
        )
        self._language = language
        self.globals |= {
            "_": partial(_translated, language),
            "day": partial(format_date, format="long", locale=language),
            "language": language,
            # Chinese sentences stand without a blank between them.
            "between": "" if language == "zh" else " ",
            "static": f"static/{STATIC.version}",
        }
        self.filters["isolated"] = isolated
        self.filters["readable"] = readable_address

    def compile(self, source: str | nodes.Template, *args: Any, **options: Any) -> Any:
        """Compile constant sentences already translated (translating took two fifths of rendering a
        page, measured)."""
        tree = self.parse(source, *args) if isinstance(source, str) else source
        return super().compile(_InLanguage(self._language).visit(tree), *args, **options)


class _InLanguage(NodeTransformer):
    """Replaces each `_("…")` whose text never varies by a constant."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def visit_Call(self, call: nodes.Call) -> nodes.Node:
        match call:
            case nodes.Call(node=nodes.Name(name="_"), args=[nodes.Const(value=text)]):
                details = {detail.key: detail.value for detail in call.kwargs}
                if all(isinstance(value, nodes.Const) for value in details.values()):
                    known = {key: value.as_const() for key, value in details.items()}
                    sentence = _translated(self._language, text, **known)
                    return nodes.Const(sentence, lineno=call.lineno)
        return self.generic_visit(call)


@cache
def _pages(language: Language) -> _Pages:
    return _Pages(language)


def language_of_page(
    request: Request, of_event: str | None = None, said: str | None = None
) -> Language:
    """What the reader chose with the switch; else the language that the list gives for them
    (`said`, or `of_event` if we lack that); else the first that their browser asks for and we have,
    `of_event`, and the installation's."""
    for language in LANGUAGES:
        if request.query_params.get("lang") == language:
            return language
    otherwise = of_event or installation_of(request).settings.default_language
    if said:
        return language_for(said, otherwise)
    return preferred_language(request.headers.get("accept-language"), otherwise)


def page(
    request: Request, template: str, language: Language, status: int = 200, **values: Any
) -> HTMLResponse:
    """The page `template` for a reader of `language`; `values` are what it shows."""
    html = _pages(language).get_template(template).render(switches=_switches(request), **values)
    return HTMLResponse(html, status, headers={"Vary": "Accept-Language"})


def _switches(request: Request) -> list[tuple[Language, str, str]]:
    """Each language, what it calls itself, and the query of the same page in it."""
    asked = [(name, value) for name, value in request.query_params.items() if name != "lang"]
    query = urlencode([*asked, ("lang", "")])
    return [(other, LANGUAGE_NAMES[other], f"?{query}{other}") for other in LANGUAGES]


def _translated(language: Language, message: str, **details: object) -> str:
    """Names in it may be written in the other direction."""
    kept = {key: isolated(one) if isinstance(one, str) else one for key, one in details.items()}
    return translate(message, language, **kept)
