"""The route by which tables are downloaded, and the links that lead there."""

import io
import threading
from collections.abc import Iterator

import openpyxl
import pytest
from sqlalchemy import select
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from console.downloads import (
    FILES,
    MEDIA_TYPES,
    OFFERS,
    Download,
    DownloadRequest,
    DownloadState,
    download_route,
)
from console.signin import session as access
from console.signin.middleware import RequireSignIn
from shared.access.roles import Role
from shared.events.installation import Installation
from shared.log.audit_log import EntryFilter
from shared.storage.models import Action, AuditEntry, Event
from shared.volunteers import table_files
from tests.conftest import OWNER_TOKEN
from tests.support.colleagues import join
from tests.support.console_screens import Open, undisturbed
from tests.support.factories import invite
from tests.support.sessions import begin_session

FIRST_BYTES = {
    "volunteers.csv": b'\xef\xbb\xbf"number","email",',
    "volunteers.xlsx": b"PK",
    "mails.csv": b'\xef\xbb\xbf"number","address",',
    "log.csv": b'\xef\xbb\xbf"at","event","action","by","role"',
    "links.xlsx": b"PK",
}
# The lowest role that may have it, and the next one below.
ROLES = {
    "volunteers.csv": (Role.HELPER, Role.VIEWER),
    "volunteers.xlsx": (Role.HELPER, Role.VIEWER),
    "mails.csv": (Role.HELPER, Role.VIEWER),
    "log.csv": (Role.ORGANIZER, Role.HELPER),
    "links.xlsx": (Role.ORGANIZER, Role.HELPER),
}
IN_ENGLISH = {"Accept-Language": "en"}


@pytest.fixture(autouse=True)
def nothing_on_its_way() -> Iterator[None]:
    yield
    OFFERS._kept.clear()


@pytest.fixture
def client(installation: Installation) -> TestClient:
    """Behind the sign-in, as it stands in the console, of which a process has one."""
    routes = [download_route(installation)]
    signing_in = Middleware(RequireSignIn, installation=installation)
    return TestClient(Starlette(routes=routes, middleware=[signing_in]), follow_redirects=False)


def sign_in(client: TestClient, installation: Installation, key: str) -> None:
    name = access.cookie_name(installation.settings)
    client.cookies.update({name: begin_session(installation.database, key)})


def offered(installation: Installation, event_id: int, file: str) -> Download:
    with installation.database.reading() as session:
        wanted = EntryFilter(event=session.get_one(Event, event_id)) if file == "log.csv" else None
    return OFFERS.offer(DownloadRequest(file, event_id, wanted))


def exports(installation: Installation) -> list[AuditEntry]:
    of_exports = select(AuditEntry).where(AuditEntry.action == Action.EXPORTED)
    with installation.database.reading() as session:
        return list(session.scalars(of_exports))


@pytest.mark.parametrize("file", ROLES)
def test_whoever_takes_a_table_along_is_in_the_log(
    client: TestClient, installation: Installation, listed: int, file: str
):
    role, _ = ROLES[file]
    sign_in(client, installation, join(installation.database, listed, "Hal", role))
    download = offered(installation, listed, file)
    answer = client.get(download.address)
    assert answer.content.startswith(FIRST_BYTES[file])
    assert answer.headers["content-disposition"] == f'attachment; filename="{file}"'
    kind = "text/csv" if file.endswith(".csv") else MEDIA_TYPES["xlsx"]
    assert answer.headers["content-type"].startswith(kind)
    assert answer.headers["cache-control"] == "no-store"
    (entry,) = exports(installation)
    assert (entry.event_id, entry.fields, entry.by_name) == (listed, [file], "Hal")
    assert entry.by_role is role
    # Its own entry is in the log.
    added = file == "log.csv"
    assert (download.state, download.done) == (DownloadState.DONE, download.total + added)


@pytest.mark.parametrize("file", ROLES)
def test_who_may_not_have_it_or_is_signed_out_gets_nothing(
    client: TestClient, installation: Installation, listed: int, file: str
):
    download = offered(installation, listed, file)
    assert client.get(download.address).status_code in (303, 401)
    _, below = ROLES[file]
    sign_in(client, installation, join(installation.database, listed, "Vi", below))
    assert client.get(download.address).status_code == 403
    elsewhere = OFFERS.offer(DownloadRequest(file, listed + 1, download.order.of))
    assert client.get(elsewhere.address).status_code == 403
    assert not exports(installation)
    assert download.state is DownloadState.READY


def test_what_is_about_no_event_is_the_owners_alone(
    client: TestClient, installation: Installation, listed: int
):
    download = OFFERS.offer(DownloadRequest("log.csv", None, EntryFilter()))
    sign_in(client, installation, join(installation.database, listed, "Ora", Role.ORGANIZER))
    assert client.get(download.address).status_code == 403
    sign_in(client, installation, OWNER_TOKEN)
    assert client.get(download.address).status_code == 200
    (entry,) = exports(installation)
    assert (entry.event_id, entry.by_role) == (None, Role.OWNER)


def test_the_workbook_arrives_whole(client: TestClient, installation: Installation, listed: int):
    sign_in(client, installation, join(installation.database, listed, "Hal", Role.HELPER))
    content = client.get(offered(installation, listed, "volunteers.xlsx").address).content
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert {sheet.title: sheet.max_row for sheet in book} == {"volunteers": 3, "mails": 1}


def test_an_address_that_was_not_offered_leads_nowhere(
    client: TestClient, installation: Installation, listed: int
):
    sign_in(client, installation, join(installation.database, listed, "Hal", Role.HELPER))
    download = offered(installation, listed, "volunteers.csv")
    assert client.get("/downloads/abc/volunteers.csv").status_code == 404
    assert client.get(download.address.replace("volunteers", "secrets")).status_code == 404


def test_a_list_too_long_for_excel_is_refused_in_words(
    client: TestClient,
    installation: Installation,
    listed: int,
    monkeypatch: pytest.MonkeyPatch,
):
    sign_in(client, installation, OWNER_TOKEN)
    invite(installation, listed)
    monkeypatch.setattr(table_files, "MOST_LINES", 2)
    for file, said in (("volunteers.xlsx", "Download them as CSV"), ("links.xlsx", "Excel opens")):
        download = offered(installation, listed, file)
        answer = client.get(download.address, headers=IN_ENGLISH)
        assert (answer.status_code, said in answer.text) == (403, True)
        assert download.state is DownloadState.READY
    assert not exports(installation)


def on_their_way(installation: Installation, event_id: int) -> list[Download]:
    """As many as there may be at once."""
    running = [offered(installation, event_id, "volunteers.csv") for _ in range(3)]
    for one in running:
        OFFERS.begin(one)
    return running


def test_whoever_comes_while_several_are_on_their_way_waits_for_one_to_end(
    client: TestClient, installation: Installation, listed: int
):
    sign_in(client, installation, OWNER_TOKEN)
    first, *_ = on_their_way(installation, listed)
    download = offered(installation, listed, "volunteers.csv")
    ended = threading.Timer(0.2, OFFERS.end, [first])
    ended.start()
    assert client.get(download.address).status_code == 200
    ended.join()
    assert (first.state, download.state) == (DownloadState.STOPPED, DownloadState.DONE)


def test_whoever_waits_too_long_is_told_when_to_try_again(
    client: TestClient, installation: Installation, listed: int, monkeypatch: pytest.MonkeyPatch
):
    sign_in(client, installation, OWNER_TOKEN)
    monkeypatch.setitem(vars(FILES["volunteers.csv"].limit), "patience", 0.1)
    on_their_way(installation, listed)
    download = offered(installation, listed, "volunteers.csv")
    answer = client.get(download.address, headers=IN_ENGLISH)
    assert (answer.status_code, "Try again in a moment" in answer.text) == (503, True)
    assert int(answer.headers["retry-after"]) > 0
    assert not exports(installation)
    assert download.state is DownloadState.READY


def links(screen: AppTest) -> dict[str, str]:
    """Where the links to tables lead, by their files."""
    addresses = [one.proto.url for one in screen.get("link_button")]
    return {one.rpartition("/")[2]: one for one in addresses if one.startswith("/downloads/")}


def test_the_screens_lead_to_each_of_them(open_screen: Open, listed: int):
    found = links(open_screen("volunteers", listed)) | links(open_screen("log", listed))
    assert set(found) == set(ROLES)
    for address in found.values():
        assert OFFERS.find(address.split("/")[2])


def test_a_link_stays_the_same_while_the_screen_is_refreshed(open_screen: Open, listed: int):
    screen = open_screen("volunteers", listed)
    before = links(screen)
    assert links(undisturbed(screen.run())) == before
    log = open_screen("log", listed)
    unfiltered = links(log)
    assert links(undisturbed(log.run())) == unfiltered
    log.selectbox(key="log.action").set_value(Action.EXPORTED)
    assert links(undisturbed(log.run())) != unfiltered


def test_whoever_asked_for_a_table_sees_how_far_it_is_and_how_it_ended(
    open_screen: Open, listed: int
):
    screen = open_screen("volunteers", listed)
    key = links(screen)["volunteers.xlsx"].split("/")[2]
    screen.session_state["table.asked.volunteers"] = key
    screen = undisturbed(screen.run())
    assert not screen.get("progress")
    download = OFFERS.find(key)
    assert download is not None
    OFFERS.begin(download)
    download.total, download.done = 200_000, 50_000
    (bar,) = undisturbed(screen.run()).get("progress")
    assert (bar.proto.value, bar.proto.text) == (25, "50,000 of 200,000")
    OFFERS.end(download)
    warned = [one.value for one in undisturbed(screen.run()).warning]
    assert "The download broke off: 50,000 of 200,000." in warned
    download.state = DownloadState.DONE
    said = [one.value for one in undisturbed(screen.run()).success]
    assert "volunteers.xlsx was sent to your browser." in said
