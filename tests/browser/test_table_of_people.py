"""The table of people in a real browser: for screen readers, by keys, ticked, on a phone."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from shared.events.settings import create_event
from shared.storage.models import Event, Problem, Status, Volunteer
from tests.support.browser import DESKTOP, PHONE, PageAt, drop
from tests.support.console_server import ServedConsole, console
from tests.support.factories import add
from tests.support.mailing import wait_until
from tests.support.organizers_steps import go, sign_in

__all__ = ["console"]

FOREIGN = '<img src=x onerror="document.title=1">{name}'
TABLET = (820, 1180)
LINES = [f"v{n:02}@example.org,N-{n:03},Person {60 - n:02},{n % 7}" for n in range(1, 60)]


@pytest.fixture
def event_id(console: ServedConsole) -> int:
    """60 people with hours, one of whom has a name that is markup."""
    database = console.installation.database
    with database.writing() as session:
        event, _ = create_event(session, name="Beach Day", language="en")
    rows = ["email,number,name,hours", *LINES]
    add(database, event.id, "\n".join(rows))
    add(database, event.id, "zz@example.org,N-060")
    with database.writing() as session:
        session.get_one(Event, event.id).list_columns = ["hours"]
        for person in session.scalars(of(event.id)):
            number = int(person.number[2:])
            person.listed_name = FOREIGN if number == 60 else f"Person {60 - number:02}"
            person.columns = {"hours": str(number % 7)}
            person.problem = Problem.CAME_BACK if number in (4, 5) else None
            person.status = Status.MAILED if number == 6 else Status.NEW
    return event.id


def of(event_id: int):
    return select(Volunteer).where(Volunteer.event_id == event_id).order_by(Volunteer.id)


@pytest.fixture
def page(page_at: PageAt, console: ServedConsole, event_id: int) -> Page:
    return opened(page_at(DESKTOP, "en"), console, event_id)


def opened(page: Page, console: ServedConsole, event_id: int) -> Page:
    sign_in(page, console)
    go(page, console, "volunteers", "Volunteers", event_id)
    expect(rows(page)).to_have_count(50)
    return page


def rows(page: Page) -> Locator:
    return page.get_by_role("grid").locator("tbody").get_by_role("row")


def sort_by(page: Page, head: str, way: str) -> None:
    page.get_by_role("columnheader", name=head).get_by_role("button").click()
    expect(page.get_by_role("columnheader", name=head)).to_have_attribute("aria-sort", way)


def test_a_screen_reader_finds_every_row_every_tick_by_its_name_and_how_it_is_sorted(page: Page):
    told = page.get_by_role("grid").aria_snapshot()
    assert len(re.findall(r"- row\b", told)) == 51
    ticks = re.findall(r'- checkbox "(.+?)"', told)
    assert len(set(ticks)) == len(ticks) == 51
    assert {"Tick everybody on this page", "Tick Person 59"} < set(ticks)
    heads = page.get_by_role("columnheader")
    assert len(heads.evaluate_all("all => all.filter(one => one.ariaSort === 'none')")) == 5
    sort_by(page, "Full name", "ascending")
    assert page.get_by_role("grid").get_attribute("aria-label") == "Volunteers"


def test_the_whole_list_is_sorted_by_a_head_and_not_this_page_alone(page: Page):
    sort_by(page, "Address", "ascending")
    expect(rows(page).first).to_contain_text("v01@example.org")
    sort_by(page, "Address", "descending")
    expect(rows(page).first).to_contain_text("zz@example.org")
    sort_by(page, "hours", "ascending")
    expect(rows(page).first).to_contain_text("v07@example.org")


def test_name_and_status_stay_in_sight_while_the_table_is_scrolled(page: Page):
    row = rows(page).nth(3)
    name, status = row.get_by_role("rowheader"), row.get_by_text("Mail bounced")
    expect(status).to_be_visible()
    before = [one.bounding_box() for one in (name, status)]
    scrolled = page.locator(".people").evaluate(
        "one => { one.scrollLeft = 1e4; return one.scrollLeft; }"
    )
    assert scrolled > 100
    assert [one.bounding_box() for one in (name, status)] == before
    expect(row.get_by_text("N-004")).to_be_in_viewport()


def test_a_name_that_is_markup_is_text(page: Page):
    page.get_by_label("Search").fill("N-060")
    page.keyboard.press("Enter")
    expect(rows(page)).to_have_count(1)
    expect(rows(page).get_by_role("rowheader")).to_have_text(FOREIGN)
    expect(page.get_by_role("checkbox", name=f"Tick {FOREIGN}")).to_be_visible()
    assert page.locator("img[src=x]").count() == 0
    assert page.title() != "1"


def test_ticks_outlast_other_pages_and_screens_and_all_of_a_filter_are_ticked_by_a_press(
    page: Page, console: ServedConsole, event_id: int
):
    page.get_by_role("checkbox", name="Tick Person 58").check()
    page.get_by_role("checkbox", name="Tick Person 57").check()
    expect(page.get_by_text("2 ticked")).to_be_visible()
    page.get_by_role("link", name="Send", exact=True).click()
    expect(page.get_by_role("heading", name="Send", level=1)).to_be_visible()
    page.get_by_role("link", name=re.compile("^Volunteers")).click()
    expect(page.get_by_role("checkbox", name="Tick Person 58")).to_be_checked()
    everybody = page.get_by_role("button", name="Tick all 60")
    expect(everybody).to_have_count(0)
    page.get_by_role("checkbox", name="Tick everybody on this page").check()
    everybody.click()
    expect(page.get_by_text("60 ticked")).to_be_visible()
    expect(page.get_by_text("All 60 are ticked.")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Tick Person 30")).to_be_checked()
    page.get_by_role("button", name="Untick all").click()
    expect(page.get_by_role("checkbox", name="Tick Person 30")).not_to_be_checked()


def test_a_click_anywhere_on_a_row_opens_the_person_and_the_focus_comes_back_to_it(page: Page):
    rows(page).nth(3).get_by_text("N-004").click()
    window = page.get_by_role("dialog")
    expect(window.get_by_text("Person 56").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(window).to_be_hidden()
    expect(page.get_by_role("button", name="Person 56", exact=True)).to_be_focused()


def test_keys_lead_from_cell_to_cell_and_a_name_is_corrected_in_its_cell(
    page: Page, console: ServedConsole, event_id: int
):
    first = page.get_by_role("checkbox", name="Tick Person 59")
    expect(first).to_have_attribute("tabindex", "0")
    first.focus()
    for key in ("ArrowDown", "ArrowRight", "F2"):
        page.keyboard.press(key)
    field = page.get_by_role("textbox", name="Full name")
    expect(field).to_have_value("Person 58")
    field.fill("Nobody")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Person 58", exact=True)).to_be_focused()
    page.keyboard.press("F2")
    field.fill("Ana Souza")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Ana Souza", exact=True)).to_be_visible()
    for key in (*["ArrowRight"] * 4, "F2"):
        page.keyboard.press(key)
    page.get_by_role("textbox", name="hours").fill("12.5")
    page.keyboard.press("Enter")
    expect(rows(page).nth(1)).to_contain_text("12.5")
    wait_until(lambda: stored(console, event_id) == ("Ana Souza", {"hours": "12.5"}))


def stored(console: ServedConsole, event_id: int) -> tuple[str, dict[str, str]]:
    with console.installation.database.reading() as session:
        second = session.scalars(of(event_id).offset(1)).first()
        assert second
        return second.listed_name, second.columns


def test_where_a_certificate_stands_no_cell_is_changed(page: Page):
    page.get_by_role("button", name="Person 54", exact=True).focus()
    page.keyboard.press("F2")
    expect(page.get_by_role("grid").get_by_role("textbox")).to_have_count(0)


def test_on_a_phone_the_rows_are_cards_that_are_still_a_table(
    page_at: PageAt, console: ServedConsole, event_id: int
):
    page = opened(page_at(PHONE, "en"), console, event_id)
    told = page.get_by_role("grid").aria_snapshot()
    assert (len(re.findall(r"- row\b", told)), told.count("- checkbox")) == (51, 51)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    box = rows(page).first.bounding_box()
    assert box
    assert box["height"] > 60
    sort_by(page, "Full name", "ascending")
    page.get_by_role("checkbox", name=re.compile("Tick Person")).first.check()
    expect(page.get_by_text("1 ticked")).to_be_visible()
    rows(page).nth(1).click(position={"x": 200, "y": 40})
    expect(page.get_by_role("dialog")).to_be_visible()


def test_on_a_tablet_what_can_be_searched_for_is_read_whole(
    page_at: PageAt, console: ServedConsole, event_id: int
):
    page = opened(page_at(TABLET, "en"), console, event_id)
    search, filters = page.get_by_label("Search"), page.get_by_role("radiogroup", name="Filter")
    box = search.bounding_box()
    assert box
    assert box["width"] > 180
    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    box, beside = search.bounding_box(), filters.bounding_box()
    assert box
    assert beside
    assert box["y"] < beside["y"] + beside["height"]


def test_a_list_dropped_anywhere_on_the_screen_is_checked_in_its_window(
    page: Page, console: ServedConsole, event_id: int
):
    window = page.get_by_role("dialog")
    drop(page, "h1", "picture.png", b"\x89PNG\r\n\x1a\n\0\0\0")
    expect(window.get_by_text("This cannot be read as a list: it is not a text.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(window).to_have_count(0)
    drop(page, "h1", "more.csv", b"email,name\nzoe@example.org,Zoe\n")
    window.get_by_role("button", name="Add 1 volunteer").click()
    expect(page.get_by_text("1 volunteer was added.")).to_be_visible()
    with console.installation.database.reading() as session:
        assert "zoe@example.org" in [one.email for one in session.scalars(of(event_id))]
    # It is not offered again.
    page.get_by_role("button", name="Add or update a list").click()
    window.get_by_text("Upload a file").click()
    expect(window.get_by_text("CSV, TXT, Excel or OpenDocument file")).to_be_visible()
    expect(window.get_by_text("more.csv")).to_have_count(0)
