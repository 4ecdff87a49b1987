"""What the console's screens look like on a phone, and what every page of it asks for."""

import pytest
from playwright.sync_api import Page, Response
from sqlalchemy import update

from shared.storage.models import Volunteer, now
from tests.support.browser import DESKTOP, PHONE, PageAt
from tests.support.console_server import ServedConsole, console
from tests.support.factories import add
from tests.support.organizers_steps import go, sign_in

__all__ = ["console"]


@pytest.fixture
def phone(page_at: PageAt, console: ServedConsole) -> Page:
    page = page_at(PHONE)
    sign_in(page, console)
    return page


def test_text_is_scrolled_under_a_header_that_hides_it(phone: Page, console: ServedConsole):
    go(phone, console, "account", "Mail account")
    colour = phone.get_by_test_id("stHeader").evaluate("e => getComputedStyle(e).backgroundColor")
    assert colour.startswith("rgb("), colour


def test_the_account_is_entered_first_and_then_tried(phone: Page, console: ServedConsole):
    go(phone, console, "account", "Mail account")
    tops = [
        phone.get_by_role("heading", name=name, exact=True).bounding_box()["y"]  # type: ignore[index]
        for name in ("Mail account", "Test mail to myself")
    ]
    assert tops == sorted(tops)


def test_no_cell_of_the_log_is_a_letter_wide(page_at: PageAt, console: ServedConsole):
    page = page_at(PHONE, "zh")
    sign_in(page, console)
    go(page, console, "log", "操作日志")
    cells = page.get_by_test_id("stTable").locator("td")
    cells.first.wait_for()
    heights = cells.evaluate_all("all => all.map(each => each.offsetHeight)")
    assert max(heights) < 50, heights


@pytest.mark.parametrize(("language", "title"), [("en", "Send"), ("zh", "发送")])
def test_the_results_fit_a_phone(
    page_at: PageAt, console: ServedConsole, language: str, title: str
):
    add(console.installation.database, 1, f"{language}@example.org")
    with console.installation.database.writing() as session:
        session.execute(update(Volunteer).values(asked_at=now()))
    page = page_at(PHONE, language)
    sign_in(page, console)
    go(page, console, "send", title)
    page.locator("[class*=st-key-send-results] summary").click()
    table = page.locator("[class*=st-key-send-results] table")
    table.wait_for()
    width, room = table.evaluate("e => [e.offsetWidth, e.parentElement.clientWidth]")
    assert width <= room


def test_no_screen_asks_for_what_is_not_there(page_at: PageAt, console: ServedConsole):
    page = page_at(DESKTOP)
    sign_in(page, console)
    missing: list[str] = []

    def note(answer: Response) -> None:
        if answer.status >= 400:
            missing.append(answer.url)

    page.on("response", note)
    go(page, console, "account", "Mail account")
    page.get_by_role("link", name="Volunteers").click()
    page.get_by_role("heading", name="Volunteers", exact=True).wait_for()
    assert missing == []
