"""What is pressed while mails leave is carried out: a button stays the same when its number
changes."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select, update

from shared import events
from shared.events.settings import create_event
from shared.storage.models import Event, Mail, MailState, Sending, Volunteer
from tests.support import factories
from tests.support.browser import DESKTOP, PageAt
from tests.support.console_server import ServedConsole, console
from tests.support.mailing import invite as queue_invitations
from tests.support.mailing import send_through, wait_until, working
from tests.support.organizers_steps import go, sign_in
from tests.support.smtp_sink import SmtpSink, Step

__all__ = ["console"]

# Seconds between mails: the screen, refreshed every second, always has another number.
PACE = 0.4
MANY = 300


@pytest.fixture
def desktop(page_at: PageAt, console: ServedConsole) -> Page:
    page = page_at(DESKTOP, "en")
    sign_in(page, console)
    return page


@pytest.fixture
def sink() -> Iterator[SmtpSink]:
    """Refuses every second mail."""
    with SmtpSink(script=refuse_every_second) as server:
        yield server


def refuse_every_second(step: Step) -> str | None:
    number = re.match(r"v(\d+)@", step.recipient)
    is_refused = step.phase == "rcpt" and number and int(number[1]) % 2
    return "550 5.1.1 User unknown" if is_refused else None


@pytest.fixture
def leaving(console: ServedConsole, sink: SmtpSink) -> Iterator[int]:
    """An event whose invitations leave one after another."""
    with console.installation.database.writing() as session:
        event, _ = create_event(session, name="Beach Day", language="en")
        send_through(session, event, sink, min_second=PACE, max_second=PACE)
    factories.design(console.installation.database, event.id)
    queue_invitations(console.installation, event.id, MANY)
    with working(console.installation):
        yield event.id
        with console.installation.database.writing() as session:
            events.event_for_change(session, event.id).sending = Sending.STOPPED


def count(console: ServedConsole, event_id: int, *states: MailState) -> int:
    found = select(func.count()).where(Mail.event_id == event_id, Mail.state.in_(states))
    with console.installation.database.reading() as session:
        return session.scalars(found).one()


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=re.compile(label)).click()


def test_taking_back_is_done_while_mails_leave_and_certificates_go_on(
    desktop: Page, console: ServedConsole, leaving: int
):
    go(desktop, console, "send", "Send", leaving)
    wait_until(lambda: count(console, leaving, MailState.SENT) > 2)
    press(desktop, r"^Take back \d+ invitations")
    press(desktop, r"Yes, take back \d+ invitations")
    wait_until(lambda: count(console, leaving, MailState.CANCELLED) > MANY // 2)
    wait_until(lambda: not count(console, leaving, MailState.QUEUED, MailState.SENDING))
    expect(desktop.get_by_role("button", name="Take back")).to_have_count(0)
    with console.installation.database.reading() as session:
        assert session.get_one(Event, leaving).sending is Sending.RUNNING


def test_all_that_failed_is_retried_while_more_fails(
    desktop: Page, console: ServedConsole, leaving: int
):
    go(desktop, console, "send", "Send", leaving)
    wait_until(lambda: count(console, leaving, MailState.FAILED) > 2)
    press(desktop, "Retry \\d+ failed mails")
    # Behind all that have not been tried yet.
    wait_until(lambda: of_the_first_refused(console, leaving) == (MailState.QUEUED, 1))


def of_the_first_refused(console: ServedConsole, event_id: int) -> tuple[MailState, int]:
    """The state of the mail to v1, and how often it was tried."""
    found = select(Mail.state, Mail.tries).join(Mail.volunteer).where(Mail.event_id == event_id)
    with console.installation.database.reading() as session:
        state, tries = session.execute(found.where(Volunteer.email == "v1@example.org")).one()
        return state, tries


def test_what_is_unsure_is_sent_again_while_other_mails_leave(
    desktop: Page, console: ServedConsole, leaving: int
):
    with console.installation.database.writing() as session:
        last = select(Mail.id).where(Mail.event_id == leaving).order_by(Mail.id.desc()).limit(3)
        session.execute(update(Mail).where(Mail.id.in_(last)).values(state=MailState.UNSURE))
    go(desktop, console, "send", "Send", leaving)
    desktop.get_by_text("Yes, for all 3 unknown").click()
    press(desktop, r"Send 3 again")
    wait_until(lambda: not count(console, leaving, MailState.UNSURE))
