"""The owner is told once of what makes the installation stand, by a webhook or by mail."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from pydantic import SecretStr
from sqlalchemy import select, update

from shared.errors import KeysWrong
from shared.events.installation import Installation
from shared.events.opening import open_installation
from shared.mail.accounts import sending_account
from shared.mail.queue.hold import hold
from shared.storage.models import Event, Mail, Owner, SendingAccount, now
from shared.worker.owner_notices import OwnerNotices, tell_of_wrong_key
from tests.support.mailing import invite, wait_until
from tests.support.services import environment, logging_service
from tests.support.smtp_sink import SmtpSink
from tests.support.trusted_sink import sink

__all__ = ["sink"]


@dataclass
class Webhook:
    url: str = ""
    said: list[dict[str, Any]] = field(default_factory=list)
    status: int = 200


@contextmanager
def a_webhook() -> Iterator[Webhook]:
    hook = Webhook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            hook.said.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(hook.status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    hook.url = f"http://127.0.0.1:{server.server_port}/hook"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield hook
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def hook() -> Iterator[Webhook]:
    with a_webhook() as hook:
        yield hook


def telling(installation: Installation, **settings: Any) -> Installation:
    return replace(installation, settings=installation.settings.model_copy(update=settings))


def stop_account(installation: Installation, event_id: int) -> None:
    with installation.database.writing() as session:
        event = session.get_one(Event, event_id)
        sending_account.set_account(session, installation.seal, event, username="a@example.org")
        session.flush()
        stopped = {"needs_fixing": True, "trouble_text": "535 5.7.8 wrong password"}
        session.execute(update(SendingAccount).values(stopped))


def test_a_trouble_is_told_once_and_again_when_it_comes_back(
    installation: Installation, event_id: int, hook: Webhook
):
    told = telling(installation, notify=SecretStr(hook.url))
    invite(installation, event_id, 1)
    look = OwnerNotices(every=0)
    look(told)
    assert hook.said == []
    stop_account(installation, event_id)
    for _ in range(3):
        look(told)
    (said,) = hook.said
    assert said["troubles"] == [
        "The mail account a@example.org is stopped: 535 5.7.8 wrong password"
    ]
    assert installation.settings.console_url in said["text"]
    with installation.database.writing() as session:
        session.execute(update(SendingAccount).values(needs_fixing=False))
    look(told)
    with installation.database.writing() as session:
        session.execute(update(SendingAccount).values(needs_fixing=True))
        hold(session)
    look(told)
    assert len(hook.said[1]["troubles"]) == 2


def test_mail_that_stands_for_an_hour_is_told_unless_somebody_stopped_it(
    installation: Installation, event_id: int, hook: Webhook
):
    told = telling(installation, notify=SecretStr(hook.url))
    invite(installation, event_id, 1)
    look = OwnerNotices(every=0)
    look(told)
    assert hook.said == []
    with installation.database.writing() as session:
        session.execute(update(Mail).values(due_at=now() - timedelta(minutes=90)))
        session.execute(update(Event).values(sending="stopped"))
    look(told)
    assert hook.said == []
    with installation.database.writing() as session:
        session.execute(update(Event).values(sending="running"))
    look(told)
    assert "overdue by 90 minutes. No worker picks it up." in hook.said[0]["text"]


@pytest.mark.parametrize("status", [200, 404])
def test_the_address_may_lie_in_a_file_and_stands_in_no_log(
    installation: Installation, event_id: int, hook: Webhook, tmp_path: Path, status: int
):
    """Whoever knows the webhook's address of Slack, Teams or Discord can write there."""
    stop_account(installation, event_id)
    hook.status = status
    (tmp_path / "notify").write_text(f"{hook.url}\n")
    variables = environment(installation, NOTIFY_FILE=str(tmp_path / "notify"), LOG_LEVEL="DEBUG")
    with logging_service("worker", variables) as lines:
        wait_until(lambda: hook.said)
    assert lines
    assert urlsplit(hook.url).path not in json.dumps(lines)


def test_a_webhook_that_fails_is_tried_again(
    installation: Installation, event_id: int, hook: Webhook, caplog: pytest.LogCaptureFixture
):
    told = telling(installation, notify=SecretStr(hook.url))
    stop_account(installation, event_id)
    look, hook.status = OwnerNotices(every=0), 503
    look(told)
    hook.status = 200
    look(told)
    look(told)
    assert len(hook.said) == 2
    assert "the owner was not told, another try follows" in caplog.text


def test_a_mail_goes_over_a_server_of_its_own(
    installation: Installation, event_id: int, sink: SmtpSink
):
    told = telling(
        installation,
        notify=SecretStr("mailto:admin@example.org"),
        notify_smtp=SecretStr(f"smtps://watch%40example.org:s3cret@127.0.0.1:{sink.port}"),
        default_language="zh",
    )
    stop_account(installation, event_id)
    OwnerNotices(every=0)(told)
    (mail,) = sink.received
    assert (mail.sender, mail.recipient) == ("watch@example.org", "admin@example.org")
    assert mail.username == "watch@example.org"
    assert mail.message["subject"] == "志愿者证书：有事需要您处理"
    assert "邮箱账户 a@example.org 已停止发送" in mail.message.get_content()


def test_a_wrong_key_is_told_once_by_whoever_cannot_start(
    installation: Installation, event_id: int, hook: Webhook
):
    invite(installation, event_id, 1)
    update_with = {"notify": SecretStr(hook.url), "secret_keys": SecretStr("another")}
    settings = installation.settings.model_copy(update=update_with)
    for _ in range(2):
        with pytest.raises(KeysWrong) as refusal:
            open_installation(settings)
        tell_of_wrong_key(settings, refusal.value)
    (said,) = hook.said
    assert "this is not the key that sealed" in said["text"]
    # A worker that starts finds it over.
    OwnerNotices(every=0)(telling(installation, notify=SecretStr(hook.url)))
    with installation.database.reading() as session:
        assert session.scalars(select(Owner.told_of)).one() == []
