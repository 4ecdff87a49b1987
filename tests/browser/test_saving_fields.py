"""A field that stores itself, in a real browser: it is stored once its reader leaves it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Dialog, Locator, Page, expect

from shared import events
from shared.events.settings import EventChange, create_event, update_event
from shared.storage.models import Event
from tests.support.browser import DESKTOP, PHONE, PageAt
from tests.support.console_server import ServedConsole, console
from tests.support.mailing import wait_until
from tests.support.organizers_steps import go, sign_in

__all__ = ["console"]

SAVED = re.compile(r"Saved \d\d:\d\d")


@pytest.fixture
def event_id(console: ServedConsole) -> int:
    with console.installation.database.writing() as session:
        return create_event(session, name="Beach Day", language="en")[0].id


@pytest.fixture
def desktop(page_at: PageAt, console: ServedConsole) -> Page:
    page = page_at(DESKTOP, "en")
    sign_in(page, console)
    return page


@pytest.fixture
def phone(browser: Browser, console: ServedConsole) -> Iterator[Page]:
    width, height = PHONE
    context = browser.new_context(
        viewport={"width": width, "height": height}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    sign_in(page, console)
    yield page
    context.close()


def stored(console: ServedConsole, event_id: int) -> Event:
    with console.installation.database.reading() as session:
        return session.get_one(Event, event_id)


def store(console: ServedConsole, event_id: int, **change: str) -> None:
    with console.installation.database.writing() as session:
        event = events.event_for_change(session, event_id)
        update_event(event, EventChange(**change))


def name_in(page: Page) -> Locator:
    return page.get_by_label("Name", exact=True)


def values(fields: Locator) -> list[str]:
    found: list[str] = fields.evaluate_all("all => all.map(one => one.value)")
    return found


def distance(above: Locator, below: Locator) -> float:
    first, second = above.bounding_box(), below.bounding_box()
    assert first
    assert second
    return second["y"] - first["y"]


def test_a_field_is_stored_when_it_is_left_and_nothing_moves(
    desktop: Page, console: ServedConsole, event_id: int
):
    go(desktop, console, "settings", "Settings", event_id)
    below = desktop.get_by_label("Number pattern", exact=True)
    expect(desktop.locator("[data-test-script-state=notRunning]")).to_be_attached()
    expect(desktop.get_by_test_id("stSkeleton")).to_have_count(0)
    before = distance(name_in(desktop), below)
    name_in(desktop).fill("Dune Walk")
    name_in(desktop).press("Tab")
    expect(desktop.get_by_text(SAVED)).to_be_visible()
    assert stored(console, event_id).name == "Dune Walk"
    assert distance(name_in(desktop), below) == before
    desktop.get_by_role("button", name="Undo").click()
    # It is another field, which for a moment stands beside the one before.
    wait_until(lambda: values(name_in(desktop)) == ["Beach Day"])
    assert stored(console, event_id).name == "Beach Day"


def test_of_fields_that_are_left_one_after_the_other_each_is_stored(
    desktop: Page, console: ServedConsole, event_id: int
):
    go(desktop, console, "organization", "Organization and privacy", event_id)
    entered = {
        "Name of the organization": "Harbour Club",
        "Website": "harbour.example",
        "Contact address": "no address",
        "Privacy contact": "Ana, 555 0100",
    }
    for label, text in entered.items():
        desktop.get_by_label(label, exact=True).fill(text)
    desktop.get_by_label("Privacy contact", exact=True).press("Tab")
    expect(desktop.get_by_text(SAVED)).to_be_visible()
    expect(desktop.get_by_text("There is no “@” in the address.")).to_be_visible()
    address = desktop.get_by_label("Contact address", exact=True)
    wait_until(lambda: values(address) == ["no address"])
    wait_until(lambda: values(desktop.get_by_label("Website")) == ["https://harbour.example"])
    event = stored(console, event_id)
    assert (event.organization, event.website) == ("Harbour Club", "https://harbour.example")
    assert (event.contact_address, event.privacy_contact) == ("", "Ana, 555 0100")


def test_who_goes_to_another_screen_out_of_the_field_has_stored_it(
    desktop: Page, console: ServedConsole, event_id: int
):
    go(desktop, console, "settings", "Settings", event_id)
    name_in(desktop).fill("Dune Walk")
    desktop.get_by_test_id("stSidebar").get_by_role("link", name="My sign-ins").click()
    expect(desktop.get_by_role("heading", name="My sign-ins", exact=True)).to_be_visible()
    wait_until(lambda: stored(console, event_id).name == "Dune Walk")


def test_of_two_tabs_the_second_sees_what_the_first_stored_and_chooses(
    desktop: Page, console: ServedConsole, event_id: int
):
    go(desktop, console, "settings", "Settings", event_id)
    second = desktop.context.new_page()
    go(second, console, "settings", "Settings", event_id)
    for page, name in ((desktop, "Dune Walk"), (second, "Night Walk")):
        name_in(page).fill(name)
        name_in(page).press("Enter")
        expect(page.get_by_text(SAVED).or_(page.get_by_test_id("stCode").first)).to_be_visible()
    assert second.get_by_test_id("stCode").all_inner_texts() == ["Dune Walk", "Night Walk"]
    assert stored(console, event_id).name == "Dune Walk"
    second.get_by_role("button", name="Use mine").click()
    expect(second.get_by_test_id("stCode")).to_have_count(0)
    assert stored(console, event_id).name == "Night Walk"
    expect(name_in(second)).to_have_value("Night Walk")


def test_who_takes_what_a_colleague_stored_sees_it_in_the_field(
    desktop: Page, console: ServedConsole, event_id: int
):
    go(desktop, console, "settings", "Settings", event_id)
    store(console, event_id, name="Night Walk")
    name_in(desktop).fill("Dune Walk")
    name_in(desktop).press("Tab")
    desktop.get_by_role("button", name="Keep the saved version").click()
    wait_until(lambda: values(name_in(desktop)) == ["Night Walk"])
    assert stored(console, event_id).name == "Night Walk"


def test_by_touch(phone: Page, console: ServedConsole, event_id: int):
    go(phone, console, "settings", "Settings", event_id)
    name_in(phone).tap()
    name_in(phone).fill("Dune Walk")
    phone.get_by_text("Ask me").tap()
    expect(phone.get_by_text(SAVED)).to_be_visible()
    wait_until(lambda: stored(console, event_id).ask_when_unsure)
    assert stored(console, event_id).name == "Dune Walk"


@pytest.fixture
def asked(desktop: Page) -> Iterator[list[str]]:
    """What the browser asks its user, who leaves all the same."""
    kinds: list[str] = []

    def answer(dialog: Dialog) -> None:
        kinds.append(dialog.type)
        dialog.accept()

    desktop.on("dialog", answer)
    yield kinds
    desktop.remove_listener("dialog", answer)


def test_what_was_typed_ends_with_the_tab(
    desktop: Page, asked: list[str], console: ServedConsole, event_id: int
):
    go(desktop, console, "settings", "Settings", event_id)
    expect(desktop.locator("[data-test-script-state=notRunning]")).to_be_attached()
    name_in(desktop).press_sequentially("!")
    desktop.reload()
    expect(name_in(desktop)).to_have_value("Beach Day")
    assert asked == ["beforeunload"]
    assert stored(console, event_id).name == "Beach Day"


def test_who_reloads_once_the_field_was_left_is_not_asked_and_has_stored_it(
    desktop: Page, asked: list[str], console: ServedConsole, event_id: int
):
    go(desktop, console, "settings", "Settings", event_id)
    expect(desktop.locator("[data-test-script-state=notRunning]")).to_be_attached()
    name_in(desktop).press_sequentially("!")
    name_in(desktop).press("Tab")
    desktop.wait_for_timeout(100)
    desktop.reload()
    wait_until(lambda: stored(console, event_id).name != "Beach Day")
    assert asked == []


def test_a_form_is_typed_until_it_is_sent(
    desktop: Page, asked: list[str], console: ServedConsole, event_id: int
):
    go(desktop, console, "organization", "Organization and privacy", event_id)
    text = desktop.get_by_role("textbox", name="Privacy text in English")
    for times in (1, 2):
        expect(desktop.locator("[data-test-script-state=notRunning]")).to_be_attached()
        text.press_sequentially("We keep little.")
        text.press("Tab")
        if times == 1:
            desktop.reload()
            expect(text).to_have_value("")
    desktop.get_by_role("button", name="Use these texts").click()
    wait_until(lambda: stored(console, event_id).privacy_texts == {"en": "We keep little."})
    desktop.reload()
    expect(text).to_have_value("We keep little.")
    assert asked == ["beforeunload"]
