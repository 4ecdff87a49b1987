"""Each rule for Prometheus fires when its trouble is there, and none without."""

import operator
import re
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from fastapi.testclient import TestClient
from sqlalchemy import select, update

from api.app import create_app
from shared.events.installation import Installation
from shared.features.returned_mail.models import BounceMailbox
from shared.mail.accounts import sending_account
from shared.mail.queue.hold import hold
from shared.storage.models import Event, Mail, Security, SendingAccount, Worker, now
from tests.support.mailing import invite
from tests.support.scraped import Samples, samples_of

FILE = Path(__file__).parents[2] / "docs" / "alerts.yml"
(GROUP,) = yaml.safe_load(FILE.read_text("utf-8"))["groups"]
RULES = {rule["alert"]: rule["expr"] for rule in GROUP["rules"]}
EXPRESSION = re.compile(
    r"(?:increase\()?(?P<name>\w+)(?:\{(?P<labels>.*)\})?(?:\[10m\]\))?"
    r" (?P<sign>[<>]) (?P<limit>\d+)"
)
SIGNS: dict[str, Callable[[float, float], bool]] = {"<": operator.lt, ">": operator.gt}


def fires(rule: str, before: Samples, after: Samples) -> bool:
    """As Prometheus would find it; only what the rules of the file use."""
    parts = EXPRESSION.fullmatch(RULES[rule])
    assert parts, f"{rule} uses more than this test reads"
    labels = frozenset(re.findall(r'(\w+)="(.*?)"', parts["labels"] or ""))

    def found_in(samples: Samples) -> list[float]:
        return [
            one for (name, of), one in samples.items() if name == parts["name"] and labels <= of
        ]

    found = found_in(after)
    value = sum(found)
    if "increase" in RULES[rule]:
        value -= sum(found_in(before))
    return bool(found) and SIGNS[parts["sign"]](value, int(parts["limit"]))


def no_worker(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    with installation.database.writing() as session:
        session.execute(update(Worker).values(seen_at=now() - timedelta(minutes=5)))


def mail_stands(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    with installation.database.writing() as session:
        session.execute(update(Mail).values(due_at=now() - timedelta(hours=2)))


def account_stopped(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    with installation.database.writing() as session:
        session.execute(update(SendingAccount).values(needs_fixing=True))


def account_paused(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    with installation.database.writing() as session:
        session.execute(update(SendingAccount).values(paused_until=now() + timedelta(hours=1)))


def mails_held(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    with installation.database.writing() as session:
        hold(session)


def mailbox_unread(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    with installation.database.writing() as session:
        mailbox = BounceMailbox(
            account_id=session.scalars(select(SendingAccount.id)).one(),
            host="mail.example.org",
            port=993,
            security=Security.TLS,
            username="thanks@example.org",
            trouble="the password is not right",
        )
        session.add(mailbox)


def disk_low(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage("/")._replace(free=100 * 2**20)
    monkeypatch.setattr("api.monitoring.disk_usage", lambda _: usage)


TROUBLES: dict[str, Callable[[Installation, pytest.MonkeyPatch], None]] = {
    "NoWorker": no_worker,
    "MailStands": mail_stands,
    "AccountStopped": account_stopped,
    "AccountPaused": account_paused,
    "MailsHeld": mails_held,
    "MailboxUnread": mailbox_unread,
    "DiskLow": disk_low,
}


@pytest.fixture
def client(installation: Installation, event_id: int) -> TestClient:
    """An installation that works, with a mail that is due."""
    with installation.database.writing() as session:
        event = session.get_one(Event, event_id)
        sending_account.set_account(session, installation.seal, event, username="a@example.org")
        session.add(Worker(id="1", host="here", process_id=1, started_at=now(), seen_at=now()))
    invite(installation, event_id, 1)
    return TestClient(create_app(installation), raise_server_exceptions=False)


@pytest.mark.parametrize("rule", TROUBLES)
def test_a_rule_fires_for_its_trouble_alone(
    rule: str, installation: Installation, client: TestClient, monkeypatch: pytest.MonkeyPatch
):
    healthy = samples_of(client)
    assert [name for name in RULES if fires(name, healthy, healthy)] == []
    TROUBLES[rule](installation, monkeypatch)
    ill = samples_of(client)
    assert [name for name in RULES if fires(name, healthy, ill)] == [rule]


def test_a_fault_of_the_program_fires(client: TestClient, monkeypatch: pytest.MonkeyPatch):
    healthy = samples_of(client)

    def broken(*_: Any) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("api.monitoring.schema_of", broken)
    assert client.get("/health").status_code == 500
    assert fires("Errors", healthy, samples_of(client))


def test_there_are_no_metrics_for_a_wrong_token_so_that_prometheus_says_down(client: TestClient):
    answer = client.get("/metrics", headers={"Authorization": "Bearer wrong"})
    assert answer.headers["content-type"] == "application/json"
    assert set(RULES) == {"Down", "Errors", *TROUBLES}
