"""What Streamlit draws too pale or too small is seen on our screens."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.support.browser import DESKTOP, PageAt
from tests.support.console_server import ServedConsole, console
from tests.support.contrast import contrast
from tests.support.factories import add
from tests.support.organizers_steps import give_template, go, sign_in

__all__ = ["console"]

# Of what is neither text nor large (WCAG 2.2, 1.4.11).
NEEDED_CONTRAST = 3


def test_empty_boxes_and_headings_in_windows_are_seen(page_at: PageAt, console: ServedConsole):
    give_template(console)
    add(console.installation.database, 1, "email,role\nana@example.org,speaker")
    page = page_at(DESKTOP, "en")
    sign_in(page, console)
    go(page, console, "names", "Volunteers")
    unticked = page.get_by_test_id("stRadioOption").nth(1).locator("> div > div").first
    assert contrast(style(unticked, "borderTopColor"), "rgb(255, 253, 249)") >= NEEDED_CONTRAST
    go(page, console, "certificate", "Certificate")
    page.get_by_role("button", name="Groups").click()
    window = page.get_by_role("dialog")
    heading = style(window.get_by_role("heading", name="Add a group"), "fontSize")
    text = style(window.get_by_text("A group is"), "fontSize")
    assert float(heading[:-2]) >= float(text[:-2])


def test_an_empty_date_is_asked_for_in_chinese(page_at: PageAt, console: ServedConsole):
    page = page_at(DESKTOP, "zh")
    sign_in(page, console)
    go(page, console, "log", "操作日志")
    year = page.get_by_test_id("stDateInputField").first.locator("[data-type=year]")
    assert style(year, "fontSize") == "0px"
    shown = year.evaluate("shown => getComputedStyle(shown, '::before').content")
    assert shown == '"年"'


def test_the_title_of_a_step_stands_beside_its_text(page_at: PageAt, console: ServedConsole):
    page = page_at(DESKTOP, "en")
    sign_in(page, console)
    page.goto(f"{console.url}/overview?event=1")
    page.get_by_text(re.compile(r"Done: \d of 7")).click()
    steps = page.locator(".st-key-overview-steps")
    title = steps.get_by_role("link", name="Organization")
    text = steps.get_by_text("Certificates and mails thank people in its name.")
    assert middle_of(title) == pytest.approx(middle_of(text), abs=4)


def test_where_the_keyboard_is_the_button_to_press_next_is_read_and_seen(
    page_at: PageAt, console: ServedConsole
):
    page = page_at(DESKTOP, "en")
    sign_in(page, console)
    page.goto(f"{console.url}/overview?event=1")
    way = page.locator(".st-key-overview-way-0 a")
    way.wait_for()
    for _ in range(30):
        page.keyboard.press("Tab")
        if way.evaluate("way => way === document.activeElement"):
            break
    assert contrast(style(way, "backgroundColor"), "rgb(255, 255, 255)") >= NEEDED_CONTRAST
    assert style(way, "outlineStyle") == "solid"


def middle_of(shown: Locator) -> float:
    expect(shown).to_be_visible()
    box = shown.bounding_box()
    assert box is not None
    return box["y"] + box["height"] / 2


def style(shown: Locator, name: str) -> str:
    return str(shown.evaluate(f"shown => getComputedStyle(shown).{name}"))
