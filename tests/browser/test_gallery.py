"""The gallery of designs in a real browser: on a phone, by keyboard alone."""

import re

from playwright.sync_api import Page, expect

from shared.certificates.designs import designs
from shared.events import create_event
from shared.rendering.gallery.catalogue import STYLES
from shared.storage.models import Event
from tests.conftest import OWNER_TOKEN
from tests.support.browser import PHONE, PageAt
from tests.support.console_server import ServedConsole, console

__all__ = ["console"]


def press(page: Page, name: str) -> None:
    """By keyboard."""
    button = page.get_by_role("button", name=name, exact=True)
    expect(button).to_be_enabled(timeout=30_000)
    button.focus()
    page.keyboard.press("Enter")


def drawn(page: Page) -> None:
    """Every picture of the gallery has come."""
    pictures = page.locator("img.certificate")
    expect(pictures).to_have_count(len(STYLES) + 1, timeout=30_000)
    for picture in pictures.all():
        expect(picture).to_have_js_property("complete", True, timeout=30_000)
    assert pictures.evaluate_all("all => all.every(one => one.naturalWidth > 0)")


def test_a_design_is_chosen_on_a_phone_by_keyboard(page_at: PageAt, console: ServedConsole):
    with console.installation.database.writing() as session:
        event_id = create_event(session, name="Beach Day", language="en")[0].id
    page = page_at(PHONE, "en")
    page.goto(f"{console.url}/certificate?event={event_id}")
    page.get_by_label("Token").fill(OWNER_TOKEN)
    page.get_by_role("button").click()
    press(page, "Choose a design")
    drawn(page)
    first, second = (page.locator("img.certificate").nth(n).bounding_box() for n in (0, 1))
    assert first["y"] == second["y"]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    before = page.get_by_alt_text("Preview of the certificate").get_attribute("src")
    press(page, "Botanical")
    preview = page.get_by_alt_text("Preview of the certificate")
    expect(preview).not_to_have_attribute("src", before, timeout=30_000)
    drawn(page)
    press(page, "Use this")
    expect(page.locator(".placer .exact")).to_have_js_property("complete", True, timeout=30_000)
    expect(page.get_by_text(re.compile("The design is in place"))).to_be_visible()
    with console.installation.database.reading() as session:
        layout = designs.layout_of(session.get_one(Event, event_id).design)
    assert layout.field("title").color == "#3c6e47"
