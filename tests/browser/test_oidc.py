"""From the invitation through the organization's sign-in into the console, in a real browser."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update

from shared.access.roles import Role
from shared.events.settings import create_event
from shared.storage.models import ConsoleSession, now
from tests.support.browser import DESKTOP, PageAt
from tests.support.colleagues import invite_colleague, who_works_on
from tests.support.console_server import ServedConsole, served_console
from tests.support.identity_provider import (
    CLIENT_ID,
    CLIENT_SECRET,
    IdentityProvider,
    served_provider,
)
from tests.support.organizers_steps import FIRST_PAGE


@pytest.fixture
def provider() -> Iterator[IdentityProvider]:
    with served_provider() as served:
        yield served


@pytest.fixture
def console(
    provider: IdentityProvider, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ServedConsole]:
    with served_console(
        tmp_path_factory.mktemp("console"),
        oidc_issuer=provider.issuer,
        oidc_client_id=CLIENT_ID,
        oidc_client_secret=CLIENT_SECRET,
    ) as served:
        yield served


def take(page: Page, console: ServedConsole, event_id: int, role: Role) -> None:
    """The link of an invitation, with the organization's sign-in."""
    page.goto(f"{console.url}/join/{invite_colleague(console.installation, event_id, 'Ana', role)}")
    page.get_by_role("link", name="Sign in with your organization").click()
    page.get_by_role("button", name="Join the event").click()
    expect(page).to_have_url(re.compile(rf"/overview\?event={event_id}$"))
    expect(page.get_by_role("heading", level=1).first).to_be_visible(timeout=FIRST_PAGE)


def sees(page: Page, *screens: str) -> None:
    expect(page.get_by_role("navigation").get_by_role("link")).to_have_text([*screens])


def test_a_person_joins_two_events_has_a_role_in_each_and_confirms_who_they_are(
    page_at: PageAt, console: ServedConsole
):
    database = console.installation.database
    with database.writing() as session:
        other, _ = create_event(session, name="Beach Day")
    page = page_at(DESKTOP, "en")
    take(page, console, other.id, Role.VIEWER)
    sees(page, "Overview", "Volunteers")
    take(page, console, 1, Role.ORGANIZER)
    sees(page, "Overview", "Certificate", "Volunteers", "Messages", "Send", "Team", "Settings")
    page.get_by_role("navigation").get_by_role("link", name="Team").click()
    expect(page.get_by_text("Signs in with")).to_be_visible()
    with database.writing() as session:
        long_ago = now() - timedelta(minutes=11)
        session.execute(update(ConsoleSession).values(confirmed_at=long_ago))
    remove(page)
    page.get_by_role("dialog").get_by_role("link", name="Confirm with your organization").click()
    expect(page.get_by_text("Signs in with")).to_be_visible(timeout=FIRST_PAGE)
    expect(page).to_have_url(re.compile(r"/team\?event=1$"))
    remove(page)
    expect(page.get_by_text("This is the last organizer").first).to_be_visible()
    expect(page).to_have_url(re.compile(r"/team\?event=1$"))
    assert who_works_on(database, 1) == ["Ana"]


def remove(page: Page) -> None:
    page.get_by_role("button", name="Remove yourself").click()
    page.get_by_role("button", name="Yes, remove me").click()
