"""Mails whose links only this computer opens: programs are told, and go on as before."""

from typing import Any

import httpx
import pytest

from shared.acts.go_live import go_live
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.storage.models import Event
from tests.conftest import OWNER_TOKEN
from tests.support import factories
from tests.support.api_server import api, default_event, server_url
from tests.support.mailing import send_through
from tests.support.smtp_sink import SmtpSink

__all__ = ["api", "default_event", "server_url"]


@pytest.fixture
def live(installation: Installation, default_event: Event) -> int:
    """The default event, live, with a certificate and two people to invite."""
    with SmtpSink() as sink, installation.database.writing() as session:
        event = event_for_change(session, default_event.id)
        send_through(session, event, sink)
        go_live(session, event)
    factories.design(installation.database, default_event.id)
    factories.add(installation.database, default_event.id, "ana@example.org\nbo@example.org")
    return default_event.id


def send(api: httpx.Client, language: str = "en") -> dict[str, Any]:
    body = {"token": OWNER_TOKEN, "action": "send"}
    answer = api.post("/api/email", json=body, headers={"Accept-Language": language})
    assert answer.status_code == 200
    result: dict[str, Any] = answer.json()
    return result


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "which only this computer can reach"), ("zh", "PUBLIC_URL")],
)
def test_a_send_with_links_that_only_this_computer_opens_is_code_0_and_says_so(
    api: httpx.Client, live: int, language: str, words: str
) -> None:
    answer = send(api, language)
    assert (answer["code"], answer["data"]["queued"]) == (0, 2)
    assert words in answer["message"]
    (found,) = answer["data"]["findings"]
    assert (found["level"], found["words"]) == ("red", answer["message"])


def test_a_page_of_the_events_own_that_others_can_open_is_no_finding(
    api: httpx.Client, installation: Installation, live: int
) -> None:
    with installation.database.writing() as session:
        event_for_change(session, live).frontend_url = "https://thanks.example.org/"
    answer = send(api)
    assert (answer["message"], answer["data"]["findings"]) == ("success", [])


def test_a_public_url_that_others_can_open_is_no_finding(
    api: httpx.Client, installation: Installation, live: int
) -> None:
    installation.settings.public_url = "https://certificates.example.org"
    answer = send(api)
    assert (answer["message"], answer["data"]["findings"]) == ("success", [])


def test_a_rehearsal_on_one_computer_is_as_it_should_be(
    api: httpx.Client, installation: Installation, listed: int
) -> None:
    """Its mails lie on this computer, too."""
    body = {"token": OWNER_TOKEN, "action": "send", "event": listed}
    answer = api.post("/api/email", json=body).json()
    assert (answer["code"], answer["data"]["queued"]) == (0, 2)
    assert (answer["message"], answer["data"]["findings"]) == ("success", [])
