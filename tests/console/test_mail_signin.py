"""Signing in to a mail account at its provider: there, back, and every way that leads nowhere."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx2
import pytest
from sqlalchemy import select, update
from starlette.testclient import TestClient

from shared.access.roles import Role
from shared.destinations import ANYWHERE
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.events.settings import create_event
from shared.mail.accounts.sending_account import set_account
from shared.mail.accounts.signing_in import SignInChoice
from shared.mail.queue.standing import Standing, of_sending
from shared.mail.tokens.access import access_token
from shared.mail.transport.protocol import MailProvider
from shared.storage.models import Action, AuditEntry, ConsoleSession, Event, now
from tests.conftest import OWNER_TOKEN
from tests.support.colleagues import join
from tests.support.front_door import visitor_at
from tests.support.mail_identity import CLIENT_ID, CLIENT_SECRET, MailIdentity
from tests.support.mail_sign_ins import (
    SENDER,
    at_identity,
    choose,
    identity,
    served_identity,
    stored,
)
from tests.support.one_database import database_url
from tests.support.organization import COOKIE, said
from tests.support.sessions import begin_session

__all__ = ["database_url", "identity", "served_identity"]

START, RETURN = "/mail/signin/start", "/mail/signin/return"


@pytest.fixture
def registered(installation: Installation, event_id: int, identity: MailIdentity) -> Installation:
    """An installation known to the provider, whose event has an account that waits for SENDER."""
    known = at_identity(installation, identity)
    identity.redirects = [f"{known.settings.console_url}{RETURN}"]
    choose(known, event_id)
    return known


@pytest.fixture
def organizer(registered: Installation, event_id: int) -> TestClient:
    """The browser of an organizer of the event who has just signed in to the console."""
    return browser_of(registered, join(registered.database, event_id, "Mei", Role.ORGANIZER))


def browser_of(installation: Installation, key: str) -> TestClient:
    browser = visitor_at(installation)
    browser.cookies.set(COOKIE, begin_session(installation.database, key))
    return browser


def leave(browser: TestClient, event_id: int) -> str:
    """Where the browser is sent."""
    answer = browser.get(START, params={"event": str(event_id)})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def consent(identity: MailIdentity, url: str) -> str:
    """The person agrees; where the provider leads back to."""
    answer = httpx2.get(url)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def is_signed_in(installation: Installation, event_id: int) -> bool:
    with installation.database.reading() as session:
        account_id = session.get_one(Event, event_id).account_id
    assert account_id is not None
    return stored(installation, account_id).signed_in_at is not None


def refusals(installation: Installation) -> list[tuple[int | None, str]]:
    """On which event, and to whom a sign-in to a mail account was refused."""
    with installation.database.reading() as session:
        rows = session.scalars(
            select(AuditEntry).where(AuditEntry.action == Action.MAIL_SIGN_IN_REFUSED)
        )
        return [(row.event_id, row.by_name) for row in rows]


def test_from_the_button_to_being_signed_in(registered, organizer, identity, event_id):
    url = leave(organizer, event_id)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    assert (asked["client_id"], asked["login_hint"]) == (CLIENT_ID, SENDER)
    assert "offline_access" in asked["scope"]
    answer = organizer.get(consent(identity, url))
    assert (answer.status_code, answer.headers["location"]) == (
        303, f"/account?event={event_id}",
    )  # fmt: skip
    with registered.database.reading() as session:
        account = session.get_one(Event, event_id).account
        assert account is not None
        assert (
            of_sending(session, session.get_one(Event, event_id), "en").standing
            is Standing.REHEARSAL
        )
        entry = session.scalars(
            select(AuditEntry).where(AuditEntry.action == Action.MAIL_SIGNED_IN)
        ).one()
        assert (entry.by_name, entry.event_id) == ("Mei", event_id)
    row = stored(registered, account.id)
    assert row.address == SENDER
    assert identity.opens(access_token(registered, account.id), SENDER)
    assert not [name for name in organizer.cookies if "certs_mail" in name], "the way is gone"


def test_a_providers_address_that_an_organizer_typed_is_named_before_it_is_followed(
    installation, identity, event_id
):
    typed = SignInChoice(
        MailProvider.OTHER,
        "mail",
        authorize_url=f"{identity.site}/common/oauth2/v2.0/authorize",
        token_url=f"{identity.site}/common/oauth2/v2.0/token",
        client_id=CLIENT_ID,
        client_secret=CLIENT_SECRET,
    )
    choose(installation, event_id, typed, reach=ANYWHERE)
    identity.redirects = [f"{installation.settings.console_url}{RETURN}"]
    browser = browser_of(installation, join(installation.database, event_id, "Mei", Role.ORGANIZER))
    page = browser.get(START, params={"event": str(event_id)})
    assert page.status_code == 200
    assert f"An organizer entered {urlsplit(identity.site).netloc}" in page.text
    (onward,) = re.findall(r'class="onward" href="([^"]+)"', page.text)
    browser.get(consent(identity, unescape(onward)))
    assert is_signed_in(installation, event_id)


def another_state(back: str) -> str:
    return f"{RETURN}?{urlencode({'code': 'guessed', 'state': 'guessed'})}"


def without_a_code(back: str) -> str:
    return back.replace("code=", "coda=")


def with_a_guessed_code(back: str) -> str:
    return re.sub(r"code=[^&]+", "code=guessed", back)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (another_state, "Nothing was changed"),
        (without_a_code, "did not let this program into the mailbox"),
        (with_a_guessed_code, "did not let this program into the mailbox"),
    ],
)
def test_an_answer_that_was_not_asked_for_changes_nothing(
    registered, organizer, identity, event_id, change: Callable[[str], str], sentence: str
):
    back = consent(identity, leave(organizer, event_id))
    answer = organizer.get(change(back))
    assert answer.status_code == 400
    assert sentence in said(answer)
    assert not is_signed_in(registered, event_id)
    assert [name for _, name in refusals(registered)] == ["Mei"]


def test_a_code_that_is_used_twice_changes_nothing_the_second_time(
    registered, organizer, identity, event_id
):
    back = consent(identity, leave(organizer, event_id))
    assert organizer.get(back).status_code == 303
    assert "This answer does not match an open sign-in" in said(organizer.get(back))
    assert is_signed_in(registered, event_id)


def test_who_signs_in_as_somebody_else_is_told_and_nothing_changes(
    registered, organizer, identity, event_id
):
    identity.person = "me@elsewhere.example"
    answer = organizer.get(consent(identity, leave(organizer, event_id)))
    assert "You signed in as me@elsewhere.example" in said(answer)
    assert SENDER in said(answer)
    assert not is_signed_in(registered, event_id)
    assert refusals(registered) == [(event_id, "Mei")]


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        ("access_denied", "did not let this program into the mailbox"),
        ("consent_required", "The provider needs an administrator to allow this program first"),
        ("unauthorized_client", "does not know this program"),
        ("temporarily_unavailable", "sign-in does not answer right now"),
    ],
)
def test_a_provider_that_declines_is_quoted_in_our_words(
    registered, organizer, identity, event_id, error, sentence
):
    identity.declines = error
    assert sentence in said(organizer.get(consent(identity, leave(organizer, event_id))))
    assert not is_signed_in(registered, event_id)


def test_the_answer_is_for_the_browser_and_the_session_that_began(
    registered, organizer, identity, event_id
):
    back = consent(identity, leave(organizer, event_id))
    kept = {name: value for name, value in organizer.cookies.items() if "certs_mail" in name}
    other = browser_of(registered, OWNER_TOKEN)
    assert "This answer does not match an open sign-in" in said(other.get(back))
    other.cookies.update(kept)
    assert "This answer does not match an open sign-in" in said(other.get(back))
    assert not is_signed_in(registered, event_id)


def test_an_account_that_became_another_one_meanwhile_is_not_signed_in_to(
    registered, organizer, identity, event_id
):
    back = consent(identity, leave(organizer, event_id))
    with registered.database.writing() as session:
        event = event_for_change(session, event_id)
        set_account(session, registered.seal, event, server_address="smtp.elsewhere.example")
    assert organizer.get(back).status_code == 400
    assert not is_signed_in(registered, event_id)


def test_a_token_that_is_renewed_meanwhile_keeps_nobody_out(
    registered, organizer, identity, event_id
):
    organizer.get(consent(identity, leave(organizer, event_id)))
    back = consent(identity, leave(organizer, event_id))
    with registered.database.reading() as session:
        account_id = session.get_one(Event, event_id).account_id
    assert account_id is not None
    access_token(registered, account_id, refused=access_token(registered, account_id))
    assert organizer.get(back).status_code == 303
    assert identity.opens(access_token(registered, account_id), SENDER)


def test_an_access_for_an_hour_alone_is_not_kept(registered, organizer, identity, event_id):
    identity.gives_refresh_token = False
    answer = organizer.get(consent(identity, leave(organizer, event_id)))
    assert "The provider gave access for only an hour," in said(answer)
    assert not is_signed_in(registered, event_id)


def test_another_redirect_than_the_registered_one_leads_nowhere(
    registered, organizer, identity, event_id
):
    identity.redirects = ["https://elsewhere.example/mail/signin/return"]
    assert httpx2.get(leave(organizer, event_id)).status_code == 400


def test_only_who_may_change_the_account_is_sent_anywhere(registered, event_id):
    helper = browser_of(registered, join(registered.database, event_id, "Bo", Role.HELPER))
    answer = helper.get(START, params={"event": str(event_id)})
    assert (answer.status_code, "role" in said(answer)) == (400, True)
    stranger = visitor_at(registered).get(START, params={"event": str(event_id)})
    assert stranger.status_code in (303, 401)
    assert "authorize" not in stranger.headers.get("location", "")


def test_nobody_writes_into_the_log_of_an_event_that_they_cannot_open(registered, organizer):
    with registered.database.writing() as session:
        foreign, _ = create_event(session, name="Beach Day", language="en")
    for number in (foreign.id, 4711):
        answer = organizer.get(START, params={"event": str(number)})
        assert (answer.status_code, "no such event" in said(answer)) == (400, True)
    assert refusals(registered) == [(None, "Mei")]


def test_who_has_not_shown_for_a_while_that_it_is_them_is_asked_on_the_screen(
    registered, organizer, event_id
):
    with registered.database.writing() as session:
        session.execute(update(ConsoleSession).values(confirmed_at=now() - timedelta(hours=1)))
    answer = organizer.get(START, params={"event": str(event_id)})
    assert answer.headers["location"] == f"/account?event={event_id}&confirm=1"


def test_a_console_that_is_open_under_another_name_says_which_one_to_open(
    registered, organizer, event_id
):
    answer = organizer.get(
        START, params={"event": str(event_id)}, headers={"Host": "localhost:8501"}
    )
    assert f"Open this console at {registered.settings.console_url}" in said(answer)
