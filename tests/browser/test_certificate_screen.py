"""The certificate's screen in a real browser: two tabs, undo, guides, and what is said."""

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from api.app import new_server
from console.screens.certificate import placement
from shared.certificates.designs import designs
from shared.events.settings import create_event
from shared.rendering.layout import Layout
from shared.storage.models import Event
from tests.support import factories
from tests.support.browser import DESKTOP, PHONE, PageAt
from tests.support.console_server import ServedConsole, console
from tests.support.designing import set_layout
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
    expect(page.locator(".editor .template")).to_have_js_property("complete", True, timeout=30_000)
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


def test_of_two_tabs_the_second_is_told_and_takes_what_is_saved_or_puts_its_own_in_place(
    tab: Page, console: ServedConsole, event: int
):
    told = "Somebody else, or you in another tab, changed the certificate."
    second = opened(tab.context.new_page(), console, event)
    before = layout(console, event)
    move_up(tab, "name")
    shown(tab, "Saved as version 2")
    # It does not show yet that the first has moved the name.
    move_up(second, "date")
    shown(second, told)
    shown(second, "Your last change is not saved.")
    expect(second.get_by_text("Everything is saved.")).to_be_hidden()
    saved = layout(console, event)
    assert saved.field("name").box.top < before.field("name").box.top
    assert saved.field("date") == before.field("date")
    second.get_by_role("button", name="Keep the saved version").click()
    expect(second.locator(".box[data-id=name]")).to_be_visible(timeout=30_000)
    settled(second)
    assert layout(console, event) == saved
    shown(second, "Everything is saved.")
    # From then on it saves again, and now it is the first that does not show what is saved.
    move_up(second, "date")
    shown(second, "Saved as version 3")
    theirs = layout(console, event)
    assert theirs.field("date").box.top < saved.field("date").box.top
    assert theirs.field("name") == saved.field("name")
    move_up(tab, "number")
    shown(tab, told)
    assert layout(console, event) == theirs
    tab.get_by_role("button", name="Use mine").click()
    shown(tab, "Saved as version 4")
    mine = layout(console, event)
    assert mine.field("number").box.top < saved.field("number").box.top
    assert mine.field("date") == saved.field("date")


def test_a_dragged_box_springs_to_the_middle_where_a_line_shows_it(
    tab: Page, console: ServedConsole, event: int
):
    frame, start = (
        tab.locator(where).bounding_box() for where in (".editor .sheet", ".box[data-id=date]")
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


def picture_of(page: Page, field: str) -> str:
    """The address of the picture of a field."""
    return page.locator(f".pictures [data-id={field}]").get_attribute("src") or ""


def test_at_the_chosen_field_a_bar_changes_it_and_each_step_is_undone(
    tab: Page, console: ServedConsole, event: int
):
    before = layout(console, event).field("name")
    expect(tab.get_by_role("toolbar")).to_be_hidden()
    tab.locator(".box[data-id=name]").click()
    bar = tab.get_by_role("toolbar", name="Full name")
    bar.get_by_label("Typeface").select_option("Script")
    wait_until(lambda: layout(console, event).field("name").face == "script")
    bar.get_by_role("button", name="Left").click()
    wait_until(lambda: layout(console, event).field("name").align == "left")
    expect(bar.get_by_role("button", name="Left")).to_have_attribute("aria-pressed", "true")
    bar.get_by_role("button", name="Larger").click()
    wait_until(lambda: layout(console, event).field("name").size > before.size)
    settled(tab)
    tab.locator(".box[data-id=name]").focus()
    tab.keyboard.press("Control+z")
    wait_until(lambda: layout(console, event).field("name").size == before.size)
    settled(tab)
    tab.keyboard.press("Control+Shift+z")
    wait_until(lambda: layout(console, event).field("name").size > before.size)


@pytest.fixture
def text(tab: Page, console: ServedConsole, event: int) -> Locator:
    """A text on the certificate, to be typed in place."""
    with console.installation.database.writing() as session:
        found = session.get_one(Event, event)
        stored = placement.with_added(designs.layout_of(found.design), "text", "From {event}")
        set_layout(session, found, stored)
    opened(tab, console, event)
    expect(tab.get_by_role("button", name="“From Beach Day”", exact=True)).to_be_visible()
    tab.locator(".box[data-id=text-1]").dblclick()
    typed = tab.get_by_role("toolbar").get_by_role("textbox", name="Text")
    expect(typed).to_have_value("From {event}")
    return typed


def test_a_text_is_typed_in_place_and_drawn_before_it_is_stored(
    tab: Page, text: Locator, console: ServedConsole, event: int
):
    date, old = picture_of(tab, "date"), picture_of(tab, "text-1")
    tab.evaluate(WATCHING)
    said = "With many thanks for the whole day"
    text.press_sequentially(said, delay=20)
    drawn = tab.locator(f".pictures [data-id=text-1]:not([src='{old}'])")
    expect(drawn).to_have_js_property("complete", True)
    assert layout(console, event).field("text-1").content == "From {event}"
    # However fast one types, it is asked for at most four times a second.
    asked, seconds = tab.evaluate("() => [sent, (performance.now() - begun) / 1000]")
    assert 0 < asked <= 4 * seconds + 2
    assert asked < len(said)
    text.press("Enter")
    wait_until(lambda: layout(console, event).field("text-1").content == said)
    assert picture_of(tab, "date") == date
    settled(tab)
    # What is given up is gone.
    tab.keyboard.press("Enter")
    text.fill("Nothing")
    text.press("Escape")
    expect(tab.get_by_role("button", name="“With many thanks for…”", exact=True)).to_be_visible()
    assert layout(console, event).field("text-1").content == said


# From now on the page counts what it sends, or while it is `muted` only keeps it to itself.
WATCHING = """() => {
    Object.assign(window, { sent: 0, muted: false, begun: performance.now() });
    const send = WebSocket.prototype.send;
    WebSocket.prototype.send = function (message) {
        window.sent += 1;
        if (!window.muted) send.call(this, message);
    };
}"""


def test_before_the_answer_one_goes_on_typing_at_what_one_has_just_stored(tab: Page, text: Locator):
    tab.evaluate(WATCHING)
    # The server is too busy to answer.
    tab.evaluate("() => { window.muted = true; }")
    text.fill("With many thanks")
    text.press("Enter")
    tab.keyboard.press("Enter")
    expect(text).to_have_value("With many thanks")


def test_a_text_that_is_empty_is_named_in_words_and_says_why_it_is_not_seen(
    tab: Page, text: Locator
):
    text.fill("{organization}")
    reason = tab.get_by_role("toolbar").get_by_text("Not printed while it is empty.")
    expect(reason).to_be_visible()
    text.press("Enter")
    expect(
        tab.locator(".side").get_by_role("button", name="Organization", exact=True)
    ).to_be_visible()
    assert "{" not in tab.locator(".editor").inner_text()


@pytest.mark.parametrize(
    ("language", "reasons"),
    [
        ("en", ["“From Beach Day” is empty", "From Beach Day: the placeholder {day} is unknown"]),
        ("zh", ["“From Beach Day”没有内容", "From Beach Day：没有 {day} 这个占位符"]),
    ],
)
def test_what_cannot_be_saved_is_refused_with_the_name_that_the_list_has(
    page_at: PageAt, console: ServedConsole, event: int, language: str, reasons: list[str]
):
    with console.installation.database.writing() as session:
        found = session.get_one(Event, event)
        stored = placement.with_added(designs.layout_of(found.design), "text", "From {event}")
        set_layout(session, found, stored)
    page = page_at(DESKTOP, language)
    sign_in(page, console)
    opened(page, console, event)
    for typed, reason in zip(["", "On {day}"], reasons, strict=True):
        page.locator(".box[data-id=text-1]").dblclick()
        page.get_by_role("toolbar").get_by_role("textbox").last.fill(typed)
        page.keyboard.press("Enter")
        told = page.get_by_test_id("stAlertContentError")
        expect(told.get_by_text(reason)).to_be_visible(timeout=30_000)
    expect(page.get_by_text("text-1")).to_have_count(0)


def test_by_keyboard_the_bar_follows_its_field_and_escape_leads_back(
    tab: Page, console: ServedConsole, event: int
):
    before = layout(console, event).field("date")
    tab.locator(".side").get_by_role("button", name="Date", exact=True).focus()
    tab.keyboard.press("Enter")
    expect(tab.locator(".box[data-id=date]")).to_be_focused()
    tab.keyboard.press("Tab")
    expect(tab.get_by_role("toolbar", name="Date").get_by_label("Typeface")).to_be_focused()
    tab.keyboard.press("Tab")
    tab.keyboard.press("Tab")
    points = tab.get_by_role("textbox", name="Size in points")
    expect(points).to_be_focused()
    twice = 2 * int(points.input_value())
    points.fill(str(twice))
    points.press("Enter")
    expect(tab.locator(".box[data-id=date]")).to_be_focused()
    wait_until(
        lambda: (
            layout(console, event).field("date").size == pytest.approx(2 * before.size, rel=0.05)
        )
    )
    expect(points).to_have_value(str(twice))
    points.focus()
    tab.keyboard.press("Escape")
    expect(tab.locator(".box[data-id=date]")).to_be_focused()
    tab.keyboard.press("Escape")
    expect(tab.get_by_role("toolbar")).to_be_hidden()


def test_the_rest_of_its_settings_is_beside_the_sheet_and_under_nothing(
    tab: Page, console: ServedConsole, event: int
):
    tab.locator(".box[data-id=name]").click()
    tab.get_by_role("button", name="More settings").click()
    panel, sheet, foot = (
        tab.locator(one).bounding_box()
        for one in (".editor .side", ".editor .sheet", "[data-testid=stBottom]")
    )
    assert panel["x"] >= sheet["x"] + sheet["width"]
    assert panel["y"] + panel["height"] <= foot["y"]
    size = tab.get_by_role("spinbutton", name="Smallest size (%)")
    expect(size).to_have_value("3")
    size.fill("2.5")
    size.press("Enter")
    wait_until(lambda: layout(console, event).field("name").minimum_size == 0.025)


def test_a_field_is_shown_and_hidden_from_the_list(tab: Page, console: ServedConsole, event: int):
    tab.get_by_role("button", name="Show: QR code").click()
    wait_until(lambda: has(console, event, "qr") and layout(console, event).field("qr").shown)
    expect(tab.locator(".box[data-id=qr]")).to_be_visible()
    # It is chosen from the list as well, and then to be placed.
    tab.get_by_role("button", name="Hide: QR code").click()
    wait_until(lambda: not layout(console, event).field("qr").shown)
    expect(tab.locator(".box[data-id=qr]")).to_be_hidden()
    tab.locator(".side").get_by_role("button", name="QR code", exact=True).click()
    expect(tab.get_by_role("toolbar", name="QR code")).to_be_visible()
    tab.get_by_role("button", name="Hide: QR code").click()
    wait_until(lambda: not layout(console, event).field("qr").shown)


def has(console: ServedConsole, event: int, field: str) -> bool:
    return field in {one.id for one in layout(console, event).fields}


def test_a_finger_chooses_first_and_drags_then(page_at: PageAt, console: ServedConsole, event: int):
    page = page_at(PHONE, "en", has_touch=True)
    sign_in(page, console)
    opened(page, console, event)
    box, before = page.locator(".box[data-id=name]"), layout(console, event).field("name").box
    box.scroll_into_view_if_needed()
    drag_by_finger(page, "name", 60)
    assert layout(console, event).field("name").box == before
    box.tap()
    expect(page.get_by_role("toolbar", name="Full name")).to_be_visible()
    drag_by_finger(page, "name", 60)
    wait_until(lambda: layout(console, event).field("name").box.top > before.top)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_in_a_small_window_the_list_leaves_the_width_to_the_sheet(tab: Page):
    tab.set_viewport_size({"width": 1024, "height": 768})
    expect(tab.locator(".editor .sheet")).to_be_visible()
    sheet, side, editor = (
        tab.locator(one).bounding_box() for one in (".editor .sheet", ".editor .side", ".editor")
    )
    assert sheet["width"] > 0.95 * editor["width"]
    assert side["y"] > sheet["y"] + sheet["height"]


def drag_by_finger(page: Page, field: str, down: float) -> None:
    start = page.locator(f".box[data-id={field}]").bounding_box()
    assert start is not None
    x, y = start["x"] + start["width"] / 2, start["y"] + start["height"] / 2
    touch = page.context.new_cdp_session(page)

    def send(kind: str, *points: tuple[float, float]) -> None:
        at = [{"x": x, "y": y} for x, y in points]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})

    send("touchStart", (x, y))
    for step in range(1, 7):
        send("touchMove", (x, y + down * step / 6))
    send("touchEnd")


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
