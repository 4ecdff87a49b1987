"""The volunteer's page on small screens, by keyboard and by screen reader: all is in sight."""

import re

import pytest
from playwright.sync_api import expect

from shared.events.installation import Installation
from tests.support.api_server import Invited, ana, default_event, invite, server_url
from tests.support.browser import DESKTOP, PHONE, SMALL_PHONE, PageAt
from tests.support.one_database import database_url
from tests.support.volunteer_page import open_link

__all__ = ["ana", "database_url", "default_event", "server_url"]


def test_an_emptied_field_leaves_nobodys_name_to_a_screen_reader(
    page_at: PageAt, server_url: str, ana: Invited
) -> None:
    page = page_at(PHONE)
    open_link(page, server_url, ana)
    page.fill("#name", "Ana")
    expect(page.get_by_role("img")).to_have_attribute("alt", re.compile("Ana"))
    page.fill("#name", "")
    expect(page.get_by_role("img")).to_have_attribute("alt", re.compile("drawn while you type"))


def test_after_submitting_a_screen_reader_hears_the_new_heading(
    page_at: PageAt, server_url: str, ana: Invited
) -> None:
    page = page_at(PHONE)
    open_link(page, server_url, ana)
    page.locator("#name").focus()
    page.keyboard.type("Ana Lima")
    page.keyboard.press("Enter")
    heading = page.get_by_role("heading", name="Your certificate is on its way")
    expect(heading).to_be_focused()
    expect(page.locator("[aria-current=step]")).to_have_text("Certificate being drawn")


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_the_form_to_correct_a_name_opens_in_sight_and_with_the_focus(
    page_at: PageAt, server_url: str, ana: Invited, motion: str
) -> None:
    page = page_at(PHONE, reduced_motion=motion)
    open_link(page, server_url, ana)
    page.fill("#name", "Ana Lma")
    page.get_by_role("button", name="Make my certificate").click()
    page.set_viewport_size({"width": 390, "height": 640})
    page.get_by_text("Is the name wrong?").click()
    button = page.get_by_role("button", name="Make the corrected certificate")
    expect(button).to_be_in_viewport(ratio=1)
    expect(page.locator("#name")).to_be_focused()
    page.keyboard.type(" corrected")
    expect(page.get_by_role("img")).to_have_attribute("alt", re.compile("Ana Lma corrected"))
    field = page.locator("#name").bounding_box()
    shown = page.locator("#certificate img").bounding_box()
    assert field
    assert shown
    assert shown["y"] + shown["height"] <= field["y"]


@pytest.mark.parametrize("size", [SMALL_PHONE, PHONE, DESKTOP])
def test_nothing_leaves_the_screen_sideways(
    page_at: PageAt, server_url: str, installation: Installation, size: tuple[int, int]
) -> None:
    long = invite(installation, 1, f"{'a' * 64}@{'b' * 60}.example.org")
    page = page_at(size)
    open_link(page, server_url, long)
    page.fill("#name", "W" * 79)
    page.get_by_role("status").filter(has_text="too long").wait_for()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= size[0]


def test_everything_is_reached_and_seen_by_keyboard(
    page_at: PageAt, server_url: str, ana: Invited
) -> None:
    page = page_at(PHONE)
    open_link(page, server_url, ana)
    reached = []
    for _ in range(4):
        page.keyboard.press("Tab")
        focused = page.locator(":focus-visible")
        reached.append(focused.inner_text() or focused.get_attribute("name"))
        assert focused.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    assert reached == ["中文", "English", "name", "Make my certificate"]


def test_a_keyboard_on_the_screen_leaves_certificate_and_name_in_sight(
    page_at: PageAt, server_url: str, ana: Invited
) -> None:
    page = page_at((390, 430))
    open_link(page, server_url, ana)
    page.locator("#certificate img.example").wait_for()
    page.locator("#name").focus()
    shown = page.locator("#certificate img").bounding_box()
    field = page.locator("#name").bounding_box()
    assert shown
    assert field
    assert shown["y"] >= 0
    assert shown["y"] + shown["height"] <= field["y"]
    assert field["y"] + field["height"] <= 430
