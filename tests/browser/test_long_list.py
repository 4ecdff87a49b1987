"""A long list is stored to its end, wherever its organizer goes meanwhile, and every screen of the
event says how far it is."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import func, select, update

from shared import events
from shared.events.settings import create_event
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

# Enough for several turns between which others write.
PEOPLE = 6_000


@pytest.fixture
def event_id(console: ServedConsole) -> int:
    with console.installation.database.writing() as session:
        return create_event(session, name="Beach Day", language="en")[0].id


@pytest.fixture
def while_storing(
    page_at: PageAt, console: ServedConsole, event_id: int, tmp_path: Path
) -> Iterator[tuple[Page, threading.Event]]:
    """The screen on which the list has begun to be stored, and what ends the writing of others."""
    file = tmp_path / "volunteers.csv"
    file.write_text("E-mail\n" + "\n".join(f"v{n}@example.org" for n in range(PEOPLE)))
    page = page_at(DESKTOP, "en")
    sign_in(page, console)
    go(page, console, "recipients", "Volunteers", event_id)
    page.get_by_text("Upload a file").click()
    page.get_by_role("dialog").locator("input[type=file]").set_input_files(file)
    page.get_by_text("1 column read").wait_for()
    page.get_by_role("button", name="Check the list").click()
    add = page.get_by_role("button", name=f"Add {PEOPLE:,}")
    # A busy machine takes its time to look through the list.
    expect(add).to_be_visible(timeout=60_000)
    with others_write(console) as is_over:
        add.click()
        page.get_by_text("Saving the list").wait_for()
        yield page, is_over


def test_every_screen_shows_in_its_foot_how_far_the_list_is(
    while_storing: tuple[Page, threading.Event], console: ServedConsole, event_id: int
):
    page, others_are_over = while_storing
    moves(foot(page))
    other = page.context.new_page()
    go(other, console, "messages", "Mail texts", event_id)
    moves(foot(other))
    others_are_over.set()
    wait_until(lambda: people_on_the_list(console, event_id) == PEOPLE, 60)
    expect(foot(other)).to_have_count(0, timeout=20_000)


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
    told = page.get_by_test_id("stBottom").get_by_text("1 mail left")
    expect(told).to_be_visible(timeout=FIRST_PAGE)


@pytest.mark.parametrize("leaves", ["closes", "reloads"])
def test_who_leaves_at_once_has_the_whole_list_and_its_result_waits_on_the_overview(
    while_storing: tuple[Page, threading.Event],
    console: ServedConsole,
    event_id: int,
    leaves: str,
):
    page, others_are_over = while_storing
    context = page.context
    page.reload() if leaves == "reloads" else page.close()
    assert people_on_the_list(console, event_id) < PEOPLE
    others_are_over.set()
    wait_until(lambda: people_on_the_list(console, event_id) == PEOPLE, 60)
    page = context.new_page()
    go(page, console, "overview", "Beach Day", event_id)
    told = page.get_by_text(f"{PEOPLE:,} volunteers were added.")
    expect(told.first).to_be_visible(timeout=20_000)


def test_the_numbers_move_while_invitations_are_queued_and_what_is_typed_meanwhile_stays(
    page_at: PageAt, console: ServedConsole, event_id: int
):
    factories.design(console.installation.database, event_id)
    crowd(
        console.installation.database, PEOPLE, queued=False, event_id=event_id,
        more=lambda place: {"status": Status.NEW if place else Status.INVITED},
    )  # fmt: skip
    page = page_at(DESKTOP, "en")
    sign_in(page, console)
    go(page, console, "send", "Send", event_id)
    page.get_by_text("Remind those who have not entered their name").click()
    page.get_by_role("button", name=f"Send {PEOPLE - 1:,}").click()
    with others_write(console):
        page.get_by_role("button", name="Yes, send their personal links").click()
        expect(page.get_by_role("dialog")).to_have_count(0)
        days = page.get_by_label("Fewest days since last mail")
        days.press_sequentially("4")
        moves(page.locator(".st-key-send-progress").get_by_text("Invitations left"))
        expect(days).to_be_focused()
        assert "4" in days.input_value()


def test_the_numbers_behind_a_window_move_while_the_rehearsal_is_forgotten(
    page_at: PageAt, console: ServedConsole, event_id: int
):
    database = console.installation.database
    factories.design(database, event_id)
    crowd(database, PEOPLE, event_id=event_id, more=lambda _: {"status": Status.INVITED})
    with database.writing() as session:
        of_event = update(Mail).where(Mail.event_id == event_id)
        session.execute(of_event.values(state=MailState.SENT))
    add_account(database, event_id)
    page = page_at(DESKTOP, "en")
    sign_in(page, console)
    go(page, console, "send", "Send", event_id)
    page.get_by_role("button", name="Begin for real").click()
    with others_write(console):
        page.get_by_role("button", name="Delete rehearsal and begin").click()
        moves(page.get_by_text("mails sent").first)


def foot(page: Page) -> Locator:
    return page.get_by_test_id("stBottom").get_by_text("Saving the list")


def moves(place: Locator) -> None:
    """The number there is one between the first and the last of the work."""
    ends = "0", "1", f"{PEOPLE - 1:,}", f"{PEOPLE:,}"
    between = rf"(?<![\d,])(?!(?:{'|'.join(ends)})\b)[\d,]+"
    # While a busy browser draws it anew, it can be there twice.
    expect(place.first).to_have_text(re.compile(between), timeout=60_000)


@contextmanager
def others_write(console: ServedConsole) -> Iterator[threading.Event]:
    """Meanwhile, or until what it gives is set, a turn of a job waits for other writers, so that
    the job goes on until the browser has shown it, however busy the machine is."""
    is_over = threading.Event()

    def write() -> None:
        while not is_over.wait(0.05):
            with console.installation.database.writing() as session:
                session.connection()
                is_over.wait(0.5)

    others = threading.Thread(target=write)
    others.start()
    try:
        yield is_over
    finally:
        is_over.set()
        others.join()


def people_on_the_list(console: ServedConsole, event_id: int) -> int:
    on_the_list = select(func.count()).where(Volunteer.event_id == event_id)
    with console.installation.database.reading() as session:
        return session.scalars(on_the_list).one()
