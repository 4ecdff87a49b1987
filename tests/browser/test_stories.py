"""Each of the three stories takes a few clicks, from *Sign in* on an empty installation.

A story ends with the button that sends to everybody. Counted is whatever the mouse presses:
buttons, links, choices, and what opens the choice of a file; not the file that is taken there, and
no field to write in, which the keyboard reaches.
"""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page
from sqlalchemy import func, select

from shared.storage.models import Naming, RehearsalMail, Status, Volunteer
from shared.worker.dispatcher import run_worker
from tests.support.browser import DESKTOP, PageAt
from tests.support.console_server import ServedConsole
from tests.support.stories import (
    begin_event,
    bring_list,
    bring_picture,
    choose_design,
    files_of,
    paste_list,
    send,
    send_certificates,
    site,
)

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
def test_known_names_are_mailed_certificates_in_12_clicks(
    page_at: PageAt, site: ServedConsole, tmp_path: Path
):
    page = page_at(DESKTOP, "en", apart=True, timezone_id="Europe/Berlin")
    clicks = send_certificates(page, site.url, files_of(PEOPLE, tmp_path), PEOPLE)
    assert clicks <= 12
    assert reached(page, site, Status.MAILED) == PEOPLE


@pytest.mark.usefixtures("worker")
def test_people_without_names_are_asked_in_10_clicks(page_at: PageAt, site: ServedConsole):
    page = page_at(DESKTOP, "en", apart=True, timezone_id="Europe/Berlin")
    begin_event(page, site.url, Naming.ASK)
    choose_design(page)
    paste_list(page, PEOPLE)
    assert send(page, f"Send {PEOPLE} invitations") <= 10
    assert reached(page, site, Status.INVITED) == PEOPLE


@pytest.mark.usefixtures("worker")
def test_people_check_their_names_first_in_12_clicks(
    page_at: PageAt, site: ServedConsole, tmp_path: Path
):
    page = page_at(DESKTOP, "en", apart=True, timezone_id="Europe/Berlin")
    begin_event(page, site.url, Naming.CHECK)
    picture, sheet = files_of(PEOPLE, tmp_path)
    bring_picture(page, picture)
    bring_list(page, sheet, PEOPLE)
    assert send(page, f"Send {PEOPLE} invitations") <= 12
    assert reached(page, site, Status.INVITED) == PEOPLE


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
