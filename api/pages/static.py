"""Styles, scripts and images of the pages: a few small files, held in memory."""

import gzip
from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

# A year, the most that caches keep anything (RFC 9111, 1.2.2; immutable: RFC 8246).
_FOR_GOOD = "public, max-age=31536000, immutable"


class HeldFiles:
    """Answers GET with the files of one folder, as they were when this was created.

    Reading them per visitor would take a thread each, and all threads may be waiting for a
    database.
    """

    def __init__(self, folder: Path) -> None:
        self._files = {file.name: _File(file) for file in folder.iterdir() if file.is_file()}
        digests = sorted(f"{name} {file.digest}" for name, file in self._files.items())
        # One for all files: scripts name each other by addresses relative to their own.
        self.version = sha256("\n".join(digests).encode()).hexdigest()[:16]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        path = scope["path"].removeprefix(scope["root_path"]).lstrip("/")
        version, _, name = path.rpartition("/")
        # Pages that were opened before the program changed ask for another version: they get this
        # one.
        file = self._files.get(name) if "/" not in version else None
        if file is None:
            raise HTTPException(404)
        if request.method != "GET":
            raise HTTPException(405, headers={"Allow": "GET, HEAD"})
        answer = file.answer(request)
        if version == self.version:
            answer.headers["Cache-Control"] = _FOR_GOOD
        await answer(scope, receive, send)


class _File:
    def __init__(self, file: Path) -> None:
        plain = file.read_bytes()
        self._type = guess_type(file.name)[0] or "application/octet-stream"
        self.digest = sha256(plain).hexdigest()[:32]
        # Without the time of day: the same file always has the same bytes.
        self._contents = {"": plain, "gzip": gzip.compress(plain, mtime=0)}

    def answer(self, request: Request) -> Response:
        """The file, or 304 if the client has it already (RFC 9110, 13.1.2)."""
        encoding = "gzip" if _takes_gzip(request.headers.get("accept-encoding", "")) else ""
        # Each form of it has a tag of its own (RFC 9110, 8.8.3.3).
        etag = f'"{self.digest}{encoding}"'
        headers = {"ETag": etag, "Vary": "Accept-Encoding"}
        if etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        if encoding:
            headers["Content-Encoding"] = encoding
        return Response(self._contents[encoding], media_type=self._type, headers=headers)


def _takes_gzip(accepted: str) -> bool:
    """RFC 9110, 12.5.3; a weight of 0 refuses."""
    for item in accepted.lower().split(","):
        name, _, weight = "".join(item.split()).partition(";q=")
        if name == "gzip":
            return weight.strip("0.") != "" or weight == ""
    return False
