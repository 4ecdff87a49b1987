"""What organizers press, in a browser: from the sign-in to the button that sends."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Locator, Page

from shared.storage.models import Naming, Status
from tests.conftest import OWNER_TOKEN
from tests.support.console_server import ServedConsole, free_port, served_console, usual_port
from tests.support.factories import sample_picture

# What the person presses is counted by the browser itself, on every page that it opens.
COUNT_CLICKS = """
addEventListener("click", event => {
    if (event.isTrusted && event.detail > 0)
        localStorage.clicks = Number(localStorage.clicks || 0) + 1;
}, true);
"""


@contextmanager
def served_site(folder: Path, path: str = "") -> Iterator[ServedConsole]:
    """A console beside the page that links lead to, under a `path` like /certs: a page that does
    not answer is a doubt, which takes one more click."""
    port = usual_port()
    address = f"http://127.0.0.1:{port}{path}"
    settings = {
        "api_port": str(port), "console_port": str(free_port()), "public_url": address,
        "console_url": f"{address}/console",
    }  # fmt: skip
    with served_console(folder, "web", **settings) as served:
        yield served


@pytest.fixture(scope="module")
def site(migrated_folder: Path) -> Iterator[ServedConsole]:
    with served_site(migrated_folder) as served:
        yield served


def files_of(people: int, folder: Path) -> tuple[Path, Path]:
    """The certificate's picture, and a spreadsheet with a title line and two lines of heads."""
    picture, sheet = folder / "certificate.png", folder / "volunteers.xlsx"
    picture.write_bytes(sample_picture(1754))
    book, content = Workbook(), io.BytesIO()
    book.active.append(["Volunteers of Beach Day"])
    book.active.append(["Who", "", "", "Where"])
    book.active.append(["No.", "Name", "E-mail", "Team"])
    for number in range(people):
        book.active.append([number + 1, f"Ana {number}", f"v{number}@example.org", "Beach"])
    book.save(content)
    sheet.write_bytes(content.getvalue())
    return picture, sheet


def send_certificates(page: Page, address: str, files: tuple[Path, Path], people: int) -> int:
    """Play the story of known names until their certificates are sent; return the clicks."""
    picture, sheet = files
    begin_event(page, address, Naming.ISSUE)
    bring_picture(page, picture)
    bring_list(page, sheet, people)
    return send(page, f"Send {people} certificates")


def ask_for_names(page: Page, address: str, files: tuple[Path, Path], people: int) -> int:
    """Play the story of bare addresses, with a design of ours; return the clicks."""
    begin_event(page, address, Naming.ASK)
    choose_design(page)
    paste_list(page, people)
    return send(page, f"Send {people} invitations")


def let_names_be_checked(page: Page, address: str, files: tuple[Path, Path], people: int) -> int:
    """Play the story of names that people check first; return the clicks."""
    picture, sheet = files
    begin_event(page, address, Naming.CHECK)
    bring_picture(page, picture)
    bring_list(page, sheet, people)
    return send(page, f"Send {people} invitations")


# Each story with the most clicks that it may take, and the status that its people reach.
STORIES = (
    (send_certificates, 12, Status.MAILED),
    (ask_for_names, 10, Status.INVITED),
    (let_names_be_checked, 12, Status.INVITED),
)


def begin_event(page: Page, address: str, naming: Naming) -> None:
    """From the sign-in to the certificate of a new event."""
    page.add_init_script(COUNT_CLICKS)
    page.goto(address)
    page.get_by_label("Token").fill(OWNER_TOKEN)
    _press(page, "Sign in")
    # On an empty installation it is the first thing that is offered.
    _press(page, re.compile("New event|Make your first certificate"))
    window = page.get_by_role("dialog")
    window.get_by_label("Event name (printed on the certificate)").fill("Beach Day")
    window.get_by_label("Your organization").fill("Harbour Friends")
    # The first is chosen already.
    if place := list(Naming).index(naming):
        window.get_by_test_id("stRadioOption").nth(place).click()
    _press(page, "Create the event")


def bring_picture(page: Page, picture: Path) -> None:
    """One's own certificate, and on to the list."""
    _upload(page, page.locator("[class*=takes-drops]"), picture)
    _go_on_to_the_list(page)


def choose_design(page: Page) -> None:
    """One of ours, and on to the list."""
    page.get_by_role("radio", name="Waves").click()
    _go_on_to_the_list(page)


def _go_on_to_the_list(page: Page) -> None:
    page.locator(".editor .template").wait_for()
    page.get_by_role("link", name="Next: volunteers").click()


def bring_list(page: Page, sheet: Path, people: int) -> None:
    window = page.get_by_role("dialog")
    window.get_by_text("Upload a file").click()
    _upload(page, window, sheet)
    _add(page, people)


def paste_list(page: Page, people: int) -> None:
    """Addresses alone."""
    pasted = page.get_by_role("dialog").get_by_role("textbox")
    pasted.fill("\n".join(f"v{number}@example.org" for number in range(people)))
    _press(page, "Check the list")
    _add(page, people)


def _add(page: Page, people: int) -> None:
    _press(page, f"Add {people}")
    page.get_by_text(f"{people} volunteers were added.").wait_for()


def send(page: Page, label: str) -> int:
    """Press what sends; the number of clicks since the beginning."""
    page.get_by_role("link", name="Next: send").click()
    _press(page, label)
    return int(page.evaluate("localStorage.clicks"))


def _press(page: Page, label: str | re.Pattern[str]) -> None:
    page.get_by_role("button", name=label).click()


def _upload(page: Page, within: Locator, file: Path) -> None:
    with page.expect_file_chooser() as chosen:
        within.locator("[data-testid=stFileUploaderDropzone] button:visible").first.click()
    chosen.value.set_files(file)
