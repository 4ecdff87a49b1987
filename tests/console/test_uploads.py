"""Nobody fills the memory of the console with uploaded files, whatever tabs they open."""

from dataclasses import replace

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from console.signin import session as access
from console.signin.middleware import RequireSignIn
from console.streamlit_edge.uploads import ADDRESS, BoundUploads, octets_in
from shared import budgets
from shared.access import colleagues
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.storage.models import Role
from tests.conftest import OWNER_TOKEN
from tests.support.one_database import database_url
from tests.support.sessions import begin_session

__all__ = ["database_url"]


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> MemoryUploadedFileManager:
    monkeypatch.setattr(budgets, "UPLOADED", replace(budgets.UPLOADED, most=1000))
    return MemoryUploadedFileManager(ADDRESS)


def browser(installation: Installation, files: MemoryUploadedFileManager, token: str) -> TestClient:
    """Somebody who is signed in, in front of what keeps uploaded files as Streamlit does."""

    async def keep(request: Request) -> Response:
        tab, file = request.path_params["tab"], request.path_params["file"]
        if request.method == "DELETE":
            files.remove_file(tab, file)
        else:
            files.add_file(tab, UploadedFileRec(file, "a.png", "image/png", await request.body()))
        return Response(status_code=204)

    app = Starlette(
        routes=[Route(ADDRESS + "{tab}/{file}", keep, methods=["PUT", "DELETE"])],
        middleware=[
            Middleware(RequireSignIn, installation=installation),
            Middleware(BoundUploads, octets=lambda: octets_in(files)),
        ],
    )
    cookies = {
        access.cookie_name(installation.settings): begin_session(installation.database, token)
    }
    return TestClient(app, base_url=installation.settings.console_url, cookies=cookies)


def test_one_person_holds_no_more_than_some_files_in_all_their_tabs(
    installation: Installation, event_id: int, files: MemoryUploadedFileManager
):
    ana = browser(installation, files, OWNER_TOKEN)
    put = [ana.put(f"{ADDRESS}tab{n}/file", content=b"x" * 400).status_code for n in range(3)]
    assert put == [204, 204, 413]
    ana.delete(f"{ADDRESS}tab0/file")
    assert ana.put(f"{ADDRESS}tab2/file", content=b"x" * 400).status_code == 204
    # A tab that was closed.
    files.remove_session_files("tab1")
    assert ana.put(f"{ADDRESS}tab3/file", content=b"x" * 400).status_code == 204


def test_what_one_person_holds_keeps_nobody_else_from_uploading(
    installation: Installation, event_id: int, files: MemoryUploadedFileManager
):
    with installation.database.writing() as session:
        event = event_for_change(session, event_id)
        _, key = colleagues.add_person(session, event, name="Bo", role=Role.ORGANIZER)
    assert (
        browser(installation, files, OWNER_TOKEN)
        .put(f"{ADDRESS}tab/file", content=b"x" * 900)
        .status_code
        == 204
    )
    bo = browser(installation, files, key)
    assert bo.put(f"{ADDRESS}other/file", content=b"x" * 900).status_code == 204
