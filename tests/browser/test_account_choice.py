"""In a real browser, the account of another event is chosen."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from shared.destinations import ANYWHERE
from shared.events.settings import create_event
from shared.mail.accounts.sending_account import set_account
from shared.storage.models import Event, Security
from tests.support.browser import DESKTOP, PHONE, PageAt
from tests.support.console_server import ServedConsole, console
from tests.support.organizers_steps import choose_first, go, sign_in
from tests.support.smtp_sink import SmtpSink

__all__ = ["console"]

SCREENS = {
    (DESKTOP, "en"): (
        "Mail account", "Account", "Use this account",
        "Other events also send from this account and share its limits",
    ),
    (PHONE, "zh"): ("邮箱账户", "账户", "使用这个账户", "还有其他活动也用这个账户发信"),
}  # fmt: skip


@pytest.fixture(scope="module")
def sink() -> Iterator[SmtpSink]:
    """Without encryption: the console is a process of its own, which does not trust the tests'
    server."""
    with SmtpSink() as sink:
        yield sink


@pytest.fixture
def event_id(console: ServedConsole, sink: SmtpSink) -> int:
    """An event without an account, beside one that has one."""
    with console.installation.database.writing() as session:
        lender, _ = create_event(session, name="Beach Day", language="en")
        set_account(
            session, console.installation.seal, lender, username="thanks@gmail.com",
            server_address=sink.host, smtp_port=sink.port, security=Security.NONE,
            skip_auth=True, reach=ANYWHERE,
        )  # fmt: skip
        event, _ = create_event(session, name="Harbour Run", language="en")
        return event.id


@pytest.mark.parametrize(("size", "language"), SCREENS)
def test_an_account_is_chosen_and_the_event_is_live(
    page_at: PageAt,
    console: ServedConsole,
    event_id: int,
    size: tuple[int, int],
    language: str,
):
    title, field, use, told = SCREENS[size, language]
    page = page_at(size, language)
    sign_in(page, console)
    go(page, console, "account", title, event_id)
    button = page.get_by_role("button", name=use)
    expect(button).to_be_disabled()
    choose_first(page, field, allows=button)
    button.click()
    expect(page.get_by_text(told)).to_be_visible()
    with console.installation.database.reading() as session:
        chosen = session.get_one(Event, event_id)
        assert chosen.account_id is not None
        assert chosen.live_at is not None
