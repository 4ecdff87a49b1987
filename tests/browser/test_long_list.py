"""Work on a long list goes on to its end, wherever its organizer goes meanwhile, and the numbers on
its screen follow it."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import func, select, update

from shared import events
from shared.privacy.deletion import delete_event
from shared.storage.models import Mail, MailState, Status, Volunteer
from tests.support import factories
from tests.support.acting import queue_invitations
from tests.support.browser import DESKTOP, PageAt
from tests.support.console_server import ServedConsole, console
from tests.support.crowds import crowd
from tests.support.mailing import wait_until
from tests.support.organizers_steps import FIRST_PAGE, go, sign_in
from tests.support.sending_steps import add_account

__all__ = ["console"]

# Stored in several turns, which take some seconds in all.
PEOPLE = 20_000
# Enough for several turns between which others write.
FEWER = 6_000


@pytest.fixture
def event_id(console: ServedConsole) -> int:
    with console.installation.database.writing() as session:
        return events.create_event(session, name="Beach Day", language="en")[0].id


@pytest.fixture
def while_storing(page_at: PageAt, console: ServedConsole, event_id: int, tmp_path: Path) -> Page:
    """The screen on which the list has begun to be stored."""
    file = tmp_path / "volunteers.csv"
    file.write_text("E-mail\n" + "\n".join(f"v{n}@example.org" for n in range(PEOPLE)))
    page = page_at(DESKTOP, "en")
    sign_in(page, console)
    go(page, console, "recipients", "Volunteers", event_id)
    page.get_by_text("Upload a file").click()
    page.get_by_role("dialog").locator("input[type=file]").set_input_files(file)
    page.get_by_role("heading", name="Columns of the list").wait_for()
    page.get_by_role("button", name="Check the list").click()
    # A busy machine takes its time to look through the list.
    page.get_by_role("button", name=f"Add {PEOPLE:,}").click(timeout=60_000)
    page.get_by_text("The list is being stored").wait_for()
    return page


def test_who_goes_to_another_screen_has_the_whole_list_soon_and_is_told_so_once(
    while_storing: Page, console: ServedConsole, event_id: int
):
    look_at(while_storing, "My sign-ins", "My sign-ins")
    wait_until(lambda: people_on_the_list(console, event_id) == PEOPLE, 60)
    look_until_told(while_storing, f"{PEOPLE:,} volunteers were added.")
    while_storing.wait_for_timeout(5_000)
    look_at(while_storing, "My sign-ins", "My sign-ins")
    expect(while_storing.get_by_test_id("stToast")).to_have_count(0)


def test_every_screen_shows_in_its_foot_how_far_the_list_is(
    while_storing: Page, console: ServedConsole, event_id: int
):
    other = while_storing.context.new_page()
    go(other, console, "messages", "Mail texts", event_id)
    for page in (other, while_storing):
        foot = page.get_by_test_id("stBottom")
        expect(foot.get_by_text(re.compile(r"The list is being stored … \d+%"))).to_be_visible()
    expect(while_storing.get_by_text(f"{PEOPLE:,} volunteers were added.")).to_be_visible()
    expect(other.get_by_test_id("stProgress")).to_have_count(0)


def test_a_screen_that_was_open_before_shows_what_begins(
    page_at: PageAt, console: ServedConsole, event_id: int
):
    page = page_at(DESKTOP, "en")
    sign_in(page, console)
    go(page, console, "messages", "Mail texts", event_id)
    expect(page.get_by_test_id("stProgress")).to_have_count(0)
    factories.design(console.installation.database, event_id)
    factories.add(console.installation.database, event_id, "ana@example.org")
    with console.installation.database.writing() as session:
        event = events.event_for_change(session, event_id)
        queue_invitations(session, console.installation.seal, event)
    told = page.get_by_test_id("stBottom").get_by_text("1 mail to go")
    expect(told).to_be_visible(timeout=FIRST_PAGE)


def test_who_closes_the_page_has_the_whole_list_later_and_is_told_so_on_the_next_one(
    while_storing: Page, console: ServedConsole, event_id: int
):
    context = while_storing.context
    while_storing.close()
    wait_until(lambda: people_on_the_list(console, event_id) == PEOPLE, 60)
    page = context.new_page()
    go(page, console, "volunteers", "Volunteers", event_id)
    look_until_told(page, f"{PEOPLE:,} volunteers were added.")


def test_who_went_to_another_screen_is_told_why_the_list_was_not_stored(
    while_storing: Page, console: ServedConsole, event_id: int
):
    with others_write(console):
        look_at(while_storing, "My sign-ins", "My sign-ins")
        with console.installation.database.writing() as session:
            delete_event(session, events.event_for_change(session, event_id), "Beach Day")
    look_until_told(while_storing, "There is no such event.")


def test_how_far_it_is_grows_at_the_foot_of_this_screen_and_of_others_while_a_list_is_added(
    while_storing: Page, console: ServedConsole
):
    told = while_storing.get_by_test_id("stBottom").get_by_text("The list is being stored")
    with others_write(console):
        moves(told)
        look_at(while_storing, "Messages", "Mail texts")
        before = told.inner_text()
        expect(told).not_to_have_text(before, timeout=60_000)
        expect(told).to_be_visible()


def test_the_numbers_move_while_invitations_are_queued_and_what_is_typed_meanwhile_stays(
    page_at: PageAt, console: ServedConsole, event_id: int
):
    factories.design(console.installation.database, event_id)
    crowd(
        console.installation.database, FEWER, queued=False, event_id=event_id,
        more=lambda place: {"status": Status.NEW if place else Status.INVITED},
    )  # fmt: skip
    page = page_at(DESKTOP, "en")
    sign_in(page, console)
    go(page, console, "send", "Send", event_id)
    page.get_by_text("Remind those who have not entered their name").click()
    page.get_by_role("button", name=f"Send {FEWER - 1:,}").click()
    with others_write(console):
        page.get_by_role("button", name="Yes, send their personal links").click()
        expect(page.get_by_role("dialog")).to_have_count(0)
        days = page.get_by_label("Days since the last mail at least")
        days.press_sequentially("4")
        moves(page.locator(".st-key-send-progress").get_by_text("Invitations to go"))
        expect(days).to_be_focused()
        assert "4" in days.input_value()


def test_the_numbers_behind_a_window_move_while_the_rehearsal_is_forgotten(
    page_at: PageAt, console: ServedConsole, event_id: int
):
    database = console.installation.database
    factories.design(database, event_id)
    crowd(database, FEWER, event_id=event_id, more=lambda _: {"status": Status.INVITED})
    with database.writing() as session:
        of_event = update(Mail).where(Mail.event_id == event_id)
        session.execute(of_event.values(state=MailState.SENT))
    add_account(database, event_id)
    page = page_at(DESKTOP, "en")
    sign_in(page, console)
    go(page, console, "send", "Send", event_id)
    page.get_by_role("button", name="Begin for real").click()
    with others_write(console):
        page.get_by_role("button", name="Forget the rehearsal and begin").click()
        moves(page.get_by_text("mails have left").first)


def moves(place: Locator) -> None:
    """The number there is one between the first and the last of the work."""
    ends = "0", "1", f"{FEWER:,}", f"{FEWER - 1:,}", f"{PEOPLE:,}"
    between = rf"(?<![\d,])(?!(?:{'|'.join(ends)})\b)[\d,]+"
    expect(place).to_have_text(re.compile(between), timeout=60_000)


@contextmanager
def others_write(console: ServedConsole) -> Iterator[None]:
    """Meanwhile a turn of a long work waits for other writers, and so the work takes its time."""
    is_over = threading.Event()

    def write() -> None:
        while not is_over.wait(0.05):
            with console.installation.database.writing() as session:
                session.connection()
                is_over.wait(0.2)

    others = threading.Thread(target=write)
    others.start()
    try:
        yield
    finally:
        is_over.set()
        others.join()


def look_at(page: Page, link: str, title: str) -> None:
    page.get_by_test_id("stSidebar").get_by_role("link", name=link, exact=True).click()
    expect(page.get_by_role("heading", name=title, exact=True, level=1)).to_be_visible()


def look_until_told(page: Page, sentence: str) -> None:
    """Look at one screen after the other: the work may end a moment later than its last row."""
    toast = page.get_by_test_id("stToast").get_by_text(sentence)
    for link, title in [("All events", "Events"), ("My sign-ins", "My sign-ins")] * 10:
        look_at(page, link, title)
        page.wait_for_timeout(500)
        if toast.is_visible():
            return
    raise AssertionError(f"nobody was told: {sentence}")


def people_on_the_list(console: ServedConsole, event_id: int) -> int:
    on_the_list = select(func.count()).where(Volunteer.event_id == event_id)
    with console.installation.database.reading() as session:
        return session.scalars(on_the_list).one()
