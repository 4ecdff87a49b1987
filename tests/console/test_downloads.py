"""The route by which certificates are downloaded together."""

import io
import os
import zipfile
from collections.abc import Iterator

import httpx
import pikepdf
import pytest
import uvicorn
from PIL import Image
from sqlalchemy import select
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from console.downloads import OFFERS, DownloadRequest, DownloadState, download_route
from console.signin import session as access
from console.signin.middleware import RequireSignIn
from shared.acts.held_back import take_back_certificates
from shared.acts.issue import IssueFromList
from shared.acts.run import run
from shared.certificates import bundles
from shared.events.installation import Installation
from shared.storage.models import Action, AuditEntry, Status, Volunteer
from tests.conftest import OWNER_TOKEN
from tests.support import factories
from tests.support.acting import held
from tests.support.colleagues import join
from tests.support.issued import issue
from tests.support.mailing import wait_until
from tests.support.serving import running
from tests.support.sessions import begin_session

NAMES = ["Ana Lima", "Bo Ek", "Ed"]


@pytest.fixture
def three(installation: Installation, event_id: int) -> int:
    issue(installation, event_id, NAMES)
    return event_id


def route_of(installation: Installation) -> Starlette:
    """The route behind the sign-in, as it stands in the console, of which a process has one."""
    routes = [download_route(installation)]
    return Starlette(
        routes=routes, middleware=[Middleware(RequireSignIn, installation=installation)]
    )


def cookie(installation: Installation, token: str) -> dict[str, str]:
    name = access.cookie_name(installation.settings)
    return {name: begin_session(installation.database, token)}


@pytest.fixture
def client(installation: Installation) -> TestClient:
    client = TestClient(route_of(installation))
    client.cookies.update(cookie(installation, OWNER_TOKEN))
    return client


@pytest.fixture
def served(installation: Installation) -> Iterator[str]:
    """On a server that knows when somebody goes away."""
    config = uvicorn.Config(route_of(installation), port=0, log_level="error")
    with running(uvicorn.Server(config)) as port:
        yield f"http://127.0.0.1:{port}"


def sign_in(client: TestClient, installation: Installation, key: str) -> None:
    client.cookies.update(cookie(installation, key))


def test_the_file_comes_from_a_route_that_counts_and_is_logged(
    client: TestClient, installation: Installation, three: int
):
    download = OFFERS.offer(
        DownloadRequest("certificates.zip", three, bundles.BundleOrder(three, pattern="{name}"))
    )
    answer = client.get(download.address)
    assert answer.headers["content-type"] == "application/zip"
    assert "attachment" in answer.headers["content-disposition"]
    assert answer.headers["cache-control"] == "no-store"
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert sorted(archive.namelist()) == ["Ana Lima.jpg", "Bo Ek.jpg", "Ed.jpg"]
    assert (download.done, download.state) == (3, DownloadState.DONE)
    with installation.database.reading() as session:
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        assert entry
        assert (entry.action, entry.count, entry.fields) == (Action.EXPORTED, 3, ["zip", "jpg"])


def test_whose_certificate_was_downloaded_keeps_it_when_waiting_ones_are_taken_back(
    client: TestClient, installation: Installation, event_id: int
):
    factories.design(installation.database, event_id)
    factories.add(
        installation.database, event_id, "email,name\na@example.org,Ana\nb@example.org,Bo"
    )
    act = IssueFromList()
    assert run(installation.database, act, event_id, held(installation)).done == 2
    ana = select(Volunteer.id).where(Volunteer.email == "a@example.org")
    order = bundles.BundleOrder(event_id, ana, pattern="{name}")
    answer = client.get(OFFERS.offer(DownloadRequest("certificates.zip", event_id, order)).address)
    assert zipfile.ZipFile(io.BytesIO(answer.content)).namelist() == ["Ana.jpg"]
    assert take_back_certificates(installation.database, event_id).certificates == 1
    with installation.database.reading() as session:
        status = dict(session.execute(select(Volunteer.email, Volunteer.status)).all())
    assert status == {"a@example.org": Status.SUBMITTED, "b@example.org": Status.NEW}


def test_the_pdf_for_the_printer_arrives_whole_through_a_real_server(
    installation: Installation, three: int, served: str
):
    download = OFFERS.offer(DownloadRequest("certificates.pdf", three, bundles.BundleOrder(three)))
    cookies = cookie(installation, OWNER_TOKEN)
    answer = httpx.get(served + download.address, cookies=cookies)
    with pikepdf.open(io.BytesIO(answer.content)) as document:
        assert len(document.pages) == 3
    assert download.done == 3


def test_who_may_not_export_or_is_signed_out_gets_nothing(
    client: TestClient, installation: Installation, three: int
):
    download = OFFERS.offer(DownloadRequest("certificates.zip", three, bundles.BundleOrder(three)))
    sign_in(client, installation, join(installation.database, three, "Vi", "viewer"))
    assert client.get(download.address).status_code == 403
    client.cookies.clear()
    assert client.get(download.address, follow_redirects=False).status_code in (303, 401)
    assert download.state is DownloadState.READY


def test_an_address_that_was_not_offered_leads_nowhere(client: TestClient, three: int):
    download = OFFERS.offer(DownloadRequest("certificates.zip", three, bundles.BundleOrder(three)))
    assert client.get("/downloads/abc/certificates.zip").status_code == 404
    assert client.get(download.address.replace(".zip", ".pdf")).status_code == 404


def test_an_address_whose_file_is_on_its_way_is_asked_to_wait(client: TestClient, three: int):
    download = OFFERS.offer(DownloadRequest("certificates.zip", three, bundles.BundleOrder(three)))
    download.state = DownloadState.RUNNING
    assert client.get(download.address).status_code == 503
    download.state = DownloadState.STOPPED
    assert client.get(download.address).status_code == 200


def test_more_than_two_at_once_are_asked_to_wait(client: TestClient, three: int):
    running = [
        OFFERS.offer(DownloadRequest("certificates.zip", three, bundles.BundleOrder(three)))
        for _ in range(2)
    ]
    for one in running:
        one.state = DownloadState.RUNNING
    download = OFFERS.offer(DownloadRequest("certificates.zip", three, bundles.BundleOrder(three)))
    answer = client.get(download.address, headers={"Accept-Language": "en"})
    for one in running:
        one.state = DownloadState.DONE
    assert (answer.status_code, "Try again" in answer.text) == (503, True)
    assert client.get(download.address).status_code == 200


def test_who_goes_away_stops_the_drawing(installation: Installation, event_id: int, served: str):
    noise = Image.frombytes("RGB", (1600, 1200), os.urandom(1600 * 1200 * 3))
    noise.save(picture := io.BytesIO(), "PNG")
    issue(installation, event_id, [f"Name {number}" for number in range(12)], picture.getvalue())
    download = OFFERS.offer(
        DownloadRequest("certificates.zip", event_id, bundles.BundleOrder(event_id, format="png"))
    )
    cookies = cookie(installation, OWNER_TOKEN)
    with httpx.stream("GET", served + download.address, cookies=cookies, timeout=60) as answer:
        assert next(answer.iter_bytes()).startswith(b"PK")
        assert download.state is DownloadState.RUNNING
    wait_until(lambda: download.state is DownloadState.STOPPED)
    assert download.done < 12
