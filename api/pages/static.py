"""Styles, scripts and images of the pages: a few small files, held in memory."""

from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send


class HeldFiles:
    """Answers GET with the files of one folder, as they were when this was created.

    Reading them per visitor would take a thread each, and all threads may be waiting for a
    database.
    """

    def __init__(self, folder: Path) -> None:
        self._files = {file.name: _File(file) for file in folder.iterdir() if file.is_file()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        file = self._files.get(scope["path"].removeprefix(scope["root_path"]).lstrip("/"))
        if file is None:
            raise HTTPException(404)
        if request.method != "GET":
            raise HTTPException(405, headers={"Allow": "GET, HEAD"})
        await file.answer(request)(scope, receive, send)


class _File:
    def __init__(self, file: Path) -> None:
        self._content = file.read_bytes()
        self._type = guess_type(file.name)[0] or "application/octet-stream"
        self._etag = f'"{sha256(self._content).hexdigest()[:32]}"'

    def answer(self, request: Request) -> Response:
        """The file, or 304 if the client has it already (RFC 9110, 13.1.2)."""
        headers = {"ETag": self._etag}
        if self._etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(self._content, media_type=self._type, headers=headers)
