"""A stored password is sent to the server that it was entered for, and to no other."""

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from api.calls.configuration import OrgConfig
from api.calls.configuration import configure as configure_event
from shared.destinations import PUBLIC
from shared.errors import AccountChanged, SettingRefused
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.mail.accounts.credentials import show_password
from shared.mail.accounts.sending_account import set_account
from shared.mail.kinds.invitation import INVITATION
from shared.mail.kinds.trial import TEST
from shared.mail.queue import enqueue
from shared.mail.queue.standing import of_sending
from shared.storage.models import Event, Mail, MailState, Security, SendingAccount
from tests.conftest import OWNER_TOKEN
from tests.support.api_server import api, default_event, server_url
from tests.support.mailing import invite, wait_until, working
from tests.support.smtp_sink import SmtpSink, Step, trust

__all__ = ["api", "default_event", "server_url"]

PASSWORD = "a secret of ours"


@pytest.fixture
def first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmtpSink]:
    """The server that the password belongs to."""
    with SmtpSink(security=Security.TLS) as sink:
        trust(sink, tmp_path, monkeypatch)
        yield sink


@pytest.fixture
def second(first: SmtpSink, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmtpSink]:
    """Another server, whose certificate is as good."""
    with SmtpSink(security=Security.TLS) as sink:
        trust(sink, tmp_path, monkeypatch)
        yield sink


def configure(api: httpx.Client, **body: Any) -> dict[str, Any]:
    answer = api.post("/api/updateOrgConfig", json={"token": OWNER_TOKEN, **body}).json()
    assert answer["code"] == 0, answer
    return answer


def check(api: httpx.Client) -> None:
    body = {"token": OWNER_TOKEN, "action": "check"}
    assert api.post("/api/email", json=body).json()["code"] == 0


def at(sink: SmtpSink, **more: Any) -> dict[str, Any]:
    """The settings of an account there. Of Gmail, as nothing need be looked up for its domain."""
    account = {"username": "thanks@gmail.com", "server_address": "127.0.0.1"}
    return account | {"smtp_port": sink.port} | more


def has_heard(sink: SmtpSink, user: str = "thanks@gmail.com", password: str = PASSWORD) -> bool:
    return b64encode(f"\0{user}\0{password}".encode()) in bytes(sink.heard)


def stored(installation: Installation, event: Event) -> SendingAccount:
    with installation.database.reading() as session:
        return session.get_one(Event, event.id).account


USERS = ("thanks@gmail.com", "other@gmail.com")
# In one call or several, each of which is harmless by itself.
MOVES: list[list[dict[str, Any]]] = [
    [{"smtp_port": "second"}],
    [{"username": USERS[1], "server_address": "127.0.0.1"}, {"smtp_port": "second"}],
    [
        {"username": USERS[1], "server_address": "127.0.0.1"},
        {"server_address": "localhost", "smtp_port": "second"},
        {"username": USERS[0], "server_address": "localhost"},
    ],
    [{"server_address": "localhost"}, {"server_address": "127.0.0.1", "smtp_port": "second"}],
    [{"smtp_ssl": False, "smtp_port": "second"}, {"smtp_ssl": True, "smtp_port": "second"}],
    [{"skip_auth": True, "smtp_port": "second"}, {"skip_auth": False}],
]


@pytest.mark.parametrize("moves", MOVES)
def test_a_stored_password_follows_to_no_other_server(
    api: httpx.Client,
    default_event: Event,
    installation: Installation,
    first: SmtpSink,
    second: SmtpSink,
    moves: list[dict[str, Any]],
) -> None:
    configure(api, **at(first, password=PASSWORD))
    check(api)
    assert has_heard(first)
    for move in moves:
        if "smtp_port" in move:
            move = move | {"smtp_port": second.port}
        configure(api, **move)
    check(api)
    assert second.visits
    assert not any(has_heard(second, user) for user in USERS)
    assert b"AUTH" not in second.heard
    assert stored(installation, default_event).sealed_password is None


def test_whoever_moves_an_account_is_told_that_its_password_was_dropped(
    api: httpx.Client, default_event: Event, installation: Installation, first: SmtpSink
) -> None:
    assert configure(api, **at(first, password=PASSWORD))["message"] == "success"
    check(api)
    moved = configure(api, smtp_port=587)
    assert "Enter the password of this mail account" in moved["message"]
    assert configure(api, min_second=1)["message"] == moved["message"]
    account = stored(installation, default_event)
    assert (account.port, account.needs_fixing) == (587, True)
    with installation.database.reading() as session:
        state = of_sending(session, session.get_one(Event, default_event.id), "en")
    assert (state.standing, state.cure) == ("needs_fixing", moved["message"])
    assert configure(api, password="another")["message"] == "success"
    assert not stored(installation, default_event).needs_fixing


def test_a_password_that_comes_with_the_new_server_goes_there(
    api: httpx.Client, first: SmtpSink, second: SmtpSink
) -> None:
    configure(api, **at(first, password=PASSWORD))
    check(api)
    configure(api, smtp_port=second.port, password="another")
    check(api)
    assert has_heard(second, password="another")
    assert not has_heard(second)


def test_an_account_may_be_completed_in_any_order_until_a_server_is_shown_its_password(
    api: httpx.Client, default_event: Event, installation: Installation, second: SmtpSink
) -> None:
    configure(api, password=PASSWORD)
    configure(api, username="thanks@gmail.com")
    configure(api, server_address="localhost", smtp_ssl=False)
    configure(api, smtp_port=second.port, smtp_ssl=True)
    assert not stored(installation, default_event).password_shown
    check(api)
    assert has_heard(second)
    assert stored(installation, default_event).password_shown


def test_that_a_server_is_shown_the_password_is_known_before_it_hears_of_it(
    api: httpx.Client, default_event: Event, installation: Installation, first: SmtpSink
) -> None:
    shown: list[bool] = []

    def note(step: Step) -> None:
        shown.append(stored(installation, default_event).password_shown)

    first.script = note
    configure(api, **at(first, password=PASSWORD))
    check(api)
    assert shown[0]


def test_a_mail_to_oneself_shows_the_password_as_any_other(
    api: httpx.Client,
    default_event: Event,
    installation: Installation,
    first: SmtpSink,
    second: SmtpSink,
) -> None:
    configure(api, **at(first, password=PASSWORD))
    with installation.database.writing() as session:
        event = session.get_one(Event, default_event.id)
        enqueue.queue_test_mail(session, event, INVITATION, "me@example.org")
    with working(installation):
        wait_until(lambda: bool(first.received))
        configure(api, smtp_port=second.port)
        invite(installation, default_event.id, 1)
        wait_until(lambda: not is_anything_due_soon(installation))
    assert has_heard(first)
    assert not second.visits


def is_anything_due_soon(installation: Installation) -> bool:
    """Whether the worker has yet to see that the account waits."""
    with installation.database.reading() as session:
        waiting = session.scalars(select(Mail.state).where(Mail.kind != TEST.name)).all()
        event = session.scalars(select(SendingAccount)).one()
    return MailState.SENDING in waiting or not event.needs_fixing


def test_a_worker_that_read_the_account_before_it_moved_shows_nothing(
    installation: Installation, event_id: int
) -> None:
    database, seal = installation.database, installation.seal
    with database.writing() as session:
        event = event_for_change(session, event_id)
        set_account(session, seal, event, username="thanks@example.org", password=PASSWORD)
    with database.reading() as session:
        read_before = session.get_one(Event, event_id).account
    with database.writing() as session:
        set_account(session, seal, event_for_change(session, event_id), smtp_port=587)
    with pytest.raises(AccountChanged):
        show_password(database, seal, read_before)
    with database.reading() as session:
        moved = session.get_one(Event, event_id).account
    assert not moved.password_shown
    assert show_password(database, seal, moved) == PASSWORD


def test_a_row_that_is_pointed_at_another_server_opens_nothing(
    installation: Installation, event_id: int
) -> None:
    """The second lock, which does not depend on what was stored."""
    database, seal = installation.database, installation.seal
    with database.writing() as session:
        event = event_for_change(session, event_id)
        set_account(session, seal, event, username="thanks@example.org", password=PASSWORD)
        event.account.host = "smtp.elsewhere.example"
    with database.reading() as session:
        account = session.get_one(Event, event_id).account
    with pytest.raises(SettingRefused):
        show_password(database, seal, account)


def test_an_early_password_opens_for_its_event_alone(
    installation: Installation, event_id: int, default_event: Event
) -> None:
    database, seal = installation.database, installation.seal
    with database.writing() as session:
        first = event_for_change(session, event_id)
        configure_event(session, seal, first, OrgConfig(token="", password=PASSWORD), PUBLIC)
        event_for_change(session, default_event.id).early_account = first.early_account
    with database.writing() as session:
        other = event_for_change(session, default_event.id)
        with pytest.raises(SettingRefused):
            configure_event(
                session, seal, other, OrgConfig(token="", username="a@example.org"), PUBLIC
            )
