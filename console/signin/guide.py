"""The organizer's guide, which needs no sign-in and no internet."""

from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from console.signin.plain_page import language_of, plain_page
from shared.language import Language

ADDRESS = "/guide"


async def show_guide(request: Request) -> Response:
    return plain_page(request, "guide.html", guide=_rendered(language_of(request)))


@cache
def _rendered(language: Language) -> Markup:
    written = Path(__file__).with_name(f"guide.{language}.md").read_text(encoding="utf-8")
    return Markup(MarkdownIt("commonmark").enable("table").render(written))  # noqa: S704 (ours)
