"""How much one person may have uploaded at a time, whatever screens and tabs it is in.

Streamlit keeps each uploaded file in memory until its tab is closed, as many as somebody sends.
"""

from collections import Counter
from collections.abc import Callable, Mapping

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from shared import budgets

ADDRESS = "/_stcore/upload_file/"


def octets_in_streamlit() -> Mapping[str, int]:
    """How many octets of uploaded files each tab holds."""
    manager = runtime.get_instance().uploaded_file_mgr
    assert isinstance(manager, MemoryUploadedFileManager)
    return octets_in(manager)


def octets_in(manager: MemoryUploadedFileManager) -> Mapping[str, int]:
    tabs = manager.file_storage.copy().items()
    return {tab: sum(len(file.data) for file in [*files.values()]) for tab, files in tabs}


class BoundUploads:
    """Stands behind the sign-in; refuses what would be too much with 413."""

    def __init__(
        self,
        app: ASGIApp,
        octets: Callable[[], Mapping[str, int]] = octets_in_streamlit,
    ) -> None:
        self._app = app
        self._octets = octets
        # Whose tabs hold files, and what is on its way.
        self._people: dict[str, tuple[str, ...]] = {}
        self._coming: Counter[tuple[str, ...]] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_upload = scope["type"] == "http" and scope["path"].startswith(ADDRESS)
        if not is_upload or scope["method"] != "PUT":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        _, person = scope["signed_in"]
        octets = int(request.headers.get("content-length", budgets.UPLOADED.most))
        if self._of(person) + octets > budgets.UPLOADED.most:
            await PlainTextResponse("close other tabs first", 413)(scope, receive, send)
            return
        self._people[scope["path"].removeprefix(ADDRESS).partition("/")[0]] = person
        self._coming[person] += octets
        try:
            await self._app(scope, receive, send)
        finally:
            self._coming[person] -= octets

    def _of(self, person: tuple[str, ...]) -> int:
        """What this person's tabs hold, with what is on its way."""
        taken = self._octets()
        coming = +self._coming
        self._people = {
            tab: who for tab, who in self._people.items() if tab in taken or who in coming
        }
        tabs = [tab for tab, who in self._people.items() if who == person]
        return coming[person] + sum(taken.get(tab, 0) for tab in tabs)
