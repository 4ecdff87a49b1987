"""What is checked before a sending, besides the mails themselves."""

import copy
import json
import socket
import threading
import time
from contextlib import suppress

import httpx
import pytest

from shared import events
from shared.destinations import ANYWHERE
from shared.events.installation import Installation
from shared.events.settings import update_organization
from shared.findings import Finding, Level
from shared.preflight.checks import look_at, preflight
from shared.storage.models import Event
from tests.conftest import OWNER_TOKEN
from tests.support import factories
from tests.support.api_server import api, default_event, server_url
from tests.support.console_server import free_port
from tests.support.lying_server import LIES, lying_server
from tests.support.unreachable_account import give_account

__all__ = ["api", "default_event", "server_url"]


def finding(installation: Installation, event_id: int, subject: str) -> Finding:
    found = preflight(installation, event_id)
    return next(item for item in found if item.subject == subject)


def change(installation: Installation, event_id: int, **organization: str) -> None:
    with installation.database.writing() as session:
        event = events.event_for_change(session, event_id)
        reach = installation.settings.organizers_reach
        update_organization(event, **organization, reach=reach)


def test_a_page_that_answers_is_green(installation: Installation, event_id: int, server_url: str):
    change(installation, event_id, frontend_url=f"{server_url}/")
    assert finding(installation, event_id, "Links").level is Level.GREEN


def test_an_error_page_is_no_page(installation: Installation, event_id: int, server_url: str):
    change(installation, event_id, frontend_url=f"{server_url}/nowhere")
    assert finding(installation, event_id, "Links").level is Level.AMBER


def test_our_own_page_is_known_by_its_health(
    installation: Installation, event_id: int, server_url: str
):
    installation.settings.public_url = server_url
    assert finding(installation, event_id, "Links").level is Level.GREEN
    # A path that the proxy does not pass on: something answers there, but not we.
    installation.settings.public_url = f"{server_url}/elsewhere"
    assert finding(installation, event_id, "Links").level is Level.AMBER


def test_a_page_is_asked_for_as_browsers_ask(
    installation: Installation, event_id: int, server_url: str
):
    change(installation, event_id, frontend_url=f"{server_url}/证书?活动=1")
    assert finding(installation, event_id, "Links").level is Level.AMBER
    change(installation, event_id, frontend_url=f"{server_url}/?活动=1")
    assert finding(installation, event_id, "Links").level is Level.GREEN


def test_what_speaks_no_http_is_no_page(installation: Installation, event_id: int):
    def greet_as_ssh(listening: socket.socket) -> None:
        visitor, _ = listening.accept()
        with visitor:
            visitor.recv(1000)
            visitor.sendall(b"SSH-2.0-OpenSSH\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=greet_as_ssh, args=(listening,)).start()
        change(
            installation, event_id, frontend_url=f"http://127.0.0.1:{listening.getsockname()[1]}"
        )
        assert finding(installation, event_id, "Links").level is Level.AMBER


def test_a_page_that_comes_a_byte_at_a_time_is_not_waited_for():
    """Each byte comes in time, but there is no end to them."""

    def answer_slowly(listening: socket.socket) -> None:
        visitor, _ = listening.accept()
        with visitor, suppress(OSError):
            visitor.sendall(b"HTTP/1.1 200 OK\r\nX-Header: ")
            while True:
                visitor.sendall(b"x")
                time.sleep(0.02)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = threading.Thread(target=answer_slowly, args=(listening,), daemon=True)
        server.start()
        page = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        assert look_at(page, ANYWHERE, seconds=0.3) is None
        server.join()


@pytest.mark.parametrize("lie", LIES)
def test_of_a_page_as_much_is_read_as_says_that_it_answers(lie: str):
    is_slow = lie == "slow"
    with lying_server(lie) as url:
        # A busy machine needs its time to send what never ends.
        look = look_at(url, ANYWHERE, seconds=0.5 if is_slow else 30)
    assert look is None if is_slow else look and len(look.content) <= 1000


@pytest.mark.parametrize("page", ["http://[::1/x", "http://example.org:abc/x"])
def test_an_address_that_is_none_is_a_finding(installation: Installation, event_id: int, page: str):
    """As an earlier version of the product stored it."""
    with installation.database.writing() as session:
        session.get_one(Event, event_id).frontend_url = page
    assert finding(installation, event_id, "Links").level is Level.AMBER


def test_a_page_that_does_not_answer_asks_a_person(installation: Installation, event_id: int):
    change(installation, event_id, frontend_url=f"http://127.0.0.1:{free_port()}/certificate")
    assert finding(installation, event_id, "Links").level is Level.AMBER


def test_links_that_only_this_computer_opens_stop_a_real_sending(
    installation: Installation, event_id: int, server_url: str
):
    change(installation, event_id, frontend_url=f"{server_url}/certificate")
    give_account(installation, event_id)
    assert finding(installation, event_id, "Links").level is Level.RED


def test_an_event_without_a_certificate_is_not_ready(installation: Installation, event_id: int):
    assert finding(installation, event_id, "Certificate").level is Level.RED
    with installation.database.writing() as session:
        event = events.event_for_change(session, event_id)
        factories.set_picture(session, event, factories.sample_picture())
    assert finding(installation, event_id, "Certificate").level is Level.GREEN


def test_a_box_that_no_name_fits_is_red_and_says_what_to_do(
    installation: Installation, event_id: int
):
    with installation.database.writing() as session:
        event = events.event_for_change(session, event_id)
        factories.set_picture(session, event, factories.sample_picture())
        assert event.design is not None
        layout = copy.deepcopy(event.design.layout)
        box = next(field["box"] for field in layout["fields"] if field["kind"] == "name")
        box["width"], box["height"] = 0.01, 0.004
        event.design.layout = layout
    found = finding(installation, event_id, "Certificate")
    assert found.level is Level.RED
    assert "“Alex Chen” does not fit" in found.said("en")
    assert "Enlarge its box" in found.said("en")


@pytest.mark.parametrize(("language", "words"), [("en", "No worker is running"), ("zh", "没有")])
def test_the_check_is_told_to_programs_in_their_language(
    api: httpx.Client, language: str, words: str
):
    body = json.dumps({"token": OWNER_TOKEN, "action": "check"})
    answer = api.post("/api/email", content=body, headers={"Accept-Language": language}).json()
    assert answer["code"] == 0
    doubts = [item["words"] for item in answer["data"]["findings"] if item["level"] == "amber"]
    assert any(words in doubt for doubt in doubts)
