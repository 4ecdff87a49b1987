"""The pages for people: Jinja templates in two languages, and the few files that they load."""

import gzip
import re
from decimal import Decimal
from functools import cache, partial
from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from babel.dates import format_date
from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.visitor import NodeTransformer
from starlette.exceptions import HTTPException
from starlette.types import Receive, Scope, Send

from api.dependencies import installation_of
from shared import features
from shared.addresses import readable_address
from shared.language import (
    LANGUAGE_NAMES,
    LANGUAGES,
    N_,
    Language,
    isolated,
    language_for,
    preferred_language,
    translate,
)
from shared.volunteers.lists.column_values import written_number

_PAGES = Path(__file__).parent
_TWO_STOPS = re.compile(r"(?<!\.)\.\.(?= |$)")
# A year, the most that caches keep anything (RFC 9111, 1.2.2; immutable: RFC 8246).
_FOR_GOOD = "public, max-age=31536000, immutable"


class FilesInMemory:
    """Answers GET with the files of one folder, read once.

    Reading them for each visitor would take a thread, and all threads may wait for a database.
    """

    def __init__(self, folder: Path) -> None:
        self._files = {file.name: _PageFile(file) for file in folder.iterdir() if file.is_file()}
        digests = sorted(f"{name} {file.digest}" for name, file in self._files.items())
        # One for all files: scripts name each other by addresses relative to their own.
        self.version = sha256("\n".join(digests).encode()).hexdigest()[:16]

    def file(self, name: str, request: Request) -> Response:
        """Return a file at an address that browsers and search engines ask for unprompted."""
        answer = self._files[name].answer(request)
        answer.headers["Cache-Control"] = "public, max-age=86400"
        return answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        path = scope["path"].removeprefix(scope["root_path"]).lstrip("/")
        version, _, name = path.rpartition("/")
        # Pages opened before an upgrade ask for an earlier version, and get this one.
        file = self._files.get(name) if "/" not in version else None
        if file is None:
            raise HTTPException(404)
        if request.method != "GET":
            raise HTTPException(405, headers={"Allow": "GET, HEAD"})
        answer = file.answer(request)
        if version == self.version:
            answer.headers["Cache-Control"] = _FOR_GOOD
        await answer(scope, receive, send)


class _PageFile:
    def __init__(self, file: Path) -> None:
        plain = file.read_bytes()
        self._type = guess_type(file.name)[0] or "application/octet-stream"
        self.digest = sha256(plain).hexdigest()[:32]
        # Without the time of day: the same file always has the same bytes.
        self._contents = {"": plain, "gzip": gzip.compress(plain, mtime=0)}

    def answer(self, request: Request) -> Response:
        """Return the file, or 304 if the client has it already (RFC 9110, 13.1.2)."""
        encoding = "gzip" if _takes_gzip(request.headers.get("accept-encoding", "")) else ""
        # Each encoding has a tag of its own (RFC 9110, 8.8.3.3).
        etag = f'"{self.digest}{encoding}"'
        headers = {"ETag": etag, "Vary": "Accept-Encoding"}
        if etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        if encoding:
            headers["Content-Encoding"] = encoding
        return Response(self._contents[encoding], media_type=self._type, headers=headers)


def _takes_gzip(accepted: str) -> bool:
    """Read Accept-Encoding (RFC 9110, 12.5.3); a weight of 0 refuses."""
    for item in accepted.lower().split(","):
        name, _, weight = "".join(item.split()).partition(";q=")
        if name == "gzip":
            return weight.strip("0.") != "" or weight == ""
    return False


STATIC = FilesInMemory(_PAGES / "static")


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
            # Chinese sentences have no space between them.
            "between": "" if language == "zh" else " ",
            "static": f"static/{STATIC.version}",
            "verifies_files": "/verify/file" in features.routes(),
        }
        self.filters["isolated"] = isolated
        self.filters["readable"] = readable_address

    def compile(self, source: str | nodes.Template, *args: Any, **options: Any) -> Any:
        """Translate constant sentences when a template is compiled.

        Translating took two fifths of rendering a page (`make bench`: the page, processor).
        """
        tree = self.parse(source, *args) if isinstance(source, str) else source
        return super().compile(_InLanguage(self._language).visit(tree), *args, **options)


class _InLanguage(NodeTransformer):
    """Replaces each `_("…")` whose text never varies with a constant."""

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


_pages = cache(_Pages)


def language_of_page(
    request: Request, of_event: str | None = None, said: str | None = None
) -> Language:
    """Return the language that the reader chose with the switch; else the one that the list `said`,
    or `of_event` if we lack that; else the first that their browser asks for and we have,
    `of_event`, or the installation's."""
    for language in LANGUAGES:
        if request.query_params.get("lang") == language:
            return language
    otherwise = of_event or installation_of(request).settings.default_language
    if said:
        return language_for(said, otherwise)
    return preferred_language(request.headers.get("accept-language"), otherwise)


def page(
    request: Request,
    template: str,
    language: Language | None = None,
    status: int = 200,
    **values: Any,
) -> HTMLResponse:
    """Render `template` with `values`, in `language` or the one that `language_of_page` finds.

    Templates also get `root`, the relative path to the program's address, and `switches`: each
    language with its own name, and the query of the same page in it.
    """
    language = language or language_of_page(request)
    root = "/".join([".."] * (request.scope["path"].count("/") - 1)) or "."
    asked = [(name, value) for name, value in request.query_params.items() if name != "lang"]
    query = urlencode([*asked, ("lang", "")])
    switches = [(other, LANGUAGE_NAMES[other], f"?{query}{other}") for other in LANGUAGES]
    html = _pages(language).get_template(template).render(root=root, switches=switches, **values)
    return HTMLResponse(html, status, headers={"Vary": "Accept-Language"})


def shown_by_get(request: Request, where: str, fragment: str = "", **values: str) -> Response:
    """Lead to a page after a form, so that reloading it does not send the form again; the query
    gets these values, and keeps the language."""
    query = request.url.include_query_params(**values).query
    return RedirectResponse(f"{where}?{query}{fragment}", 303)


def unlisted_file(content: bytes, kind: str, caching: str, name: str = "") -> Response:
    """Return a file that search engines do not list, and that browsers save if it has a `name`."""
    headers = {"Cache-Control": caching, "X-Robots-Tag": "noindex"}
    if name:
        headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return Response(content, headers=headers, media_type=kind)


def hours_in_words(hours: Decimal | None, language: Language) -> str:
    """Return for how long somebody helped, such as “3 hours”; empty if unknown."""
    if hours is None or hours <= 0:
        return ""
    said = N_("{count} hour") if hours == 1 else N_("{count} hours")
    # Never parted at the end of a line.
    return translate(said, language, count=written_number(hours, language)).replace(" ", "\u00a0")


def _translated(language: Language, message: str, **details: object) -> str:
    """Translate with each text isolated: names may be written in the other direction. A name with a
    full stop at its end, such as “Harbour Friends e.V.”, ends the sentence."""
    kept = {key: isolated(text) if isinstance(text, str) else text for key, text in details.items()}
    return _TWO_STOPS.sub(".", translate(message, language, **kept))
