"""An organizer who knows the names, in a browser: from the sign-in to the button that sends."""

import io
from pathlib import Path

from openpyxl import Workbook
from playwright.sync_api import Page, expect

from shared.rendering.sample import draw_sample_template
from tests.conftest import OWNER_TOKEN
from tests.support.organizers_steps import FIRST_PAGE

# What the person presses is counted by the browser itself, on every page that it opens.
COUNT_CLICKS = """
addEventListener("click", event => {
    if (event.isTrusted && event.detail > 0)
        localStorage.clicks = Number(localStorage.clicks || 0) + 1;
}, true);
"""


def files_of(people: int, folder: Path) -> tuple[Path, Path]:
    """The certificate's picture, and a spreadsheet with a title line, as organizers have them."""
    picture, sheet = folder / "certificate.png", folder / "volunteers.xlsx"
    picture.write_bytes(draw_sample_template("en"))
    book, content = Workbook(), io.BytesIO()
    book.active.append(["Volunteers of Beach Day"])
    book.active.append(["No.", "Name", "E-mail", "Team"])
    for number in range(people):
        book.active.append([number + 1, f"Ana {number}", f"v{number}@example.org", "Beach"])
    book.save(content)
    sheet.write_bytes(content.getvalue())
    return picture, sheet


def send_certificates(page: Page, address: str, files: tuple[Path, Path], people: int) -> int:
    """All that is pressed until so many certificates leave; the number of clicks."""
    picture, sheet = files
    page.add_init_script(COUNT_CLICKS)
    page.goto(address)
    page.get_by_label("Token").fill(OWNER_TOKEN)
    _press(page, "Sign in")
    title = page.get_by_test_id("stMain").get_by_role("heading").first
    expect(title).to_be_visible(timeout=FIRST_PAGE)
    _to(page, "Certificate")
    _upload(page, picture)
    page.locator(".placer .exact").wait_for()
    _to(page, "Names")
    page.get_by_text("We know the names: make and mail the certificates now").click()
    _press(page, "Save")
    page.get_by_text("Saved.").wait_for()
    _to(page, "Recipients")
    page.get_by_text("Upload a file").click()
    _upload(page, sheet)
    _press(page, "Check the list")
    _press(page, f"Add {people}")
    page.get_by_text(f"{people} volunteers were added.").wait_for()
    _to(page, "Send")
    _press(page, f"Send {people} certificates")
    # Nobody has said yet who thanks.
    _press(page, f"Yes, make and mail the certificates of {people} people")
    return int(page.evaluate("localStorage.clicks"))


def _to(page: Page, screen: str) -> None:
    page.get_by_test_id("stSidebar").get_by_role("link", name=screen, exact=True).click()
    expect(page.get_by_role("heading", name=screen, exact=True, level=1)).to_be_visible()


def _press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label).click()


def _upload(page: Page, file: Path) -> None:
    with page.expect_file_chooser() as chosen:
        page.get_by_test_id("stFileUploaderDropzone").locator("button").first.click()
    chosen.value.set_files(file)
