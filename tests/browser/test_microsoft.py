"""In a real browser: from *Sign in with Microsoft* to a mail accepted by Graph."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from shared.events.settings import create_event
from tests.support.browser import PHONE, PageAt
from tests.support.console_server import ServedConsole, served_console
from tests.support.graph_double import GraphDouble
from tests.support.mail_identity import (
    CLIENT_ID,
    CLIENT_SECRET,
    MailIdentity,
    served_mail_identity,
)
from tests.support.mail_sign_ins import SENDER
from tests.support.mailing import working
from tests.support.organizers_steps import choose, go, sign_in


@pytest.fixture(scope="module")
def identity() -> Iterator[MailIdentity]:
    with served_mail_identity() as identity:
        yield identity


@pytest.fixture(scope="module")
def graph(identity: MailIdentity) -> Iterator[GraphDouble]:
    with GraphDouble(opens=lambda token: identity.opens(token, SENDER, "Mail.Send")) as double:
        yield double


@pytest.fixture(scope="module")
def console(
    tmp_path_factory: pytest.TempPathFactory, identity: MailIdentity, graph: GraphDouble
) -> Iterator[ServedConsole]:
    registered = {
        "microsoft_authority": identity.site,
        "microsoft_client_id": CLIENT_ID,
        "microsoft_client_secret": CLIENT_SECRET,
        "graph_url": graph.site,
    }
    with served_console(tmp_path_factory.mktemp("console"), **registered) as served:
        identity.redirects = [f"{served.url}/mail/signin/return"]
        yield served


def test_from_the_button_to_a_mail_that_graph_has_taken(
    page_at: PageAt, console: ServedConsole, graph: GraphDouble
):
    with console.installation.database.writing() as session:
        event_id = create_event(session, name="Beach Day", language="en")[0].id
    page = page_at(PHONE, "en")
    sign_in(page, console)
    go(page, console, "account", "Mail account", event_id)
    page.get_by_label("Mail address or user name").fill(SENDER)
    page.get_by_role("button", name="Continue").click()
    choose(
        page, "How to sign in", "Sign in with Microsoft",
        page.get_by_text("Mails are sent through Microsoft Graph over HTTPS,"),
    )  # fmt: skip
    page.get_by_role("button", name="Save, then sign in").click()
    expect(page.get_by_text("Nobody is signed in to this account yet.")).to_be_visible()
    page.get_by_role("link", name="Sign in with Microsoft").click()
    expect(page.get_by_text(f"Signed in as {SENDER} since")).to_be_visible()
    page.get_by_role("button", name="Check the account").click()
    expect(page.get_by_text(re.compile("mails are sent from .+ through"))).to_be_visible()
    page.get_by_label("My address").fill("me@harbour.example")
    with working(console.installation):
        page.get_by_role("button", name="Send the test mail").click()
        accepted = "The mail server accepted it for me@harbour.example."
        expect(page.get_by_text(accepted)).to_be_visible(timeout=20_000)
    assert graph.recipients() == ["me@harbour.example"]
