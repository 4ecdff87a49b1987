"""What browsers let the console's pages do (Content Security Policy Level 3)."""

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import streamlit

from shared.language import LANGUAGES, Language

_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def speak(language: Language) -> str:
    """The script that tells a screen reader which language a page is in."""
    return f"document.documentElement.lang = '{language}'"


def content_security_policy(public_url: str) -> str:
    """Only what the console brings along; the only inline scripts are Streamlit's and `speak`.

    `public_url` is where volunteers' pages are; a sample page is shown in a frame.

    Streamlit puts a component's script in `blob:` and makes its styles at run time; a rehearsal
    mail is shown in a frame by `data:`, which is under the same rules.
    """
    # Streamlit's page changes with its version.
    page = Path(streamlit.__file__).parent / "static" / "index.html"
    scripts = [
        *_INLINE_SCRIPT.findall(page.read_text(encoding="utf-8")),
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


# A mail's HTML on a screen: shown as it looks, and isolated from the console


def isolated_page(html: str) -> str:
    """The address of a page with a mail's HTML, without origin, scripts or network.

    Whatever the mail contains, it cannot touch the console that shows it. Its links open in a new
    tab, as in a mail program: the pages behind them refuse to be shown in a frame.
    """
    rules = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    head = f'<meta http-equiv="Content-Security-Policy" content="{rules}"><base target="_blank">'
    page = f"{head}{html}"
    return f"data:text/html;charset=utf-8;base64,{b64encode(page.encode()).decode()}"
