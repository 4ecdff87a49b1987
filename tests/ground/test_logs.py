"""Logs that programs read."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
import websockets
from sqlalchemy import select, text
from websockets.sync.client import connect

from shared import events
from shared.events.installation import Installation
from shared.storage.models import Mail, MailState
from shared.volunteers.people import roster
from tests.support import factories
from tests.support.acting import queue_invitations
from tests.support.certs_command import certs
from tests.support.console_server import free_port
from tests.support.lists import read_call
from tests.support.mailing import wait_until
from tests.support.services import answers, environment, logging_service


def test_a_workers_json_lines_name_event_and_mail(installation: Installation, event_id: int):
    with installation.database.writing() as session:
        event = events.event_for_change(session, event_id)
        roster.add_volunteers(session, event, read_call("ana@example.org"))
        queue_invitations(session, installation.seal, event)

    def is_sent() -> bool:
        with installation.database.reading() as session:
            return session.scalars(select(Mail.state)).one() == MailState.SENT

    with logging_service("worker", environment(installation)) as lines:
        wait_until(is_sent)
    about_mails = [line for line in lines if "mail" in line]
    assert about_mails
    assert {line["event"] for line in about_mails} == {event_id}


def test_the_apis_lines_are_json_from_the_start_to_a_defects_traceback(
    installation: Installation, listed: int
):
    token = factories.invite(installation, listed)["ana@example.org"]
    with installation.database.writing() as session:
        session.execute(text("UPDATE volunteer SET status = 99 WHERE email = 'ana@example.org'"))
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with logging_service("api", environment(installation, API_PORT=str(port))) as lines:
        wait_until(lambda: answers(f"{url}/health"))
        asked = httpx.get(f"{url}/api/getUserInfo", params={"token": token})
    assert asked.status_code == 500
    said = [line["message"] for line in lines]
    assert any(f"running on {url}" in message for message in said)
    assert {line["logger"] for line in lines if "running on" in line["message"]} == {"api"}
    assert not [line for line in lines if line["logger"].startswith("uvicorn")]
    assert any('"GET /api/getUserInfo HTTP/1.1" 500' in message for message in said)
    (defect,) = [line for line in lines if "error" in line]
    assert defect["error"].startswith("Traceback")
    assert "99 is not a valid Status" in defect["error"]
    assert token not in str(lines)


def test_the_consoles_lines_are_json_and_those_of_streamlit_too(
    installation: Installation, tmp_path: Path
):
    settings = tmp_path / ".streamlit" / "config.toml"
    settings.parent.mkdir()
    settings.write_text("[server]\nunheard_of = 1\n")
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    variables = environment(installation, CONSOLE_PORT=str(port))
    with logging_service("console", variables, folder=tmp_path) as lines:
        wait_until(lambda: answers(f"{url}/_stcore/health"))
    said = [f"{line['logger']}: {line['message']}" for line in lines]
    assert any(f"running on {url}" in line for line in said)
    assert any(line.startswith("streamlit.config: ") and "unheard_of" in line for line in said)


def test_no_cookie_stands_in_the_log_of_who_looks_for_a_fault(installation: Installation):
    api, console = free_port(), free_port()
    secrets = {"Cookie": "certs_session=0123456789ab", "Authorization": "Bearer 0123456789ab"}
    ports = {"API_PORT": str(api), "CONSOLE_PORT": str(console)}
    variables = environment(installation, LOG_LEVEL="DEBUG", **ports)
    with logging_service("console", variables) as lines, logging_service("api", variables) as more:
        for url in (f"http://127.0.0.1:{api}/health", f"http://127.0.0.1:{console}/_stcore/health"):
            while not answers(url):
                time.sleep(0.1)
            httpx.get(url, headers=secrets)
        with pytest.raises(websockets.InvalidStatus):
            connect(f"ws://127.0.0.1:{console}/_stcore/stream", additional_headers=secrets)
    assert lines
    assert more
    assert "0123456789ab" not in json.dumps(lines + more)


def test_a_service_without_a_database_ends_with_a_line_of_json(tmp_path: Path):
    address = f"postgresql+psycopg://nobody@127.0.0.1:{free_port()}/nothing"
    variables = {"DATA_DIR": str(tmp_path), "DATABASE_URL": address, "LOG_FORMAT": "json"}
    variables = os.environ | variables
    ended = certs(variables, "api")
    assert ended.returncode == 1
    # The first says which version it is.
    _, line = [json.loads(line) for line in ended.stderr.splitlines()]
    assert "the database does not answer" in line["message"]


def test_a_setting_that_cannot_be_used_is_told_in_a_line_of_json():
    variables = os.environ | {"LOG_FORMAT": "json", "API_PORT": "abc"}
    ended = certs(variables, "api")
    assert ended.returncode == 1
    (line,) = [json.loads(line) for line in ended.stderr.splitlines()]
    assert line["message"].startswith("API_PORT: ")


def test_a_defect_that_ends_a_process_or_a_thread_is_one_line():
    program = (
        "import threading; from shared import logs; logs.set_up('INFO', 'json')\n"
        "thread = threading.Thread(target=lambda: {}['key'], name='slot'); thread.start()\n"
        "thread.join(); 1 / 0"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    thread, process = [json.loads(line) for line in ended.stderr.splitlines()]
    assert "slot" in thread["message"]
    assert "KeyError" in thread["error"]
    assert "ZeroDivisionError" in process["error"]
