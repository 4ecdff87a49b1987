"""With known names, certificates are mailed in a few clicks."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from shared.storage.models import RehearsalMail, Status, Volunteer
from shared.worker.dispatcher import run_worker
from tests.support.browser import DESKTOP, PageAt
from tests.support.console_server import ServedConsole
from tests.support.known_names_story import files_of, send_certificates, served_site

# `make bench` times it with 300.
PEOPLE = 20
MOST_CLICKS = 12


@pytest.fixture(scope="module")
def site(
    tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path
) -> Iterator[ServedConsole]:
    folder = tmp_path_factory.mktemp("site")
    shutil.copyfile(migrated_sqlite, folder / "certs.sqlite3")
    with served_site(folder) as served:
        yield served


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
    page = page_at(DESKTOP, "en")
    clicks = send_certificates(page, site.url, files_of(PEOPLE, tmp_path), PEOPLE)
    assert clicks <= MOST_CLICKS
    statuses: list[Status] = []
    while statuses != [Status.MAILED] * PEOPLE:
        page.wait_for_timeout(250)
        with site.installation.database.reading() as session:
            statuses = list(session.scalars(select(Volunteer.status)))
            mails = session.scalar(select(func.count()).select_from(RehearsalMail))
    assert mails == PEOPLE
