"""With known names, certificates are mailed in a few clicks."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from shared.storage.models import RehearsalMail, Status, Volunteer
from shared.worker.dispatcher import run_worker
from tests.support.browser import DESKTOP, PageAt
from tests.support.console_server import ServedConsole, console
from tests.support.known_names_story import files_of, send_certificates

__all__ = ["console"]

# `make bench` times it with 300.
PEOPLE = 20
MOST_CLICKS = 12


@pytest.fixture
def worker(console: ServedConsole) -> Iterator[None]:
    stop = threading.Event()
    thread = threading.Thread(target=run_worker, args=(console.installation, stop))
    thread.start()
    yield
    stop.set()
    thread.join()


@pytest.mark.usefixtures("worker")
def test_known_names_are_mailed_certificates_in_12_clicks(
    page_at: PageAt, console: ServedConsole, tmp_path: Path
):
    page = page_at(DESKTOP, "en")
    clicks = send_certificates(page, console.url, files_of(PEOPLE, tmp_path), PEOPLE)
    assert clicks <= MOST_CLICKS
    statuses: list[Status] = []
    while statuses != [Status.MAILED] * PEOPLE:
        page.wait_for_timeout(250)
        with console.installation.database.reading() as session:
            statuses = list(session.scalars(select(Volunteer.status)))
            mails = session.scalar(select(func.count()).select_from(RehearsalMail))
    assert mails == PEOPLE
