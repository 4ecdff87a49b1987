"""Each of the three stories takes a few clicks, from *Sign in* on an empty installation.

A story ends with the button that sends to everybody. Counted is whatever the mouse presses:
buttons, links, choices, and what opens the choice of a file; not the file that is taken there, and
no field to write in, which the keyboard reaches.
"""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page
from sqlalchemy import func, select

from shared.storage.models import RehearsalMail, Status, Volunteer
from shared.worker.dispatcher import run_worker
from tests.support.browser import DESKTOP, PageAt
from tests.support.console_server import ServedConsole
from tests.support.stories import STORIES, files_of, site

__all__ = ["site"]

# `make bench` times it with 300.
PEOPLE = 20


@pytest.fixture
def worker(site: ServedConsole) -> Iterator[None]:
    stop = threading.Event()
    thread = threading.Thread(target=run_worker, args=(site.installation, stop))
    thread.start()
    yield
    stop.set()
    thread.join()


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize(("play", "most_clicks", "status"), STORIES)
def test_a_story_reaches_everybody_in_few_clicks(
    page_at: PageAt, site: ServedConsole, tmp_path: Path,
    play: Callable[..., int], most_clicks: int, status: Status,
):  # fmt: skip
    page = page_at(DESKTOP, "en", apart=True, timezone_id="Europe/Berlin")
    assert play(page, site.url, files_of(PEOPLE, tmp_path), PEOPLE) <= most_clicks
    assert reached(page, site, status) == PEOPLE


def reached(page: Page, site: ServedConsole, status: Status) -> int:
    """How many mails were sent for the newest event, once all of its people are that far."""
    newest = select(func.max(Volunteer.event_id)).scalar_subquery()
    statuses: list[Status] = []
    while statuses != [status] * PEOPLE:
        page.wait_for_timeout(250)
        with site.installation.database.reading() as session:
            statuses = list(
                session.scalars(select(Volunteer.status).where(Volunteer.event_id == newest))
            )
            mails = session.scalar(select(func.count()).where(RehearsalMail.event_id == newest))
    return mails
