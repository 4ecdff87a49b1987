"""When the console cannot answer, it says so in the reader's language, and nothing stays grey."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import delete

from shared.events.settings import update_organization
from shared.storage.models import ConsoleSession, Event
from tests.support.browser import DESKTOP, PHONE, PageAt
from tests.support.console_server import ServedConsole, console
from tests.support.organizers_steps import FIRST_PAGE, enter_the_token, give_template, go, sign_in
from tests.support.raw_tabs import look

__all__ = ["console"]

AWAY = {
    "en": "The console does not answer. Nothing is lost",
    "zh": "控制台暂时没有响应。数据不会丢失",
}
EVENTS = {"en": "Events", "zh": "活动"}


@pytest.fixture(scope="module", autouse=True)
def in_use(console: ServedConsole) -> None:
    """The event of the first start, which is out of sight before."""
    with console.installation.database.writing() as session:
        update_organization(session.get_one(Event, 1), name="Harbour Friends")


def test_the_way_back_after_a_sign_out_leads_to_the_sign_in(
    page_at: PageAt, console: ServedConsole
):
    page = page_at(DESKTOP, "zh")
    sign_in(page, console)
    go(page, console, "volunteers", "志愿者", 1)
    page.get_by_role("link", name="退出").click()
    expect(page.get_by_label("口令")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("口令")).to_be_visible()
    enter_the_token(page)
    expect(page.get_by_role("heading", name="志愿者", exact=True)).to_be_visible(timeout=FIRST_PAGE)


def test_a_console_that_is_away_is_said_until_it_is_back(page_at: PageAt, console: ServedConsole):
    pages = {"zh": page_at(DESKTOP, "zh"), "en": page_at(PHONE, "en")}
    for language, page in pages.items():
        sign_in(page, console)
        go(page, console, "", EVENTS[language])
    console.stop()
    for language, page in pages.items():
        expect(banner(page, language)).to_be_visible(timeout=20_000)
    # Long enough for Streamlit's own window, which tells in English how to start a server.
    pages["en"].wait_for_timeout(15_000)
    for language, page in pages.items():
        expect(page.get_by_role("dialog")).to_have_count(0)
        said = page.inner_text("body")
        assert "Streamlit" not in said
        assert "Error" not in said
        expect(banner(page, language)).to_be_visible()
    console.start()
    for language, page in pages.items():
        expect(banner(page, language)).to_have_count(0, timeout=FIRST_PAGE)
        # Parts of the page that were missing when the console went are there as well.
        expect(page.locator(".st-key-events-open-1 a")).to_be_visible(timeout=FIRST_PAGE)
        expect(page.get_by_role("dialog")).to_have_count(0)


def banner(page: Page, language: str) -> Locator:
    return page.get_by_role("alert").filter(has_text=AWAY[language])


# Keeps what the page's own script opens, and when.
KEEP_SOCKETS = """
  const Socket = WebSocket;
  window.opened = [];
  window.WebSocket = class extends Socket {
    constructor(...given) { super(...given); opened.push({ socket: this, at: Date.now() }); }
  };
"""
TOO_MUCH = {
    "en": "This tab sent too much at once. It continues in 10 seconds.",
    "zh": "此标签页一次发送的内容过多，10 秒后会自动恢复。",
}


def test_a_tab_that_sends_too_much_is_told_so_and_comes_back_after_ten_seconds(
    page_at: PageAt, console: ServedConsole
):
    pages = {"zh": page_at(DESKTOP, "zh"), "en": page_at(PHONE, "en")}
    for language, page in pages.items():
        page.add_init_script(KEEP_SOCKETS)
        sign_in(page, console)
        go(page, console, "", EVENTS[language])
        page.evaluate(
            """message => {
              const { socket } = opened.at(-1);
              socket.addEventListener("close", () => { window.closedAt = Date.now(); });
              for (let n = 0; n < 250; n++) socket.send(new Uint8Array(message));
            }""",
            [*look()],
        )
        alert = page.get_by_role("alert").filter(has_text=TOO_MUCH[language])
        expect(alert).to_be_visible()
    for page in pages.values():
        expect(page.locator("#console-lost")).to_be_hidden(timeout=FIRST_PAGE)
        assert page.evaluate("opened.at(-1).at - closedAt") > 9_900
        expect(page.locator(".st-key-events-open-1 a")).to_be_visible()


def test_who_was_signed_out_elsewhere_is_told_and_led_to_the_sign_in_and_back(
    page_at: PageAt, console: ServedConsole
):
    page = page_at(DESKTOP, "en")
    sign_in(page, console)
    go(page, console, "recipients", "Volunteers", 1)
    # The browser tells what is typed a moment later, when the session has ended. It is typed
    # before: once the connection is gone, Streamlit lets nobody type.
    page.get_by_role("dialog").get_by_role("textbox").fill("ana@example.org")
    with console.installation.database.writing() as session:
        session.execute(delete(ConsoleSession))
    told = page.get_by_role("alert").filter(has_text="signed out")
    expect(told).to_be_visible(timeout=120_000)
    enter_the_token(page)
    expect(page.get_by_role("heading", name="Volunteers", exact=True)).to_be_visible(
        timeout=FIRST_PAGE
    )
    # What was typed in a form ended with the tab's session.
    expect(page.get_by_role("dialog").get_by_role("textbox")).to_have_value("")


def test_an_address_of_no_screen_leads_to_the_events(page_at: PageAt, console: ServedConsole):
    page = page_at(DESKTOP, "zh")
    sign_in(page, console)
    page.goto(f"{console.url}/nonsense")
    expect(page.get_by_role("heading", name="活动", exact=True)).to_be_visible(timeout=FIRST_PAGE)
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_streamlit_speaks_chinese_on_a_chinese_screen(page_at: PageAt, console: ServedConsole):
    page = page_at(DESKTOP, "zh")
    sign_in(page, console)
    go(page, console, "volunteers", "志愿者", 1)
    assert english_words(page) == []
    page.get_by_role("navigation").get_by_role("link", name="总览").click()
    expect(page.get_by_role("heading", name="Volunteers")).to_be_visible()
    assert english_words(page) == []


def test_and_names_fields_wholly_in_chinese(page_at: PageAt, console: ServedConsole):
    give_template(console)
    page = page_at(DESKTOP, "zh")
    sign_in(page, console)
    for screen, title in (("overview", "Volunteers"), ("certificate", "证书"), ("log", "日志")):
        page.goto(f"{console.url}/{screen}?event=1")
        expect(page.get_by_role("heading", level=1)).to_contain_text(title)
        expect(page.locator("[data-test-script-state=notRunning]")).to_be_attached()
        names: list[str] = page.locator("[aria-label]").evaluate_all(
            "all => all.map(one => one.getAttribute('aria-label'))"
        )
        assert [name for name in names if re.search("[a-z]{3}", name)] == []
    expect(page.get_by_text("Skip to main content")).to_have_count(0)


def english_words(page: Page) -> list[str]:
    """What a screen reader says in English, apart from what people entered."""
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_attached()
    said: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("[aria-label],[title],[placeholder]")]
            .flatMap(e => ["aria-label", "title", "placeholder"].map(n => e.getAttribute(n)))
            .filter(words => /^[A-Z][a-z]+( [a-z]+)*$/.test(words ?? ""))"""
    )
    return said
