"""The account's screen, where an account is signed in to with Microsoft, or could be."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from console.text import plain
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.features.returned_mail.models import BounceMailbox
from shared.mail.accounts.sending_account import set_account
from shared.mail.accounts.signing_in import sign_in_of
from shared.storage.models import Event, SendingAccount
from tests.conftest import OWNER_TOKEN
from tests.support.console_screens import Open, fill, give_account, opener, press
from tests.support.front_door import visitor_at
from tests.support.graph_double import GraphDouble
from tests.support.graph_sending import COLLEAGUE, at_graph, enter_account, share_mailbox
from tests.support.mail_identity import CLIENT_ID, MailIdentity
from tests.support.mail_sign_ins import SENDER, identity, served_identity
from tests.support.one_database import database_url
from tests.support.organization import COOKIE
from tests.support.sessions import begin_session

__all__ = ["database_url", "identity", "served_identity"]


@pytest.fixture
def graph() -> Iterator[GraphDouble]:
    with GraphDouble() as double:
        yield double


@pytest.fixture
def registered(
    installation: Installation, identity: MailIdentity, graph: GraphDouble
) -> Installation:
    return at_graph(installation, graph, identity)


@pytest.fixture
def open_registered(registered: Installation, monkeypatch: pytest.MonkeyPatch) -> Open:
    return opener(registered, monkeypatch)


def ways(screen: AppTest) -> list[str]:
    return next(one.options for one in screen.selectbox if one.label == "How to sign in")


def texts(screen: AppTest) -> str:
    said = (*screen.info, *screen.warning, *screen.error, *screen.success, *screen.caption)
    return "\n".join(one.value for one in said)


def account_of(installation: Installation, event_id: int) -> SendingAccount:
    with installation.database.reading() as session:
        account = session.get_one(Event, event_id).account
        assert account is not None
        return account


def at_microsoft_by_password(installation: Installation, event_id: int) -> None:
    with installation.database.writing() as session:
        set_account(
            session, installation.seal, event_for_change(session, event_id),
            username=SENDER, password="secret", server_address="smtp.office365.com", smtp_port=587,
        )  # fmt: skip


def test_without_a_registration_the_screen_says_what_is_missing(
    open_screen: Open, installation: Installation, event_id: int
):
    at_microsoft_by_password(installation, event_id)
    screen = open_screen("account", event_id)
    assert "Sign in with Microsoft" not in ways(screen)
    assert "MICROSOFT_CLIENT_ID" in texts(screen)
    assert "end of December 2026" in texts(screen)


def test_who_sends_with_a_password_is_shown_the_way_without_one(
    open_registered: Open, registered: Installation, event_id: int
):
    at_microsoft_by_password(registered, event_id)
    screen = open_registered("account", event_id)
    assert "Sign in with Microsoft" in ways(screen)
    assert "Choose “Sign in with Microsoft” above" in texts(screen)


def test_nobody_else_is_bothered_with_it(
    open_registered: Open, registered: Installation, event_id: int
):
    give_account(registered, event_id)
    assert "Microsoft" not in texts(open_registered("account", event_id))


def test_an_address_is_all_that_is_entered(
    open_registered: Open, registered: Installation, event_id: int, graph: GraphDouble
):
    screen = open_registered("account", event_id)
    fill(screen, "Mail address or user name", SENDER)
    press(screen, "Continue")
    choose(screen, "Sign in with Microsoft")
    assert not [one for one in screen.text_input if one.label == "Server"]
    # Microsoft leads back to no other name of this machine.
    assert "CONSOLE_URL=http://localhost:8501" in texts(screen)
    press(screen, "Save, then sign in")
    account = account_of(registered, event_id)
    assert (account.transport, account.by_token, account.host) == ("graph", True, "127.0.0.1")
    assert (account.per_minute, account.per_day, account.connections) == (30, 10_000, 4)
    assert "Nobody is signed in to this account yet." in texts(screen)
    (link,) = [one.value for one in screen.code if "adminconsent" in one.value]
    assert f"client_id={CLIENT_ID}" in link


def choose(screen: AppTest, label: str) -> None:
    box = next(one for one in screen.selectbox if one.label == "How to sign in")
    box.select_index(box.options.index(label)).run()


def test_a_password_takes_the_place_of_the_sign_in(
    open_registered: Open, registered: Installation, event_id: int
):
    enter_account(registered, event_id)
    screen = open_registered("account", event_id)
    choose(screen, "With or without a password")
    fill(screen, "Server", "smtp.harbour.example")
    fill(screen, "Password", "secret")
    press(screen, "Check and save")
    account = account_of(registered, event_id)
    assert (account.transport, account.by_token) == ("smtp", False)
    assert (account.host, account.port) == ("smtp.harbour.example", 465)


def test_who_signs_in_is_asked_for_what_graph_needs_and_its_inbox_is_read(
    open_registered: Open, registered: Installation, event_id: int, identity: MailIdentity
):
    enter_account(registered, event_id)
    asked = signed_in_at(registered, event_id, identity)["scope"][0].split()
    site = registered.settings.graph_url
    assert {f"{site}/{one}" for one in ("Mail.Send", "Mail.Read", "User.Read")} < set(asked)
    assert "offline_access" in asked
    screen = open_registered("account", event_id)
    assert "Signed in as" in texts(screen)
    assert "It is first read within a minute once a worker runs" in texts(screen)
    press(screen, "Stop reading this mailbox")
    assert mailboxes(registered) == []
    press(screen, "Read this account's inbox")
    assert mailboxes(registered) == ["graph"]
    press(screen, "Sign out")
    assert "Nobody is signed in to this account yet." in texts(screen)
    with registered.database.reading() as session:
        row = sign_in_of(session, account_of(registered, event_id).id)
    assert row is not None
    assert row.sealed_refresh_token is None


def test_of_a_shared_mailbox_its_address_is_entered_and_a_colleague_signs_in(
    open_registered: Open, registered: Installation, event_id: int, identity: MailIdentity,
    graph: GraphDouble,
):  # fmt: skip
    share_mailbox(graph, identity)
    screen = open_registered("account", event_id)
    fill(screen, "Mail address or user name", SENDER)
    press(screen, "Continue")
    choose(screen, "Sign in with Microsoft (shared mailbox)")
    assert "which includes your own mailbox" in texts(screen)
    press(screen, "Save, then sign in")
    account = account_of(registered, event_id)
    assert (account.transport, account.username) == ("graph_shared", SENDER)
    asked = signed_in_at(registered, event_id, identity)
    site = registered.settings.graph_url
    assert {f"{site}/Mail.Send.Shared", f"{site}/Mail.Read.Shared"} < set(asked["scope"][0].split())
    assert "login_hint" not in asked
    screen = open_registered("account", event_id)
    assert f"Signed in as {plain(COLLEAGUE)}" in texts(screen)
    press(screen, "Check the account")
    assert "Send yourself a test mail to check that you may send as the shared mailbox" in texts(
        screen
    )
    assert "Not live yet" in texts(screen)
    assert "but the server is down" not in "".join(one.label for one in screen.checkbox)
    assert mailboxes(registered) == ["graph_shared"]


def signed_in_at(
    registered: Installation, event_id: int, identity: MailIdentity
) -> dict[str, list[str]]:
    """What the provider was asked for, and agreed to."""
    identity.redirects = [f"{registered.settings.console_url}/mail/signin/return"]
    browser = visitor_at(registered)
    browser.cookies.set(COOKIE, begin_session(registered.database, OWNER_TOKEN))
    left = browser.get("/mail/signin/start", params={"event": str(event_id)}).headers["location"]
    assert browser.get(identity.consent(left)).status_code == 303
    return parse_qs(urlsplit(left).query)


def mailboxes(installation: Installation) -> list[str]:
    with installation.database.reading() as session:
        return [one.way for one in session.query(BounceMailbox)]
