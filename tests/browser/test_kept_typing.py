"""What is typed survives a sign-out; what was pressed is carried out after “Confirm that it is
you”."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update

from shared import events
from shared.access import colleagues
from shared.access.roles import Role
from shared.storage.models import ConsoleSession, now
from tests.conftest import OWNER_TOKEN
from tests.support.browser import DESKTOP, PageAt
from tests.support.colleagues import join
from tests.support.console_server import ServedConsole, console
from tests.support.organizers_steps import enter_the_token, go, sign_in

__all__ = ["console"]


@pytest.fixture
def event_id(console: ServedConsole) -> int:
    with console.installation.database.writing() as session:
        return events.create_event(session, name="Beach Day", language="en")[0].id


@pytest.fixture
def desktop(page_at: PageAt, console: ServedConsole) -> Page:
    page = page_at(DESKTOP, "en")
    sign_in(page, console)
    return page


def test_what_is_typed_is_there_again_after_a_sign_out_and_for_nobody_else(
    desktop: Page, console: ServedConsole, event_id: int
):
    go(desktop, console, "organization", "Organization and privacy", event_id)
    website = desktop.get_by_label("Website")
    website.fill("https://harbour.example")
    # Still in the field, and in no form's button.
    text = desktop.get_by_role("textbox", name="Privacy text in English")
    text.fill("We keep little,\nand not for long.")
    desktop.get_by_role("navigation").get_by_role("link", name="Messages").click()
    desktop.get_by_role("link", name="Mail account").click()
    username = desktop.get_by_label("Mail address or user name")
    username.fill("me@harbour.example")
    username.press("Tab")
    desktop.get_by_label("Password", exact=True).fill("a very secret word")
    desktop.get_by_role("link", name="Sign out", exact=True).click()
    expect(desktop.get_by_label("Token")).to_be_visible()
    stranger = join(console.installation.database, event_id, "Mei", Role.ORGANIZER)
    enter_the_token(desktop, stranger)
    go(desktop, console, "organization", "Organization and privacy", event_id)
    expect(website).to_have_value("")
    expect(text).to_have_value("")
    desktop.get_by_role("link", name="Sign out", exact=True).click()
    enter_the_token(desktop)
    go(desktop, console, "organization", "Organization and privacy", event_id)
    expect(website).to_have_value("https://harbour.example")
    expect(text).to_have_value("We keep little,\nand not for long.")
    go(desktop, console, "account", "Mail account", event_id)
    expect(username).to_have_value("me@harbour.example")
    expect(desktop.get_by_label("Password", exact=True)).to_have_value("")


def test_what_is_typed_survives_a_restart_of_the_console(
    desktop: Page, console: ServedConsole, event_id: int
):
    go(desktop, console, "organization", "Organization and privacy", event_id)
    website = desktop.get_by_label("Website")
    with desktop.expect_response("**/typed"):
        website.fill("https://harbour.example")
    console.stop()
    console.start()
    go(desktop, console, "organization", "Organization and privacy", event_id)
    expect(website).to_have_value("https://harbour.example")


def test_after_confirming_what_was_pressed_is_carried_out(
    desktop: Page, console: ServedConsole, event_id: int
):
    go(desktop, console, "team", "Team", event_id)
    desktop.get_by_text("Add a colleague").click()
    desktop.get_by_label("Full name").fill("Bo Lindqvist")
    desktop.get_by_text("Viewer", exact=True).click()
    with console.installation.database.writing() as session:
        long_ago = now() - timedelta(minutes=11)
        session.execute(update(ConsoleSession).values(confirmed_at=long_ago))
    desktop.get_by_role("button", name="Make the key").click()
    window = desktop.get_by_role("dialog")
    window.get_by_label("The key or token that you signed in with").fill(OWNER_TOKEN)
    window.get_by_role("button", name="Confirm").click()
    expect(desktop.get_by_text("Bo Lindqvist").first).to_be_visible()
    with console.installation.database.reading() as session:
        (added,) = colleagues.people_of(session, event_id)
    assert (added.key.name, added.key.role) == ("Bo Lindqvist", Role.VIEWER)
