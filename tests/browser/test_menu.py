"""The menu and the foot of the console, as a browser, a phone and a screen reader have them."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from console.app import ENTRIES, MOVED
from shared.events.settings import create_event
from shared.storage.models import Mail, MailState, Problem, Volunteer
from tests.support.browser import DESKTOP, PHONE, PageAt
from tests.support.console_server import ServedConsole, console
from tests.support.factories import add, invite
from tests.support.organizers_steps import FIRST_PAGE, give_template, go, sign_in

__all__ = ["console"]


@pytest.fixture
def desktop(page_at: PageAt, console: ServedConsole) -> Page:
    page = page_at(DESKTOP, "en")
    sign_in(page, console)
    return page


@pytest.fixture
def phone(page_at: PageAt, console: ServedConsole) -> Page:
    page = page_at(PHONE, "en")
    sign_in(page, console)
    return page


@pytest.fixture(scope="module")
def sending(console: ServedConsole) -> int:
    """An event of three people, two of whom need somebody, with mails that are leaving."""
    database = console.installation.database
    with database.writing() as session:
        event_id = create_event(session, name="Beach Day", language="en")[0].id
    add(database, event_id, "ana@example.org\nbo@example.org\ncy@example.org")
    invite(console.installation, event_id)
    with database.writing() as session:
        of_event = select(Volunteer).where(Volunteer.event_id == event_id).order_by(Volunteer.id)
        ana, bo, _ = session.scalars(of_event)
        ana.problem = bo.problem = Problem.CAME_BACK
        first = session.scalars(select(Mail).where(Mail.event_id == event_id)).first()
        assert first
        first.state = MailState.SENT
    return event_id


@pytest.mark.parametrize("address", MOVED)
def test_an_address_of_before_leads_to_the_screen_with_all_that_it_asks_for(
    desktop: Page, console: ServedConsole, address: str
):
    url = f"{console.url}/{address}?event=1&search=ana"
    answer = desktop.request.get(url, max_redirects=0)
    place, _, more = MOVED[address].partition("?")
    query = f"{more}&event=1&search=ana".lstrip("&")
    assert answer.headers["location"].endswith(f"/{place}?{query}")


def test_the_menu_is_a_landmark_that_tells_which_screen_is_open(
    desktop: Page, console: ServedConsole
):
    go(desktop, console, "ending", "Archive and delete")
    menu = desktop.get_by_role("navigation", name="Menu")
    expect(menu.get_by_role("link")).to_have_text([*ENTRIES])
    expect(menu.locator("[aria-current=page]")).to_have_text("Settings")
    menu.get_by_role("link", name="Team").click()
    expect(menu.locator("[aria-current=page]")).to_have_text("Team")
    expect(desktop).to_have_url(f"{console.url}/team?event=1")


def test_who_needs_somebody_is_counted_in_words_for_who_hears_them(
    desktop: Page, console: ServedConsole, sending: int
):
    go(desktop, console, "ending", "Archive and delete", sending)
    entry = desktop.get_by_role("navigation").get_by_role(
        "link", name=("Volunteers 2 need attention")
    )
    expect(entry).to_be_visible()


def test_on_a_phone_the_menu_closes_after_a_choice_and_by_escape(
    phone: Page, console: ServedConsole
):
    go(phone, console, "ending", "Archive and delete")
    opener = phone.get_by_role("button", name="Menu")
    drawer = phone.get_by_test_id("stSidebar")
    opener.click()
    expect(drawer).to_have_attribute("data-collapsed", "false")
    expect(drawer.locator(":focus")).to_have_count(1)
    phone.keyboard.press("Escape")
    expect(drawer).to_have_attribute("data-collapsed", "true")
    expect(opener).to_be_focused()
    opener.click()
    drawer.get_by_role("link", name="Settings").click()
    expect(phone.get_by_role("heading", name="Settings", exact=True)).to_be_visible()
    expect(drawer).to_have_attribute("data-collapsed", "true")


def test_the_header_of_a_phone_keeps_the_event_in_sight_beside_the_button_of_the_menu(
    phone: Page, console: ServedConsole
):
    give_template(console)
    go(phone, console, "volunteers", "Volunteers")
    event = phone.locator(".st-key-app-event_bar")
    expect(event.locator("strong")).to_have_text("Volunteers")
    expect(event).to_contain_text("Rehearsal")
    expect(event.locator("img")).to_have_js_property("complete", value=True)
    assert event.locator("img").evaluate("image => image.naturalWidth") > 0
    phone.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 300)")
    header, named = (one.bounding_box() for one in (phone.get_by_test_id("stHeader"), event))
    assert header
    assert named
    assert named["y"] >= 0
    assert named["y"] + named["height"] <= header["height"]
    assert named["x"] + named["width"] <= PHONE[0]


def test_a_sending_has_its_progress_at_the_foot_of_every_screen_and_leaves_room_on_a_phone(
    phone: Page, console: ServedConsole, sending: int
):
    go(phone, console, "ending", "Archive and delete", sending)
    foot = phone.get_by_test_id("stBottom")
    expect(foot.get_by_text("2 mails left")).to_be_visible()
    box = foot.bounding_box()
    assert box
    assert box["height"] <= PHONE[1] / 5
    assert box["y"] + box["height"] <= PHONE[1]
    # Above a keyboard nothing floats over the field that is being written.
    phone.set_viewport_size({"width": PHONE[0], "height": 400})
    position = foot.evaluate("foot => getComputedStyle(foot).position")
    assert position == "static"


def test_a_click_anywhere_on_a_card_opens_its_event_and_a_key_does_so_too(
    desktop: Page, console: ServedConsole, sending: int
):
    give_template(console)
    go(desktop, console, "", "Events")
    picture = desktop.locator(".st-key-events-card-1 img")
    expect(picture).to_have_js_property("complete", value=True)
    assert picture.evaluate("image => image.naturalWidth") > 0
    picture.click(force=True)
    title = desktop.get_by_role("heading", name="Volunteers", exact=True)
    expect(title).to_be_visible(timeout=FIRST_PAGE)
    go(desktop, console, "", "Events")
    desktop.get_by_role("link", name="Beach Day").focus()
    desktop.keyboard.press("Enter")
    expect(desktop.get_by_role("heading", name="Beach Day", exact=True)).to_be_visible()
    expect(desktop).to_have_url(f"{console.url}/overview?event={sending}")


def test_a_card_shows_the_certificate_of_its_first_volunteer(desktop: Page, console: ServedConsole):
    give_template(console)
    origin = console.url

    def address() -> str:
        go(desktop, console, "", "Events")
        return desktop.locator(".st-key-events-card-1 img").get_attribute("src") or ""

    before = address()
    add(console.installation.database, 1, "email,name\nana@example.org,Ana Souza")
    after = address()
    named = desktop.request.get(f"{origin}{after}").body()
    assert named.startswith(b"\xff\xd8")
    # An address of before does not tell the name.
    assert desktop.request.get(f"{origin}{before}").body() != named


def test_an_event_is_made_in_four_clicks_from_its_list_to_its_certificate(
    desktop: Page, console: ServedConsole
):
    go(desktop, console, "", "Events")
    desktop.get_by_role("button", name="New event").click()
    window = desktop.get_by_role("dialog")
    window.get_by_label("Event name (printed on the certificate)").fill("Dune Walk")
    window.get_by_label("Your organization").fill("Harbour Friends")
    window.get_by_text("Everybody gets their certificate by mail").click(force=True)
    expect(window.get_by_role("radio", name="Names", exact=True)).to_be_checked()
    window.get_by_role("button", name="Create the event").click()
    title = desktop.get_by_role("heading", name="Certificate", exact=True)
    expect(title).to_be_visible(timeout=FIRST_PAGE)
    expect(desktop.get_by_test_id("stSidebar")).to_contain_text("Dune Walk")


def test_the_foot_says_what_is_saved_and_leads_on(desktop: Page, console: ServedConsole):
    go(desktop, console, "messages", "Mail texts")
    foot = desktop.get_by_test_id("stBottom")
    expect(foot.get_by_text("This text is in use.")).to_be_visible()
    desktop.get_by_label("Subject").fill("Well done, {name}!")
    desktop.get_by_label("Subject").press("Tab")
    expect(foot.get_by_text("Your draft is saved, but not used yet.")).to_be_visible()
    foot.get_by_role("link", name="Next: send").click()
    title = desktop.get_by_role("heading", name="Send", exact=True)
    expect(title).to_be_visible(timeout=FIRST_PAGE)
    expect(desktop).to_have_url(f"{console.url}/send?event=1")


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_every_control_of_the_menu_and_of_the_cards_has_a_name_and_no_two_the_same(
    page_at: PageAt, console: ServedConsole, size: tuple[int, int]
):
    page = page_at(size, "zh")
    sign_in(page, console)
    go(page, console, "", "活动")
    names: list[str] = page.locator(".stMain").evaluate(
        """main => [...main.querySelectorAll("button,a[href]")]
            .filter(one => !one.closest("[data-testid=stHeading]"))
            .map(one => (one.getAttribute("aria-label") ?? one.textContent).trim())"""
    )
    assert "" not in names
    assert len(names) == len(set(names))
