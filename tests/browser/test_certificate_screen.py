"""The certificate's screen in a real browser: two tabs, undo, guides, and what is said."""

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from api.app import new_server
from shared.certificates.designs import designs
from shared.events import create_event
from shared.rendering.layout import Layout
from shared.storage.models import Event
from tests.support import factories
from tests.support.browser import DESKTOP, PageAt
from tests.support.console_server import ServedConsole, console
from tests.support.mailing import wait_until
from tests.support.organizers_steps import sign_in

__all__ = ["console"]


@pytest.fixture
def event(console: ServedConsole) -> int:
    """An event of its own for each test, with a certificate."""
    with console.installation.database.writing() as session:
        event, _ = create_event(session, name="Beach Day", language="en")
        factories.set_picture(session, event, factories.sample_picture())
        return event.id


@pytest.fixture
def tab(page_at: PageAt, console: ServedConsole, event: int) -> Page:
    """The certificate's screen in a large window."""
    page = page_at(DESKTOP, "en")
    sign_in(page, console)
    return opened(page, console, event)


def opened(page: Page, console: ServedConsole, event: int) -> Page:
    page.goto(f"{console.url}/certificate?event={event}")
    expect(page.locator(".placer .exact")).to_have_js_property("complete", True, timeout=30_000)
    settled(page)
    return page


def shown(page: Page, text: str) -> None:
    """A busy machine takes its time."""
    expect(page.get_by_text(text)).to_be_visible(timeout=30_000)


def settled(page: Page) -> None:
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_attached(timeout=30_000)


def layout(console: ServedConsole, event: int) -> Layout:
    with console.installation.database.reading() as session:
        design = session.get_one(Event, event).design
        assert design is not None
        return designs.layout_of(design)


def move_up(page: Page, field: str) -> None:
    """By keyboard, a fiftieth of the height."""
    page.locator(f".box[data-id={field}]").focus()
    page.keyboard.press("Shift+ArrowUp")


def choose(page: Page, field: str) -> None:
    """The screen is drawn anew for it, with what is saved then: who moves a field later than that
    has seen what others saved before."""
    page.locator(f".box[data-id={field}]").focus()
    expect(page.locator(f".st-key-certificate-control-{field}-shown")).to_be_visible(timeout=30_000)
    settled(page)


@pytest.fixture
def two_tabs(tab: Page, console: ServedConsole, event: int) -> tuple[Page, Page]:
    """The second moves the date, without showing yet that the first has moved the name."""
    second = opened(tab.context.new_page(), console, event)
    choose(second, "date")
    before = layout(console, event).field("name").box.top
    move_up(tab, "name")
    wait_until(lambda: layout(console, event).field("name").box.top < before)
    shown(tab, "Saved as version 2")
    move_up(second, "date")
    shown(second, "changed elsewhere")
    return tab, second


def test_a_second_tab_is_told_and_takes_what_the_first_has_saved(
    two_tabs: tuple[Page, Page], console: ServedConsole, event: int
):
    saved = layout(console, event)
    second = two_tabs[1]
    second.get_by_role("button", name="Go on with what is saved").click()
    expect(second.locator(".box[data-id=name]")).to_be_visible(timeout=30_000)
    settled(second)
    assert layout(console, event) == saved
    # From then on it saves again.
    move_up(second, "date")
    top = saved.field("date").box.top
    wait_until(lambda: layout(console, event).field("date").box.top < top)
    shown(second, "Saved as version 3")
    assert layout(console, event).field("name") == saved.field("name")


def test_a_second_tab_is_told_and_puts_its_own_in_place(
    two_tabs: tuple[Page, Page], console: ServedConsole, event: int
):
    saved = layout(console, event)
    first, second = two_tabs
    choose(first, "number")
    second.get_by_role("button", name="Put mine in its place").click()
    shown(second, "Saved as version 3")
    after = layout(console, event)
    assert after.field("date").box.top < saved.field("date").box.top
    assert after.field("name").box.top > saved.field("name").box.top
    # Now it is the first that does not show what is saved.
    move_up(first, "number")
    shown(first, "changed elsewhere")
    assert layout(console, event) == after


def test_a_dragged_box_springs_to_the_middle_where_a_line_shows_it(
    tab: Page, console: ServedConsole, event: int
):
    frame, start = (
        tab.locator(where).bounding_box() for where in (".placer", ".box[data-id=date]")
    )
    assert frame is not None
    assert start is not None
    x, y = start["x"] + start["width"] / 2, start["y"] + start["height"] / 2
    tab.mouse.move(x, y)
    tab.mouse.down()
    tab.mouse.move(frame["x"] + frame["width"] / 2 + 3, y - 60, steps=8)
    expect(tab.locator(".guide.upright")).to_be_visible()
    expect(tab.locator(".guide.level")).to_be_hidden()
    tab.mouse.up()
    shown(tab, "Saved as version 2")
    box = layout(console, event).field("date").box
    assert box.left + box.width / 2 == pytest.approx(0.5, abs=2e-4)


def test_the_certificate_is_looked_at_large_and_without_frames(tab: Page):
    buttons = tab.locator(".st-key-certificate-head [data-testid=stFileUploader] button")
    own, logo = buttons.all()
    assert own.bounding_box()["y"] == logo.bounding_box()["y"]  # type: ignore[index]
    tab.get_by_role("button", name="Full size").click()
    window = tab.get_by_role("dialog")
    picture = window.get_by_role("img", name="Preview of the certificate")
    expect(picture).to_have_js_property("naturalWidth", 877, timeout=30_000)
    assert window.locator(".box").count() == 0


@pytest.fixture
def pages(console: ServedConsole) -> Iterator[None]:
    """The API of the same installation, where volunteers' pages are."""
    server = new_server(console.installation, console.installation.settings.api_port)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield
    server.should_exit = True
    thread.join()


@pytest.mark.usefixtures("pages")
def test_what_volunteers_see_is_tried_on_a_phone_within_the_console(tab: Page) -> None:
    tab.get_by_role("button", name="What volunteers see").click()
    sample = tab.frame_locator("iframe")
    expect(sample.get_by_text("A sample: try everything")).to_be_visible(timeout=30_000)
    box = tab.locator("iframe").bounding_box()
    assert box
    assert box["width"] == 390
    sample.get_by_role("textbox").fill("Ana Lima")
    sample.get_by_role("button", name="Make my certificate").click()
    expect(sample.locator("[data-state=mailed]")).to_be_visible(timeout=30_000)
    expect(sample.locator("#certificate img")).to_have_js_property("complete", True)
