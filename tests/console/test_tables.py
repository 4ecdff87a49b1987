"""The route by which the list and the log of the mails are downloaded."""

import io

import openpyxl
import pytest
from sqlalchemy import select
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route
from starlette.testclient import TestClient

from console.signin import session as access
from console.signin.middleware import RequireSignIn
from console.tables import MEDIA_TYPES, TableDownloads, address_of
from shared.events.installation import Installation
from shared.events.roles import Role
from shared.storage.models import Action, AuditEntry
from shared.volunteers import table_files
from tests.support.colleagues import join
from tests.support.console_screens import Open
from tests.support.sessions import begin_session

FIRST_BYTES = {
    "volunteers.csv": b"\xef\xbb\xbfnumber,email,",
    "volunteers.xlsx": b"PK",
    "mails.csv": b"\xef\xbb\xbfnumber,address,",
}


@pytest.fixture
def client(installation: Installation) -> TestClient:
    """Behind the sign-in, as it stands in the console, of which a process has one."""
    routes = [Route("/tables/{event:int}/{file}", TableDownloads(installation).send)]
    signing_in = Middleware(RequireSignIn, installation=installation)
    return TestClient(Starlette(routes=routes, middleware=[signing_in]), follow_redirects=False)


def sign_in(client: TestClient, installation: Installation, key: str) -> None:
    name = access.cookie_name(installation.settings)
    client.cookies.update({name: begin_session(installation.database, key)})


def exports(installation: Installation) -> list[AuditEntry]:
    of_exports = select(AuditEntry).where(AuditEntry.action == Action.EXPORTED)
    with installation.database.reading() as session:
        return list(session.scalars(of_exports))


@pytest.mark.parametrize("file", MEDIA_TYPES)
def test_whoever_takes_the_list_along_is_in_the_log(
    client: TestClient, installation: Installation, listed: int, file: str
):
    sign_in(client, installation, join(installation.database, listed, "Hal", Role.HELPER))
    answer = client.get(address_of(listed, file))
    assert answer.content.startswith(FIRST_BYTES[file])
    assert answer.headers["content-disposition"] == f'attachment; filename="{file}"'
    assert answer.headers["content-type"].startswith(MEDIA_TYPES[file])
    assert answer.headers["cache-control"] == "no-store"
    (entry,) = exports(installation)
    assert (entry.event_id, entry.fields, entry.by_name) == (listed, [file], "Hal")
    assert entry.by_role is Role.HELPER


def test_the_workbook_arrives_whole(client: TestClient, installation: Installation, listed: int):
    sign_in(client, installation, join(installation.database, listed, "Hal", Role.HELPER))
    content = client.get(address_of(listed, "volunteers.xlsx")).content
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert {sheet.title: sheet.max_row for sheet in book} == {"volunteers": 3, "mails": 1}


def test_who_may_not_export_or_is_signed_out_gets_nothing(
    client: TestClient, installation: Installation, listed: int, event_id: int
):
    address = address_of(listed, "volunteers.csv")
    assert client.get(address).status_code in (303, 401)
    sign_in(client, installation, join(installation.database, listed, "Vi", Role.VIEWER))
    assert client.get(address).status_code == 403
    assert client.get(address_of(listed + 1, "volunteers.csv")).status_code == 403
    assert not exports(installation)


def test_a_file_that_is_none_of_them_is_not_found(
    client: TestClient, installation: Installation, listed: int
):
    sign_in(client, installation, join(installation.database, listed, "Hal", Role.HELPER))
    assert client.get(address_of(listed, "secrets.csv")).status_code == 404


def test_a_list_too_long_for_excel_is_refused_in_words(
    client: TestClient,
    installation: Installation,
    listed: int,
    monkeypatch: pytest.MonkeyPatch,
):
    sign_in(client, installation, join(installation.database, listed, "Hal", Role.HELPER))
    monkeypatch.setattr(table_files, "MOST_LINES", 2)
    in_english = {"Accept-Language": "en"}
    answer = client.get(address_of(listed, "volunteers.xlsx"), headers=in_english)
    assert (answer.status_code, "Download them as CSV" in answer.text) == (403, True)
    assert not exports(installation)


def test_the_screen_leads_to_each_of_them(open_screen: Open, listed: int):
    screen = open_screen("status", listed)
    links = {one.proto.url for one in screen.get("link_button")}
    assert {address_of(listed, file) for file in MEDIA_TYPES} <= links
