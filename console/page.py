"""The page in which Streamlit's script runs, its words for when the console is away, and its rules
for browsers (Content Security Policy Level 3)."""

import json
import re
from base64 import b64encode
from hashlib import sha256
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from starlette.convertors import StringConvertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from console.signin import language_of
from console.streamlit_edge.floods import TOO_MANY_TABS, TOO_MUCH
from console.streamlit_edge.server import INDEX
from console.text import speak
from shared.language import LANGUAGES, translate
from shared.settings import settings

_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
# The place of what is said while the console does not answer. Its mark keeps Streamlit's windows
# from hiding it from screen readers.
_BANNER = '<div id="console-lost" role="alert" data-react-aria-top-layer="true" hidden></div>'
_STYLE = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
# Streamlit's own texts in the browser, a line each.
_WORDS = Path(__file__).with_name("streamlit_words.txt").read_text(encoding="utf-8").splitlines()


class ScreenName(StringConvertor):
    """One path segment without a dot, unlike all of Streamlit's files: `{name:screen}`."""

    regex = "[A-Za-z0-9-]+"


register_url_convertor("screen", ScreenName())


async def show_page(request: Request) -> Response:
    """Answer with the page of every screen; redirect from an earlier address to where its screen is
    now, and from an unknown one to the first screen.

    Browsers do not cache it, so that after a sign-out the back button leads to the sign-in.
    """
    from console.app import MOVED, SCREENS

    name = request.path_params.get("name")
    # The first screen is at the root only: Streamlit has no name for its default page.
    if name is not None and (name == "events" or name not in SCREENS):
        query = request.url.query
        place = f"/{MOVED.get(name, '')}"
        mark = "&" if "?" in place else "?"
        return RedirectResponse(f"{place}{mark}{query}" if query else place, 303)
    # Streamlit's own page, its inline scripts unchanged, in the reader's language.
    language = language_of(request)
    title = escape(translate("Certificates for volunteers", language))
    lost = translate(
        "The console does not answer. Nothing is lost. It continues when it is back.",
        language,
    )
    refused = {
        TOO_MUCH: translate(
            "This tab sent too much at once. It continues in 10 seconds.", language
        ),
        TOO_MANY_TABS: translate(
            "Too many console tabs are open. Close some, and this one continues.",
            language,
        ),
    }
    # Each of Streamlit's texts that differs in `language`, with its translation.
    said = {word: translate(word, language, label="{label}") for word in _WORDS}
    words = json.dumps(
        {word: words for word, words in said.items() if words != word}, ensure_ascii=False
    )
    menu = translate("Menu", language)
    script = (
        f'<script src="{settings().console_path}/page.js" defer data-lost="{escape(lost)}" '
        f'data-refused="{escape(json.dumps(refused, ensure_ascii=False))}" '
        f'data-menu="{escape(menu)}" data-words="{escape(words)}"></script>'
    )
    page = (
        INDEX.read_text(encoding="utf-8")
        .replace('<html lang="en">', f'<html lang="{language}">', 1)
        .replace("<title>Streamlit</title>", f"<title>{title}</title>", 1)
        # Before Streamlit's program, which reads it.
        .replace("<head>", f"<head><style>{_STYLE}</style>{script}", 1)
        .replace("<body>", f"<body>{_BANNER}", 1)
    )
    return HTMLResponse(page, headers={"Cache-Control": "no-store"})


def content_security_policy(public_url: str) -> str:
    """Return the header's value: browsers load only what the console brings along, and run no
    inline scripts but Streamlit's and `speak`.

    `public_url` is where volunteers' pages are; a sample page is shown in a frame. Streamlit puts a
    component's script in `blob:` and makes its styles at run time. A rehearsal mail is shown in a
    frame by `data:`, which is under the same rules.
    """
    scripts = [
        # Streamlit's page changes with its version.
        *_INLINE_SCRIPT.findall(INDEX.read_text(encoding="utf-8")),
        *(speak(language) for language in LANGUAGES),
    ]
    digests = (sha256(script.encode()).digest() for script in scripts)
    hashes = " ".join(f"'sha256-{b64encode(digest).decode()}'" for digest in digests)
    public = urlsplit(public_url)
    return (
        f"default-src 'none'; script-src 'self' blob: {hashes}; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; font-src 'self' data:; "
        "connect-src 'self'; media-src 'self' blob:; worker-src 'self' blob:; "
        f"frame-src 'self' data: {public.scheme}://{public.netloc}; manifest-src 'self'; "
        "form-action 'self'; frame-ancestors 'self'; base-uri 'self'"
    )
