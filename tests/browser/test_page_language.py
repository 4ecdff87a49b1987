"""The volunteer's page in both languages, and what it keeps of a name when it changes."""

import re

from playwright.sync_api import expect

from shared.events.installation import Installation
from tests.support.api_server import Invited, ana, default_event, invite, server_url
from tests.support.browser import PHONE, PageAt
from tests.support.one_database import database_url
from tests.support.volunteer_page import open_link

__all__ = ["ana", "database_url", "default_event", "server_url"]


def test_the_language_follows_the_browser_and_the_switch_stays(
    page_at: PageAt, server_url: str, ana: Invited
) -> None:
    page = page_at(PHONE, "zh")
    open_link(page, server_url, ana)
    expect(page.get_by_role("heading", level=1)).to_have_text("感谢您的付出")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.fill("#name", "Ana Lima")
    page.get_by_role("button", name="Make my certificate").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your certificate is on its way")


def test_the_language_switch_keeps_the_typed_name_and_submitting_forgets_it(
    page_at: PageAt, server_url: str, installation: Installation, ana: Invited
) -> None:
    page = page_at(PHONE)
    open_link(page, server_url, ana)
    page.fill("#name", "Ana Lima")
    page.get_by_role("link", name="中文").click()
    expect(page.locator("#name")).to_have_value("Ana Lima")
    expect(page.get_by_role("img")).to_have_attribute("alt", "您的证书，姓名：Ana Lima")
    other = invite(installation, 1, "bo@example.org")
    open_link(page, server_url, other)
    expect(page.locator("#name")).to_have_value("")
    open_link(page, server_url, ana)
    expect(page.locator("#name")).to_have_value("Ana Lima")
    page.get_by_role("button", name="Make my certificate").click()
    page.locator("[data-state=on_its_way]").wait_for()
    assert page.evaluate("sessionStorage.length") == 0


def test_the_language_switch_keeps_a_refused_name_and_says_why_in_the_other_language(
    page_at: PageAt, server_url: str, ana: Invited
) -> None:
    page = page_at(PHONE)
    open_link(page, server_url, ana)
    page.fill("#name", "W" * 79)
    page.get_by_role("button", name="Make my certificate").click()
    expect(page.get_by_text("too long for the certificate")).to_be_visible()
    page.get_by_role("link", name="中文").click()
    expect(page.locator("#name")).to_have_value("W" * 79)
    expect(page.get_by_text("请换一个较短的写法。")).to_be_visible()


def test_what_is_kept_of_the_name_does_not_carry_the_token(
    page_at: PageAt, server_url: str, ana: Invited
) -> None:
    page = page_at(PHONE)
    open_link(page, server_url, ana)
    page.fill("#name", "Ana Lima")
    kept = page.evaluate("JSON.stringify(sessionStorage)")
    assert "Ana Lima" in kept
    assert ana.token not in kept


def test_a_browser_that_keeps_nothing_still_draws_and_submits(
    page_at: PageAt, server_url: str, ana: Invited
) -> None:
    page = page_at(PHONE, apart=True)
    page.add_init_script(
        "Object.defineProperty(window, 'sessionStorage',"
        " { get() { throw new DOMException('no', 'SecurityError') } })"
    )
    open_link(page, server_url, ana)
    page.fill("#name", "Ana Lima")
    expect(page.get_by_role("img")).to_have_attribute("alt", re.compile("Ana Lima"))
    page.get_by_role("button", name="Make my certificate").click()
    page.locator("[data-state=on_its_way]").wait_for()


def test_a_correction_survives_the_language_switch_until_its_form_is_closed(
    page_at: PageAt, server_url: str, ana: Invited
) -> None:
    page = page_at(PHONE)
    open_link(page, server_url, ana)
    page.fill("#name", "Ana Lma")
    page.get_by_role("button", name="Make my certificate").click()
    page.get_by_text("Is the name wrong?").click()
    page.fill("#name", "Ana Lima")
    page.get_by_role("link", name="中文").click()
    expect(page.locator("#name")).to_be_focused()
    expect(page.locator("#name")).to_have_value("Ana Lima")
    expect(page.get_by_role("img")).to_have_attribute("alt", "您的证书，姓名：Ana Lima")
    page.get_by_text("姓名有误").click()
    # Beside a closed form stands what was submitted.
    expect(page.get_by_role("img")).to_have_attribute("alt", "您的证书，姓名：Ana Lma")
    page.get_by_role("link", name="English").click()
    expect(page.locator("details.correction")).not_to_have_attribute("open", "")
    expect(page.locator("#name")).to_have_value("Ana Lma")
