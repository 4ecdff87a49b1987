"""The three stories by the clock: from an empty installation to 300 mails in the mailbox.

A story runs from the click on *Sign in*, in a real Chromium, until the last mail lies in the
rehearsal mailbox. `python -m tests.benchmarks stories` prints clicks and time of each.
"""

import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import sync_playwright
from sqlalchemy import func, select

from shared.events.installation import Installation
from shared.storage.models import RehearsalMail
from shared.worker.dispatcher import run_worker
from tests.benchmarks.table import Line
from tests.support.browser import CHROMIUM, DESKTOP, QUIET
from tests.support.stories import STORIES, files_of, served_site

PEOPLE = 300
MOST_SECONDS = 90


def measure() -> list[Line]:
    return [_measured(play, most_clicks) for play, most_clicks, _ in STORIES]


def _measured(play: Callable[..., int], most_clicks: int) -> Line:
    """A story on an installation of its own."""
    with tempfile.TemporaryDirectory() as name, served_site(Path(name)) as site:
        stop = threading.Event()
        worker = threading.Thread(target=run_worker, args=(site.installation, stop))
        worker.start()
        try:
            clicks, seconds = _played(play, site.installation, site.url, Path(name))
        finally:
            stop.set()
            worker.join()
    title = f"{play.__name__.replace('_', ' ').capitalize()}: {PEOPLE} people, {clicks} clicks"
    target = f"< {MOST_SECONDS} s, ≤ {most_clicks} clicks"
    is_good = clicks <= most_clicks and seconds < MOST_SECONDS
    return Line(title, 1000 * seconds, None, target, is_good)


def _played(
    play: Callable[..., int], installation: Installation, address: str, folder: Path
) -> tuple[int, float]:
    """Clicks, and the seconds that all of it takes."""
    files = files_of(PEOPLE, folder)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=QUIET, chromium_sandbox=False
        )
        page = browser.new_page(
            viewport={"width": DESKTOP[0], "height": DESKTOP[1]},
            locale="en-GB",
            timezone_id="Europe/Berlin",
        )
        page.set_default_timeout(60_000)
        began = time.monotonic()
        clicks = play(page, address, files, PEOPLE)
        while _mails(installation) < PEOPLE and time.monotonic() - began < 2 * MOST_SECONDS:
            page.wait_for_timeout(250)
        seconds = time.monotonic() - began
        browser.close()
    return clicks, seconds


def _mails(installation: Installation) -> int:
    with installation.database.reading() as session:
        return session.scalar(select(func.count()).select_from(RehearsalMail)) or 0
