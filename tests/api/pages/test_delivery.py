"""What a submit answers when a worker and a mail server are really there."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from shared.events.installation import Installation
from shared.storage.models import Status, Volunteer
from tests.conftest import OWNER_TOKEN
from tests.support.api_server import Invited, ana, api, default_event, server_url
from tests.support.mailing import working
from tests.support.one_database import database_url
from tests.support.smtp_sink import SmtpSink, Step

__all__ = ["ana", "api", "database_url", "default_event", "server_url"]


@pytest.fixture
def worker(installation: Installation) -> Iterator[None]:
    with working(installation):
        yield


def send_from(api: httpx.Client, port: int) -> None:
    """Configure the mail account as the old admin page does."""
    account = {"username": "thanks@example.org", "server_address": "127.0.0.1", "smtp_port": port}
    body = {"token": OWNER_TOKEN, "smtp_ssl": False, "skip_auth": True, **account}
    assert api.post("/api/updateOrgConfig", json=body).json()["code"] == 0


def submit(api: httpx.Client, who: Invited) -> dict[str, Any]:
    body = {"token": who.token, "name": "Ana Lima"}
    return api.post("/api/submitUserInfo", json=body).json()


def unknown_recipient(step: Step) -> str | None:
    return "550 5.1.1 no such user here" if step.phase == "rcpt" else None


def temporary_trouble(step: Step) -> str | None:
    return "451 4.3.0 try again later" if step.phase == "rcpt" else None


@pytest.mark.usefixtures("worker")
def test_the_mailed_certificate_carries_the_picture(api: httpx.Client, ana: Invited) -> None:
    with SmtpSink() as server:
        send_from(api, server.port)
        answer = submit(api, ana)
    assert answer["code"] == 0
    attached = [
        part.get_content_type()
        for mail in server.received
        for part in mail.message.iter_attachments()
    ]
    assert attached == ["image/jpeg", "application/pdf"]


@pytest.mark.usefixtures("worker")
def test_a_mailbox_that_does_not_exist_is_code_4_with_what_to_do(
    api: httpx.Client, ana: Invited
) -> None:
    with SmtpSink(unknown_recipient) as server:
        send_from(api, server.port)
        answer = submit(api, ana)
    assert (answer["code"], answer["data"]) == (4, "")
    assert "Ask the organizer to correct your address" in answer["message"]


@pytest.mark.usefixtures("worker")
def test_a_mail_server_that_asks_to_wait_is_code_0_and_the_name_is_kept(
    api: httpx.Client, installation: Installation, ana: Invited
) -> None:
    with SmtpSink(temporary_trouble) as server:
        send_from(api, server.port)
        assert submit(api, ana)["code"] == 0
    assert_kept(installation, ana)


@pytest.mark.usefixtures("worker")
def test_a_mail_server_that_is_down_is_code_0_and_the_name_is_kept(
    api: httpx.Client, installation: Installation, ana: Invited
) -> None:
    with SmtpSink() as server:
        pass
    send_from(api, server.port)
    assert submit(api, ana)["code"] == 0
    assert_kept(installation, ana)


def assert_kept(installation: Installation, who: Invited) -> None:
    with installation.database.reading() as session:
        volunteer = session.get_one(Volunteer, who.id)
    assert volunteer.name == "Ana Lima"
    assert volunteer.status in (Status.SUBMITTED, Status.PICTURE_MADE)
