"""What is looked at before a sending, beyond what the mails alone tell."""

import json
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from shared import designs, events, mail_accounts
from shared.installation import Installation
from shared.mail.flight_check import Finding, Level
from shared.models import Event, Security
from shared.preflight import preflight
from shared.rendering.sample import draw_sample_template
from tests.api_server import api, default_event, server_url
from tests.conftest import OWNER_TOKEN
from tests.console_server import free_port

__all__ = ["api", "default_event", "server_url"]


def finding(installation: Installation, event_id: int, subject: str) -> Finding:
    with installation.database.reading() as session:
        event = session.get_one(Event, event_id)
        found = preflight(session, installation.settings, installation.seal, event)
    return next(item for item in found if item.subject == subject)


def change(installation: Installation, event_id: int, **organization: str) -> None:
    with installation.database.writing() as session:
        event = events.event_for_change(session, event_id)
        events.update_organization(event, **organization)


def give_account(installation: Installation, event_id: int) -> None:
    with installation.database.writing() as session:
        mail_accounts.set_account(
            session,
            installation.seal,
            events.event_for_change(session, event_id),
            username="thanks@example.org",
            server_address="127.0.0.1",
            smtp_port=free_port(),
            security=Security.NONE,
            skip_auth=True,
        )


def test_a_page_that_answers_is_green(installation: Installation, event_id: int, server_url: str):
    change(installation, event_id, frontend_url=f"{server_url}/certificate")
    assert finding(installation, event_id, "Links").level is Level.GREEN


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
        designs.set_template(session, event, draw_sample_template("en", 877, 620))
    assert finding(installation, event_id, "Certificate").level is Level.GREEN


@pytest.mark.parametrize(("language", "words"), [("en", "No worker is running"), ("zh", "没有")])
def test_the_check_is_told_to_programs_in_their_language(
    api: httpx.Client, language: str, words: str
):
    body = json.dumps({"token": OWNER_TOKEN, "action": "check"})
    answer = api.post("/api/email", content=body, headers={"Accept-Language": language}).json()
    assert answer["code"] == 0
    worker = [item for item in answer["data"]["findings"] if item["level"] == "red"]
    assert any(words in item["words"] for item in worker)


def test_the_doctor_tells_what_an_account_lacks(installation: Installation, event_id: int):
    give_account(installation, event_id)
    settings = installation.settings
    environment = {
        "DATA_DIR": str(settings.data_dir),
        "DATABASE_URL": settings.database_url,
        "PATH": "",
    }
    certs = Path(sys.executable).with_name("certs")
    told = subprocess.run([certs, "doctor"], env=environment, capture_output=True, text=True)
    assert told.returncode == 1
    assert "BAD  Harbour Run 2026: Links" in told.stdout
    quick = subprocess.run(
        [certs, "doctor", "--quick"], env=environment, capture_output=True, text=True
    )
    assert "Harbour Run 2026" not in quick.stdout
