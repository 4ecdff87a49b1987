"""A long list that is being stored is stored to its end, wherever its organizer goes meanwhile."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from shared import events
from shared.storage.models import Volunteer
from tests.support.browser import DESKTOP, PageAt
from tests.support.console_server import ServedConsole, console
from tests.support.mailing import wait_until
from tests.support.organizers_steps import go, sign_in

__all__ = ["console"]

# Stored in several turns, which take some seconds in all.
PEOPLE = 20_000


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
    go(page, console, "recipients", "Recipients", event_id)
    page.get_by_text("Upload a file").click()
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("heading", name="Columns of the list").wait_for()
    page.get_by_role("button", name="Check the list").click()
    # A busy machine takes its time to look through the list.
    page.get_by_role("button", name=f"Add {PEOPLE:,}").click(timeout=60_000)
    page.get_by_text("The list is being stored").wait_for()
    return page


def test_who_goes_to_another_screen_has_the_whole_list_soon(
    while_storing: Page, console: ServedConsole, event_id: int
):
    while_storing.get_by_test_id("stSidebar").get_by_role("link", name="Names", exact=True).click()
    title = while_storing.get_by_role("heading", name="Names", exact=True, level=1)
    expect(title).to_be_visible()
    wait_until(lambda: people_on_the_list(console, event_id) == PEOPLE, 60)


def test_who_closes_the_browser_has_the_whole_list_later(
    while_storing: Page, console: ServedConsole, event_id: int
):
    while_storing.close()
    wait_until(lambda: people_on_the_list(console, event_id) == PEOPLE, 60)


def people_on_the_list(console: ServedConsole, event_id: int) -> int:
    on_the_list = select(func.count()).where(Volunteer.event_id == event_id)
    with console.installation.database.reading() as session:
        return session.scalars(on_the_list).one()
