"""In a real browser: from choosing how to sign in to *Signed in as*, and to a live event."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import update

from shared.events.settings import create_event
from shared.storage.models import ConsoleSession, Security, now
from tests.conftest import OWNER_TOKEN
from tests.support.browser import DESKTOP, PHONE, PageAt
from tests.support.console_server import ServedConsole, served_console
from tests.support.mail_identity import (
    CLIENT_ID,
    CLIENT_SECRET,
    MailIdentity,
    served_mail_identity,
)
from tests.support.mail_sign_ins import SENDER
from tests.support.organizers_steps import choose, go, sign_in
from tests.support.smtp_sink import SmtpSink, trust_in


@pytest.fixture(scope="module")
def identity() -> Iterator[MailIdentity]:
    with served_mail_identity() as identity:
        yield identity


@pytest.fixture(scope="module")
def sink(identity: MailIdentity) -> Iterator[SmtpSink]:
    """A mail server that accepts only the provider's tokens."""
    with SmtpSink(security=Security.TLS) as server:
        server.opens = lambda user, token: identity.opens(token, user)
        yield server


@pytest.fixture(scope="module")
def console(
    tmp_path_factory: pytest.TempPathFactory, identity: MailIdentity, sink: SmtpSink
) -> Iterator[ServedConsole]:
    """A console that trusts that server; an organizer registers it with the provider."""
    authority: Path = trust_in(sink, tmp_path_factory.mktemp("authority"))
    folder = tmp_path_factory.mktemp("console")
    with served_console(folder, ssl_cert_file=str(authority)) as served:
        identity.redirects = [f"{served.url}/mail/signin/return"]
        yield served


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_from_the_way_that_is_chosen_to_signed_in_and_live(
    page_at: PageAt,
    console: ServedConsole,
    identity: MailIdentity,
    sink: SmtpSink,
    size: tuple[int, int],
):
    with console.installation.database.writing() as session:
        event_id = create_event(session, name="Beach Day", language="en")[0].id
    page = page_at(size, "en")
    sign_in(page, console)
    go(page, console, "account", "Mail account", event_id)
    page.get_by_label("Mail address or user name").fill(SENDER)
    page.get_by_role("button", name="Continue").click()
    choose(
        page, "How to sign in", "Sign in at another provider",
        page.get_by_label("Scope"),
    )  # fmt: skip
    entered = {
        "Server": sink.host,
        "Port": str(sink.port),
        "Scope": "openid email mail",
        "Sign-in address": identity.authorize_url,
        "Token address": identity.token_url,
        "Client id": CLIENT_ID,
        "Client secret": CLIENT_SECRET,
    }
    for label, value in entered.items():
        field = page.get_by_label(label, exact=True)
        # One drawing of the form has replaced the other.
        expect(field).to_have_count(1)
        field.fill(value)
    page.get_by_role("button", name="Save, then sign in").click()
    expect(page.get_by_text("Nobody is signed in to this account yet.")).to_be_visible()
    page.get_by_role("link", name="Sign in at the provider").click()
    page.get_by_role("link", name="Go to 127.0.0.1").click()
    expect(page.get_by_text(f"Signed in as {SENDER} since")).to_be_visible()
    page.get_by_role("button", name="Check the account").click()
    expect(page.get_by_text(re.compile("mails are sent from .+ through"))).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("Nobody is signed in to this account yet.")).to_be_visible()
    # Long after they last showed who they are, they confirm it first.
    with console.installation.database.writing() as session:
        session.execute(update(ConsoleSession).values(confirmed_at=now() - timedelta(hours=1)))
    page.get_by_role("link", name="Sign in at the provider").click()
    page.get_by_label("The key or token that you signed in with").fill(OWNER_TOKEN)
    page.get_by_role("button", name="Confirm", exact=True).click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("link", name="Sign in at the provider").click()
    page.get_by_role("link", name="Go to 127.0.0.1").click()
    expect(page.get_by_text(f"Signed in as {SENDER} since")).to_be_visible()
