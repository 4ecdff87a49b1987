"""Sending in a browser: what leaves is seen before, and a rehearsal takes one press."""

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from api.app import new_server
from shared.events.settings import EventChange, create_event, update_event, update_organization
from shared.storage.models import Event, MailState
from tests.support.browser import DESKTOP, PHONE, PageAt
from tests.support.console_screens import mails
from tests.support.console_server import ServedConsole, console
from tests.support.known_names import listed_event
from tests.support.mailing import wait_until, working
from tests.support.organizers_steps import FIRST_PAGE, sign_in

__all__ = ["console"]

PEOPLE = 12


_WORDS_APART_FROM_THEIR_ICONS = """() =>
  [...document.querySelectorAll(".st-key-send-checks summary [role=img]")].map((icon) => {
    const word = document.createRange();
    const text = icon.parentElement.nextSibling;
    word.setStart(text, 1);
    word.setEnd(text, 2);
    const apart = word.getBoundingClientRect().top - icon.getBoundingClientRect().top;
    return Math.abs(apart) > 12 ? word.toString() : "";
  }).filter(Boolean)"""
_OUT_OF_ITS_BOX = """() => {
  const table = document.querySelector(".whom");
  return table.getBoundingClientRect().right - table.parentElement.getBoundingClientRect().right;
}"""


@pytest.fixture
def answering(console: ServedConsole) -> Iterator[None]:
    """The volunteers' side answers, as where links lead is asked before a sending."""
    server = new_server(console.installation, console.installation.settings.api_port)
    thread = threading.Thread(target=server.run)
    thread.start()
    with working(console.installation):
        yield
    server.should_exit = True
    thread.join()


@pytest.fixture
def ready(console: ServedConsole) -> int:
    """An event in rehearsal whose list has the names, and which lacks nothing."""
    database = console.installation.database
    with database.writing() as session:
        event, _ = create_event(session, name="Beach Day", language="en")
        update_organization(event, name="Harbour Friends")
        event_id = event.id
    people = "email,name\n" + "".join(f"v{n}@example.org,Ana {n}\n" for n in range(PEOPLE))
    listed_event(database, event_id, "issue", people)
    return event_id


def open_send(page: Page, console: ServedConsole, event_id: int, address: str = "send") -> None:
    sign_in(page, console)
    page.goto(f"{console.url}/{address}?event={event_id}")
    title = page.get_by_role("heading", name="Send", exact=True)
    expect(title).to_be_visible(timeout=FIRST_PAGE)


def is_sent(console: ServedConsole, event_id: int, count: int) -> bool:
    states = [mail.state for mail in mails(console.installation.database, event_id)]
    return states == [MailState.SENT] * count


@pytest.mark.usefixtures("answering")
def test_a_rehearsal_is_sent_by_one_press_from_the_address_of_before(
    page_at: PageAt, console: ServedConsole, ready: int
):
    page = page_at(DESKTOP, "en")
    open_send(page, console, ready, "sending")
    assert page.url == f"{console.url}/send?event={ready}"
    table = page.get_by_role("table", name="Recipients and messages")
    expect(table.get_by_role("row").nth(1)).to_have_text(f"with a namecertificate{PEOPLE}")
    expect(page.get_by_role("img", name="Certificate of Ana 0")).to_be_visible()
    expect(page.locator(".st-key-send-checks")).to_be_visible()
    for width in (820, 1000, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(_WORDS_APART_FROM_THEIR_ICONS) == []
        assert page.evaluate(_OUT_OF_ITS_BOX) <= 0
    page.get_by_role("button", name=f"Send {PEOPLE} certificates").click()
    wait_until(lambda: is_sent(console, ready, PEOPLE))
    expect(page.get_by_text(f"{PEOPLE} mails are in the mailbox here")).to_be_visible()


@pytest.mark.usefixtures("answering")
def test_on_a_phone_the_first_five_are_looked_at_and_the_others_follow(
    page_at: PageAt, console: ServedConsole, ready: int
):
    page = page_at(PHONE, "en")
    open_send(page, console, ready)
    wide = "document.querySelector('[data-testid=stMain]').scrollWidth"
    assert page.evaluate(wide) <= PHONE[0]
    page.get_by_role("button", name="Send the first 5").click()
    wait_until(lambda: is_sent(console, ready, 5))
    page.get_by_role("button", name="See what they got").click()
    window = page.get_by_role("dialog")
    expect(window.get_by_role("heading", name="Ana 4")).to_be_visible()
    page.keyboard.press("Escape")
    expect(window).to_have_count(0)
    page.get_by_role("button", name=f"Send to the other {PEOPLE - 5}").click()
    wait_until(lambda: is_sent(console, ready, PEOPLE))


@pytest.mark.usefixtures("answering")
def test_the_whole_first_mail_is_read_before_it_leaves(
    page_at: PageAt, console: ServedConsole, ready: int
):
    page = page_at(DESKTOP, "en")
    open_send(page, console, ready)
    frame = page.frame_locator("iframe")
    expect(frame.get_by_text("Dear Ana 0", exact=False).first).to_be_visible()
    assert mails(console.installation.database, ready) == []


@pytest.mark.usefixtures("answering")
def test_whose_day_is_another_than_the_certificates_is_told_before_sending(
    page_at: PageAt, console: ServedConsole, ready: int
):
    # 25 hours apart: never the same day.
    with console.installation.database.writing() as session:
        update_event(session.get_one(Event, ready), EventChange(time_zone="Pacific/Niue"))
    page = page_at(DESKTOP, "en", timezone_id="Pacific/Kiritimati")
    open_send(page, console, ready)
    doubt = page.get_by_text("because the event's time zone is Pacific/Niue")
    expect(doubt.first).to_be_attached()
