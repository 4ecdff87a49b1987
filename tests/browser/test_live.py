"""A mail account in a real browser: checked, saved, and shown as live from then on."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from shared.destinations import ANYWHERE
from shared.events.settings import create_event
from shared.mail.accounts.sending_account import set_account
from shared.storage.models import Security
from tests.support.browser import DESKTOP, PHONE, PageAt
from tests.support.console_server import ServedConsole, console
from tests.support.factories import rehearsed
from tests.support.organizers_steps import go, sign_in
from tests.support.smtp_sink import SmtpSink, answering

__all__ = ["console"]

WHERE_MAILS_STAY = "Rehearsal"


@pytest.fixture(scope="module")
def sink() -> Iterator[SmtpSink]:
    """Without encryption: the console is a process of its own, which does not trust the tests'
    server."""
    with SmtpSink() as sink:
        yield sink


@pytest.fixture
def event_id(console: ServedConsole, sink: SmtpSink) -> int:
    """An event with an account that nobody has checked."""
    with console.installation.database.writing() as session:
        event, _ = create_event(session, name="Beach Day", language="en")
        set_account(
            session, console.installation.seal, event, username="thanks@example.org",
            server_address=sink.host, smtp_port=sink.port, security=Security.NONE,
            skip_auth=True, reach=ANYWHERE,
        )  # fmt: skip
        return event.id


def open_account(page: Page, console: ServedConsole, event_id: int) -> None:
    sign_in(page, console)
    go(page, console, "account", "Mail account", event_id)


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_check_and_save_makes_the_event_live_and_every_screen_says_so(
    page_at: PageAt,
    console: ServedConsole,
    event_id: int,
    sink: SmtpSink,
    size: tuple[int, int],
):
    sink.script = lambda step: None
    page = page_at(size, "en")
    open_account(page, console, event_id)
    bar = page.locator(".st-key-app-event_bar")
    expect(bar).to_contain_text(WHERE_MAILS_STAY)
    page.get_by_role("button", name="Check and save").click()
    expect(bar).to_contain_text("Live")
    expect(bar).not_to_contain_text(WHERE_MAILS_STAY)
    expect(page.get_by_text(re.compile("mails are sent from .+ through"))).to_be_visible()
    go(page, console, "send", "Send", event_id)
    expect(bar).to_contain_text("Live")


def test_a_server_that_is_down_leaves_the_word_to_a_person(
    page_at: PageAt, console: ServedConsole, event_id: int, sink: SmtpSink
):
    sink.script = answering("mail", "451 4.3.0 Temporary failure")
    page = page_at(DESKTOP, "en")
    open_account(page, console, event_id)
    page.get_by_role("button", name="Check and save").click()
    overrule = page.get_by_role("button", name="Go live anyway")
    expect(overrule).to_be_disabled()
    expect(page.locator(".st-key-app-event_bar")).to_contain_text(WHERE_MAILS_STAY)
    page.get_by_text("but the server is down").click()
    overrule.click()
    expect(page.locator(".st-key-app-event_bar")).not_to_contain_text(WHERE_MAILS_STAY)
    expect(page.get_by_text(re.compile("mails are sent from .+ through"))).to_be_visible()


def test_who_presses_before_all_fields_are_there_is_answered_beside_the_button_and_keeps_them(
    page_at: PageAt, console: ServedConsole, event_id: int, sink: SmtpSink
):
    sink.script = answering("mail", "451 4.3.0 Temporary failure")
    page = page_at(DESKTOP, "en")
    # Streamlit's program for fields is on a slow way.
    page.route("**/TextInput.*.js", lambda route: (page.wait_for_timeout(4000), route.continue_()))
    open_account(page, console, event_id)
    check = page.get_by_role("button", name="Check and save")
    check.click()
    answer = page.get_by_role("alert").filter(has_text="4.3.0 Temporary failure")
    expect(answer).to_be_visible(timeout=60_000)
    page.get_by_text("but the server is down").click()
    expect(page.get_by_role("button", name="Go live anyway")).to_be_enabled()
    expect(page.get_by_label("Mail address or user name")).to_have_value("thanks@example.org")
    # The answer is at the server's field, what can be decided beside the button.
    decision = page.get_by_text("but the server is down")
    top, bottom = (place.bounding_box() for place in (check, decision))
    assert top
    assert bottom
    assert 0 < bottom["y"] - top["y"] < 200


def put(console: ServedConsole, event_id: int, subject: str) -> None:
    rehearsed(console.installation, event_id, "ana@example.org", subject)


def test_the_mailbox_follows_the_newest_mail_until_another_is_chosen(
    page_at: PageAt, console: ServedConsole, event_id: int
):
    put(console, event_id, "First of all")
    page = page_at(DESKTOP, "en")
    sign_in(page, console)
    go(page, console, "mailbox", "Rehearsal mailbox", event_id)
    expect(page.get_by_role("heading", name="First of all")).to_be_visible()
    put(console, event_id, "Second to come")
    expect(page.get_by_role("heading", name="Second to come")).to_be_visible()
    # A tooltip may have the same text.
    mails = page.get_by_role("radiogroup", name="Mails, newest first")
    mails.get_by_text("1 · ana@example.org").click()
    expect(page.get_by_role("heading", name="First of all")).to_be_visible()
    put(console, event_id, "Third and last")
    expect(page.get_by_text("Third and last")).to_be_visible()
    expect(page.get_by_role("heading", name="First of all")).to_be_visible()
