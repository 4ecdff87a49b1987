"""The one page in which Streamlit's script runs, with our text for when it does not."""

import json
from html import escape
from pathlib import Path

import streamlit
from starlette.convertors import StringConvertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from console.signin.plain_page import language_of
from shared.language import translate
from shared.settings import settings

_INDEX = Path(streamlit.__file__).parent / "static" / "index.html"
# What Streamlit says in the browser by itself, a line each.
_WORDS = Path(__file__).with_name("streamlit_words.txt").read_text(encoding="utf-8").splitlines()


class ScreenName(StringConvertor):
    """One path segment without a dot, unlike all of Streamlit's files: `{name:screen}`."""

    regex = "[A-Za-z0-9-]+"


register_url_convertor("screen", ScreenName())


async def show_page(request: Request) -> Response:
    """The page of every screen; an address of before leads to where its screen is now, and an
    unknown one to the first screen.

    Browsers do not cache it, so after a sign-out the back button leads to the sign-in as well.
    """
    from console.app import MOVED, SCREENS

    name = request.path_params.get("name")
    # The first screen is at the root only: Streamlit knows no name for its default page.
    if name is not None and (name == "events" or name not in SCREENS):
        query = request.url.query
        place = f"/{MOVED.get(name, '')}"
        mark = "&" if "?" in place else "?"
        return RedirectResponse(f"{place}{mark}{query}" if query else place, 303)
    # Streamlit's own page, its inline scripts unchanged, in the reader's language.
    language = language_of(request)
    title = escape(translate("Certificates for volunteers", language))
    lost = translate(
        "The console does not answer. Nothing is lost; it goes on by itself when it is back.",
        language,
    )
    # Each of Streamlit's texts that differs in `language`, with its translation.
    said = {word: translate(word, language, label="{label}") for word in _WORDS}
    words = json.dumps(
        {word: words for word, words in said.items() if words != word}, ensure_ascii=False
    )
    menu = translate("Menu", language)
    script = (
        f'<script src="{settings().console_path}/page.js" defer data-lost="{escape(lost)}" '
        f'data-menu="{escape(menu)}" data-words="{escape(words)}"></script>'
    )
    page = (
        _INDEX.read_text(encoding="utf-8")
        .replace('<html lang="en">', f'<html lang="{language}">', 1)
        .replace("<title>Streamlit</title>", f"<title>{title}</title>", 1)
        # Before Streamlit's program, which reads what it finds.
        .replace("<head>", f"<head>{script}", 1)
    )
    return HTMLResponse(page, headers={"Cache-Control": "no-store"})
