"""The certificates of many: issued anew, withdrawn, given back, and downloaded with a count."""

import io
import os
import threading
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
from starlette.routing import Route
from starlette.testclient import TestClient

from console import downloads
from console.downloads import CertificateDownloads, State
from console.screens.status.taking_all import written_size
from console.signin import session as access
from console.signin.middleware import RequireSignIn
from shared.certificates import designs
from shared.certificates.bundles.order import Order
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.storage.models import Action, AuditEntry, Certificate, Volunteer
from tests.conftest import OWNER_TOKEN
from tests.support.colleagues import join
from tests.support.console_screens import Open, fill, mails, press, undisturbed
from tests.support.factories import small_picture
from tests.support.issued import issue
from tests.support.mailing import wait_until
from tests.support.sessions import begin_session

NAMES = ["Ana Lima", "Bo Ek", "Ed"]


@pytest.fixture
def three(installation: Installation, event_id: int) -> int:
    issue(installation, event_id, NAMES)
    return event_id


def new_design(installation: Installation, event_id: int) -> None:
    with installation.database.writing() as session:
        event = event_for_change(session, event_id)
        designs.set_template(session, event, small_picture("#336699"))


def standing(installation: Installation) -> list[tuple[str, int]]:
    with installation.database.reading() as session:
        found = select(Certificate.name, Certificate.revision).where(
            Certificate.replaced_at.is_(None), Certificate.withdrawn_at.is_(None)
        )
        return sorted((name, revision) for name, revision in session.execute(found))


def choose(screen, label: str, option: str):
    radio = next(one for one in screen.radio if one.label == label)
    return undisturbed(radio.set_value(option).run())


def test_all_are_issued_in_the_new_design_once_their_number_is_confirmed(
    open_screen: Open, installation: Installation, three: int
):
    new_design(installation, three)
    screen = press(open_screen("status", three), "Issue anew or withdraw")
    press(screen, "Yes, issue 3 certificates anew")
    assert standing(installation) == [("Ana Lima", 2), ("Bo Ek", 2), ("Ed", 2)]
    kinds = [mail.kind for mail in mails(installation.database, three)]
    assert kinds.count("certificate") == 6
    screen = press(open_screen("status", three), "Issue anew or withdraw")
    assert "newest design" in screen.info[0].value


def test_those_whom_the_table_shows_are_withdrawn_and_given_back(
    open_screen: Open, installation: Installation, three: int
):
    screen = open_screen("status", three)
    screen.text_input(key="search").set_value("bo")
    screen = press(undisturbed(screen.run()), "Issue anew or withdraw")
    screen = choose(screen, "What is to be done", "Withdraw")
    screen = press(screen, "Yes, withdraw 1 certificate")
    assert any("must say why" in error.value for error in screen.error)
    fill(screen, "Reason, which they read", "Was not there")
    press(screen, "Yes, withdraw 1 certificate")
    assert standing(installation) == [("Ana Lima", 1), ("Ed", 1)]
    screen = press(open_screen("status", three), "Issue anew or withdraw")
    screen = choose(screen, "What is to be done", "Undo withdrawals")
    press(screen, "Yes, 1 certificate counts again")
    assert len(standing(installation)) == 3


def test_those_who_are_ticked_are_withdrawn(
    open_screen: Open, installation: Installation, three: int
):
    with installation.database.reading() as session:
        ids = session.scalars(select(Volunteer.id).order_by(Volunteer.id)).all()
    screen = open_screen("status", three)
    next(one for one in screen.toggle if one.label == "Tick several").set_value(True)
    screen = undisturbed(screen.run())
    assert len(ids) == 3
    # Its key stands at the end of the widget's id.
    table = screen.dataframe[0].proto.id.rpartition("-status.")[2]
    screen.session_state[f"status.{table}"] = {
        "selection": {"rows": [0, 2], "columns": [], "cells": []}
    }
    screen = undisturbed(screen.run())
    screen = press(screen, "Issue anew or withdraw")
    screen = choose(screen, "What is to be done", "Withdraw")
    fill(screen, "Reason, which they read", "Was not there")
    press(screen, "Yes, withdraw 2 certificates")
    assert standing(installation) == [("Bo Ek", 1)]


def test_a_helper_issues_and_downloads_but_withdraws_nothing(
    open_screen: Open, installation: Installation, three: int
):
    key = join(installation.database, three, "Bo", "helper")
    screen = press(open_screen("status", three, token=key), "Issue anew or withdraw")
    acts = next(one for one in screen.radio if one.label == "What is to be done")
    assert acts.options == ["Issue anew in the newest design"]


def test_the_window_says_how_many_and_how_large_and_leads_to_the_file(
    open_screen: Open, installation: Installation, three: int
):
    screen = press(open_screen("status", three), "Certificates")
    assert any("3 certificates, about" in one.value for one in screen.caption)
    link = screen.get("link_button")[0].proto.url
    key = link.removeprefix("/certificates/").removesuffix(".zip")
    found = downloads.find(key)
    assert found
    assert (found.total, found.state) == (3, State.READY)
    screen = choose(screen, "As", "One PDF for the printer")
    assert screen.get("link_button")[0].proto.url.endswith(".pdf")


def route_of(installation: Installation) -> Starlette:
    """The route behind the sign-in, as it stands in the console, of which a process has one."""
    routes = [Route("/certificates/{key}.{kind}", CertificateDownloads(installation).send)]
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
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    wait_until(lambda: server.started)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


def sign_in(client: TestClient, installation: Installation, key: str) -> None:
    client.cookies.update(cookie(installation, key))


def test_the_file_comes_from_a_route_that_counts_and_is_logged(
    client: TestClient, installation: Installation, three: int
):
    download = downloads.offer(Order(three, pattern="{name}"), "zip", 3)
    answer = client.get(download.address)
    assert answer.headers["content-type"] == "application/zip"
    assert "attachment" in answer.headers["content-disposition"]
    assert answer.headers["cache-control"] == "no-store"
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert sorted(archive.namelist()) == ["Ana Lima.jpg", "Bo Ek.jpg", "Ed.jpg"]
    assert (download.done, download.state) == (3, State.DONE)
    with installation.database.reading() as session:
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        assert entry
        assert (entry.action, entry.count, entry.fields) == (Action.EXPORTED, 3, ["zip", "jpg"])


def test_the_pdf_for_the_printer_arrives_whole_through_a_real_server(
    installation: Installation, three: int, served: str
):
    download = downloads.offer(Order(three), "pdf", 3)
    cookies = cookie(installation, OWNER_TOKEN)
    answer = httpx.get(served + download.address, cookies=cookies)
    with pikepdf.open(io.BytesIO(answer.content)) as document:
        assert len(document.pages) == 3
    assert download.done == 3


def test_who_may_not_export_or_is_signed_out_gets_nothing(
    client: TestClient, installation: Installation, three: int
):
    download = downloads.offer(Order(three), "zip", 3)
    sign_in(client, installation, join(installation.database, three, "Vi", "viewer"))
    assert client.get(download.address).status_code == 403
    client.cookies.clear()
    assert client.get(download.address, follow_redirects=False).status_code in (303, 401)
    assert download.state is State.READY


def test_an_address_that_was_not_offered_leads_nowhere(client: TestClient, three: int):
    download = downloads.offer(Order(three), "zip", 3)
    assert client.get("/certificates/abc.zip").status_code == 404
    assert client.get(download.address.replace(".zip", ".pdf")).status_code == 404


def test_an_address_whose_file_is_on_its_way_is_asked_to_wait(client: TestClient, three: int):
    download = downloads.offer(Order(three), "zip", 3)
    download.state = State.RUNNING
    assert client.get(download.address).status_code == 503
    download.state = State.STOPPED
    assert client.get(download.address).status_code == 200


def test_more_than_two_at_once_are_asked_to_wait(client: TestClient, three: int):
    running = [downloads.offer(Order(three), "zip", 3) for _ in range(2)]
    for one in running:
        one.state = State.RUNNING
    download = downloads.offer(Order(three), "zip", 3)
    answer = client.get(download.address, headers={"Accept-Language": "en"})
    for one in running:
        one.state = State.DONE
    assert (answer.status_code, "Try again" in answer.text) == (503, True)
    assert client.get(download.address).status_code == 200


def test_who_goes_away_stops_the_drawing(installation: Installation, event_id: int, served: str):
    noise = Image.frombytes("RGB", (1600, 1200), os.urandom(1600 * 1200 * 3))
    noise.save(picture := io.BytesIO(), "PNG")
    issue(installation, event_id, [f"Name {number}" for number in range(12)], picture.getvalue())
    download = downloads.offer(Order(event_id, format="png"), "zip", 12)
    cookies = cookie(installation, OWNER_TOKEN)
    with httpx.stream("GET", served + download.address, cookies=cookies) as answer:
        assert next(answer.iter_bytes()).startswith(b"PK")
        assert download.state is State.RUNNING
    wait_until(lambda: download.state is State.STOPPED)
    assert download.done < 12


@pytest.mark.parametrize(
    ("size", "told"),
    [(1_290_000_000, "1.3 GB"), (13_000_000_000, "13 GB"), (2_040_000, "2.0 MB"), (900, "1 kB")],
)
def test_sizes_are_written_as_people_read_them(size: int, told: str):
    assert written_size(size) == told
