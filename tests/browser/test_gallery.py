"""The wall of designs in a real browser: by click, by keyboard, on a phone; files dropped."""

from playwright.sync_api import Page, expect

from shared.certificates.designs import designs
from shared.events.settings import create_event
from shared.rendering.gallery.catalogue import STYLES
from shared.rendering.gallery.logo_colours import colours_of
from shared.storage.models import Event, Picture
from tests.support import factories
from tests.support.browser import DESKTOP, PHONE, PageAt, drop
from tests.support.console_server import ServedConsole, console
from tests.support.logos import logo
from tests.support.organizers_steps import sign_in

__all__ = ["console"]


def opened(page: Page, console: ServedConsole) -> int:
    """A new event's certificate, with its wall of designs drawn."""
    with console.installation.database.writing() as session:
        event_id = create_event(session, name="Beach Day", language="en")[0].id
    sign_in(page, console)
    page.goto(f"{console.url}/certificate?event={event_id}")
    expect(page.locator(".wall [role=radio]")).to_have_count(len(STYLES), timeout=45_000)
    drawn(page)
    return event_id


def drawn(page: Page) -> None:
    """Every picture of the wall has come."""
    pictures = page.locator(".wall img")
    for picture in pictures.all():
        expect(picture).to_have_js_property("complete", True, timeout=30_000)
    assert pictures.evaluate_all("all => all.every(one => one.naturalWidth > 0)")


def stands(page: Page, design: str) -> None:
    """The design is chosen, and its sheet is there."""
    chosen = page.get_by_role("radio", name=design, exact=True)
    expect(chosen).to_have_attribute("aria-checked", "true")
    expect(page.locator(".editor .template")).to_have_js_property("complete", True, timeout=30_000)


def title_colour(console: ServedConsole, event_id: int) -> str:
    with console.installation.database.reading() as session:
        stored = session.get_one(Event, event_id).design
        return designs.layout_of(stored).field("title").color


def test_a_click_chooses_a_design_and_arrows_the_next(page_at: PageAt, console: ServedConsole):
    page = page_at(DESKTOP, "en")
    event_id = opened(page, console)
    page.get_by_role("radio", name="Waves", exact=True).click()
    stands(page, "Waves")
    wall, sheet = (page.locator(one).bounding_box() for one in (".wall", ".editor .sheet"))
    assert sheet["x"] > wall["x"] + wall["width"]
    assert title_colour(console, event_id) == "#0b5394"
    expect(page.get_by_text("Saved: Waves")).to_be_visible()
    page.get_by_role("radio", name="Waves", exact=True).focus()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("radio", name="Botanical", exact=True)).to_be_focused()
    expect(page.get_by_text("Saved: Botanical")).to_be_visible()
    stands(page, "Botanical")
    assert title_colour(console, event_id) == "#3c6e47"
    # One stop for Tab.
    assert page.locator(".wall [tabindex='0']").count() == 1


def test_a_design_is_chosen_on_a_phone(page_at: PageAt, console: ServedConsole):
    page = page_at(PHONE, "en")
    opened(page, console)
    first, second = (page.locator(".wall img").nth(n).bounding_box() for n in (0, 1))
    assert first["y"] == second["y"]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    page.get_by_role("radio", name="Botanical", exact=True).click()
    stands(page, "Botanical")
    wall, sheet = (page.locator(one).bounding_box() for one in (".wall", ".editor .sheet"))
    assert sheet["y"] > wall["y"]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_a_file_dropped_anywhere_on_the_screen_becomes_the_certificate(
    page_at: PageAt, console: ServedConsole
):
    page = page_at(DESKTOP, "en")
    event_id = opened(page, console)
    drop(page, "h1", "own.png", factories.small_picture())
    expect(page.locator(".editor .template")).to_have_js_property("complete", True, timeout=30_000)
    with console.installation.database.reading() as session:
        design = session.get_one(Event, event_id).design
        assert design.gallery is None
        assert session.get_one(Picture, design.template_sha256).width < 3508


def test_a_logo_dropped_on_its_button_makes_the_designs_ours(
    page_at: PageAt, console: ServedConsole
):
    page = page_at(DESKTOP, "en")
    event_id = opened(page, console)
    page.get_by_role("radio", name="Waves", exact=True).click()
    stands(page, "Waves")
    button = ".st-key-certificate-ours-button [data-testid=stFileUploaderDropzone]"
    drop(page, button, "logo.png", logo(3)[1])
    expect(page.locator(".box[data-id=logo]")).to_be_visible(timeout=30_000)
    with console.installation.database.reading() as session:
        made = session.get_one(Event, event_id).design.gallery
    assert (made["style"], made["main"], made["accent"]) == ("waves", *colours_of(logo(3)[1]))


def test_a_logo_dropped_beside_its_button_is_asked_about_and_one_click_makes_the_designs_ours(
    page_at: PageAt, console: ServedConsole
):
    page = page_at(DESKTOP, "en")
    event_id = opened(page, console)
    page.get_by_role("radio", name="Waves", exact=True).click()
    stands(page, "Waves")
    drop(page, "h1", "logo.png", logo(3)[1])
    expect(page.get_by_text("This looks like a logo.")).to_be_visible()
    expect(page.get_by_role("button", name="Use as the certificate")).to_be_visible()
    page.get_by_role("button", name="Use as our logo").click()
    expect(page.locator(".box[data-id=logo]")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("This looks like a logo.")).to_have_count(0)
    with console.installation.database.reading() as session:
        made = session.get_one(Event, event_id).design.gallery
    assert (made["style"], made["main"], made["accent"]) == ("waves", *colours_of(logo(3)[1]))
