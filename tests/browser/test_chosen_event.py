"""The event that a screen is about is in the address, and no other is shown instead."""

import pytest
from playwright.sync_api import Locator, Page, expect

from shared.events.settings import create_event, update_organization
from shared.storage.models import Event
from tests.support.browser import DESKTOP, PHONE, PageAt
from tests.support.console_server import ServedConsole, console
from tests.support.organizers_steps import FIRST_PAGE, enter_the_token, go, sign_in

__all__ = ["console"]


@pytest.fixture(scope="module")
def beach(console: ServedConsole) -> int:
    """A second event, beside the one of the first start, which is in use."""
    with console.installation.database.writing() as session:
        update_organization(session.get_one(Event, 1), name="Harbour Friends")
        return create_event(session, name="Beach Day", language="en")[0].id


@pytest.fixture
def desktop(page_at: PageAt, console: ServedConsole, beach: int) -> Page:
    page = page_at(DESKTOP, "en")
    sign_in(page, console)
    return page


def event_bar(page: Page) -> Locator:
    """What names the event: on a desktop at the top of the menu."""
    return page.locator(".st-key-event_choice-event")


def walk_to(page: Page, screen: str) -> None:
    page.get_by_role("navigation").get_by_role("link", name=screen).click()


def choose(page: Page, event: str) -> None:
    page.locator(".st-key-event_choice-event").get_by_role("button").click()
    page.get_by_test_id("stPopoverBody").get_by_role("button", name=event).click()


def restart(page: Page, console: ServedConsole) -> None:
    """The console ends and comes back while `page` is open."""
    connected = page.locator("[data-test-connection-state=CONNECTED]")
    # A page only partly loaded when the console goes is reloaded when it is back.
    page.wait_for_load_state("networkidle")
    console.stop()
    expect(connected).to_have_count(0)
    console.start()
    expect(connected).to_be_visible(timeout=FIRST_PAGE)


def test_a_deep_link_leads_through_the_sign_in_to_its_event(
    page_at: PageAt, console: ServedConsole, beach: int
):
    page = page_at(DESKTOP, "zh")
    page.goto(f"{console.url}/volunteers?event={beach}&search=ana")
    page.get_by_role("link", name="English").click()
    enter_the_token(page, "a wrong one")
    expect(page.get_by_role("alert")).to_be_visible()
    enter_the_token(page)
    title = page.get_by_role("heading", name="Volunteers", exact=True)
    expect(title).to_be_visible(timeout=FIRST_PAGE)
    expect(event_bar(page)).to_contain_text("Beach Day")
    expect(page).to_have_url(f"{console.url}/volunteers?event={beach}&search=ana")


def test_the_first_step_after_a_restart_is_about_the_same_event(
    desktop: Page, console: ServedConsole, beach: int
):
    go(desktop, console, "send", "Send", beach)
    expect(event_bar(desktop)).to_contain_text("Beach Day")
    restart(desktop, console)
    walk_to(desktop, "Volunteers")
    expect(desktop.get_by_role("heading", name="Volunteers", exact=True)).to_be_visible(
        timeout=FIRST_PAGE
    )
    expect(event_bar(desktop)).to_contain_text("Beach Day")
    expect(desktop).to_have_url(f"{console.url}/volunteers?event={beach}")


def test_what_was_chosen_at_the_top_of_the_menu_outlasts_a_restart(
    desktop: Page, console: ServedConsole, beach: int
):
    go(desktop, console, "send", "Send", 1)
    choose(desktop, "Beach Day")
    expect(event_bar(desktop)).to_contain_text("Beach Day")
    restart(desktop, console)
    walk_to(desktop, "Overview")
    title = desktop.get_by_role("heading", name="Beach Day", exact=True)
    expect(title).to_be_visible(timeout=FIRST_PAGE)
    expect(desktop).to_have_url(f"{console.url}/overview?event={beach}")


def test_the_way_back_leads_to_the_event_of_before(
    desktop: Page, console: ServedConsole, beach: int
):
    go(desktop, console, "send", "Send", beach)
    expect(event_bar(desktop)).to_contain_text("Beach Day")
    choose(desktop, "Volunteers")
    expect(event_bar(desktop)).to_contain_text("Volunteers")
    desktop.go_back()
    expect(event_bar(desktop)).to_contain_text("Beach Day")
    expect(desktop.get_by_test_id("stPopoverBody")).to_have_count(0)


def test_an_event_that_is_not_open_is_no_reason_to_show_another(
    desktop: Page, console: ServedConsole, beach: int
):
    go(desktop, console, "send", "Which event?", 4711)
    expect(desktop.get_by_text("This event does not exist,")).to_be_visible()
    expect(event_bar(desktop)).to_contain_text("Choose an event")
    desktop.get_by_role("button", name="Beach Day").click()
    expect(desktop.get_by_role("heading", name="Send", exact=True)).to_be_visible()
    expect(event_bar(desktop)).to_contain_text("Beach Day")
    expect(desktop).to_have_url(f"{console.url}/send?event={beach}")


def test_who_has_chosen_no_event_is_asked_on_a_phone_too(
    page_at: PageAt, console: ServedConsole, beach: int
):
    page = page_at(PHONE, "zh")
    page.goto(f"{console.url}/volunteers")
    enter_the_token(page)
    expect(page.get_by_role("heading", name="哪个活动？")).to_be_visible()
    page.get_by_role("button", name="Beach Day").click()
    expect(page.get_by_role("heading", name="志愿者", exact=True)).to_be_visible()
    expect(page).to_have_url(f"{console.url}/volunteers?event={beach}")


def test_an_organizer_of_one_event_is_not_asked(page_at: PageAt, console: ServedConsole):
    with console.installation.database.writing() as session:
        own, token = create_event(session, name="Dune Walk", language="en")
    page = page_at(DESKTOP, "en")
    page.goto(f"{console.url}/overview")
    enter_the_token(page, token)
    expect(page.get_by_role("heading", name="Dune Walk", exact=True)).to_be_visible()
    expect(page).to_have_url(f"{console.url}/overview?event={own.id}")
