"""`certs status` says what holds the mails, and who has been waiting long."""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from fastapi.testclient import TestClient
from sqlalchemy import update

from api.app import create_app
from shared.events.opening import open_installation
from shared.mail.queue import hold
from shared.settings import Settings
from shared.storage.models import Event, Mail, Owner, SpeedChange, now
from tests.support.certs_command import certs, environment
from tests.support.mailing import invite
from tests.support.sending_steps import add_account

__all__ = ["environment"]


def test_it_says_until_when_the_mails_wait_and_in_which_words(
    environment: dict[str, str], tmp_path: Path
):
    installation = open_installation(Settings(_env_file=None, data_dir=tmp_path / "data"))
    with installation.database.reading() as session:
        event_id = session.get_one(Owner, 1).default_event_id
    assert event_id is not None
    until = now() + timedelta(hours=1)
    add_account(
        installation.database, event_id, paused_until=until, trouble_code=451,
        trouble_text="4.3.0 Try <me> later",
    )  # fmt: skip
    invite(installation, event_id, 2)
    with installation.database.writing() as session:
        since = now() - timedelta(hours=5)
        waiting = {"waits_since": since, "code": 450, "answer": "4.1.8 No such domain"}
        session.execute(update(Mail).values(**waiting))
    installation.database.close()
    told = json.loads(certs(environment, "status", "--json").stdout)
    assert told["paused_until"] == until.isoformat()
    assert told["paused_reason"].endswith("(451 4.3.0 Try <me> later)")
    assert (told["delayed"], told["delayed_reason"]) == (2, "450 4.1.8 No such domain")
    said = certs(environment, "status").stdout
    assert f"until {until:%Y-%m-%d %H:%M} UTC: " in said
    assert "2 refused for now for more than four hours: 450 4.1.8 No such domain" in said


def test_it_says_that_the_mails_wait_for_a_decision_after_a_restore(
    environment: dict[str, str], tmp_path: Path
):
    data = tmp_path / "data"
    token = environment["ADMIN_TOKEN"]
    installation = open_installation(Settings(_env_file=None, data_dir=data, admin_token=token))
    with installation.database.reading() as session:
        event_id = session.get_one(Owner, 1).default_event_id
    assert event_id is not None
    add_account(installation.database, event_id)
    invite(installation, event_id, 2)
    with installation.database.writing() as session:
        hold.hold(session)
    with TestClient(create_app(installation)) as api:
        body = {"token": token, "action": "query"}
        asked = api.post("/api/email", json=body).json()["data"]
    installation.database.close()
    told = json.loads(certs(environment, "status", "--json").stdout)
    for one in (told, asked):
        assert (one["sending"], one["paused_until"]) == ("held", None)
        assert one["paused_reason"].startswith("This database is older than the mails sent,")
    assert asked["paused"]
    assert "2 held; held\nThis database is older" in certs(environment, "status").stdout


def test_to_ask_for_a_state_loads_nothing_that_draws_sends_or_asks_another_database():
    heavy = {"numpy", "PIL", "uharfbuzz", "jinja2", "yagmail", "psycopg", "babel.dates"}
    asking = "shared.cli.sending, shared.cli.event, shared.cli.columns"
    program = f"import sys, {asking}; print({heavy} & {{*sys.modules}})"
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, timeout=60)
    assert told.stdout.strip() == b"set()", told


def test_it_says_how_fast_mails_of_a_slow_account_leave_and_why_and_what_a_stop_waits_for(
    environment: dict[str, str], tmp_path: Path
):
    installation = open_installation(Settings(_env_file=None, data_dir=tmp_path / "data"))
    with installation.database.reading() as session:
        event_id = session.get_one(Owner, 1).default_event_id
    assert event_id is not None
    add_account(installation.database, event_id, tokens=0.0, filled_at=now() + timedelta(hours=1))
    invite(installation, event_id, 2)
    with installation.database.writing() as session:
        event = session.get_one(Event, event_id)
        change = {
            "old": 40 / 3,
            "new": 12.0,
            "cause": "came_back",
            "evidence": {"bad": 8, "of": 200},
        }
        session.add(SpeedChange(account_id=event.account_id, **change))
    slow = "12 a minute: 8 of 200 mails bounced"
    told = json.loads(certs(environment, "status", "--json").stdout)
    assert (told["sending"], told["paused_reason"], told["why"]) == ("running", "", slow)
    assert f"the next mail: {slow}" in certs(environment, "status").stdout
    with installation.database.writing() as session:
        hold.pause(session.get_one(Event, event_id))
    installation.database.close()
    stopped = "Sending is stopped. Nothing is lost. Press “Continue” on “Send”."
    assert stopped in certs(environment, "status").stdout
