"""The console in a real browser, from the sign-in to the certificate in the volunteer's mailbox."""

import io
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, Request, expect
from sqlalchemy import select

from api.app import new_server
from shared.certificates.designs import designs
from shared.certificates.issuing.drawing import read_rehearsed
from shared.events.settings import create_event
from shared.rendering.layout import Box, Layout
from shared.storage.models import Event, RehearsalMail, Status, Volunteer
from shared.volunteers.people import roster
from shared.worker.dispatcher import run_worker
from tests.support import factories
from tests.support.acting import queue_invitations
from tests.support.browser import DESKTOP, PHONE, PageAt
from tests.support.console_server import ServedConsole, console
from tests.support.lists import read_call
from tests.support.organizers_steps import give_template, go, sign_in

__all__ = ["console"]

EVENT = 1


@pytest.fixture
def desktop(page_at: PageAt, console: ServedConsole) -> Page:
    """The console in a large window, signed in as the owner."""
    page = page_at(DESKTOP, "en")
    sign_in(page, console)
    return page


@pytest.fixture
def staff(console: ServedConsole) -> Iterator[None]:
    """The worker and the API of the same installation."""
    stop = threading.Event()
    server = new_server(console.installation, console.installation.settings.api_port)
    threads = [
        threading.Thread(target=run_worker, args=(console.installation, stop)),
        threading.Thread(target=server.run),
    ]
    for thread in threads:
        thread.start()
    yield
    stop.set()
    server.should_exit = True
    for thread in threads:
        thread.join()


def layout(console: ServedConsole) -> Layout | None:
    with console.installation.database.reading() as session:
        design = session.get_one(Event, EVENT).design
        return designs.layout_of(design) if design else None


def eventually(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def name_box(console: ServedConsole) -> Box:
    stored = layout(console)
    assert stored is not None
    return stored.field("name").box


def drag(page: Page, what: Locator, right: float, down: float) -> None:
    """Move a box by parts of the certificate's width and height, as a hand does."""
    expect(page.locator(".editor .template")).to_have_js_property("complete", True)
    frame = page.locator(".editor .sheet").bounding_box()
    start = what.bounding_box()
    assert frame is not None
    assert start is not None
    x, y = start["x"] + start["width"] / 2, start["y"] + start["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + right * frame["width"], y + down * frame["height"], steps=8)
    page.mouse.up()


def test_nothing_is_asked_of_other_servers(page_at: PageAt, console: ServedConsole):
    page = page_at(DESKTOP, "zh")
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)
    sign_in(page, console)
    go(page, console, "certificate", "证书")
    own = (console.url, "data:", "blob:")
    assert [address for address in asked if not address.startswith(own)] == []


def test_the_name_is_dragged_to_its_place(desktop: Page, console: ServedConsole):
    give_template(console)
    before = name_box(console)
    go(desktop, console, "certificate", "Certificate")
    drag(desktop, desktop.locator(".box[data-id=name]"), 0.1, 0.2)
    eventually(lambda: name_box(console) != before)
    after = name_box(console)
    assert after.left == pytest.approx(before.left + 0.1, abs=0.01)
    assert after.top == pytest.approx(before.top + 0.2, abs=0.01)
    assert (after.width, after.height) == (before.width, before.height)


def test_a_box_is_resized_by_its_corner(desktop: Page, console: ServedConsole):
    give_template(console)
    before = name_box(console)
    go(desktop, console, "certificate", "Certificate")
    desktop.locator(".box[data-id=name]").click()
    drag(desktop, desktop.locator(".box[data-id=name] .handle.se"), -0.1, 0.0)
    eventually(lambda: name_box(console) != before)
    assert name_box(console).width == pytest.approx(before.width - 0.1, abs=0.01)
    assert name_box(console).left == before.left


def test_a_box_is_moved_by_keyboard_alone(desktop: Page, console: ServedConsole):
    give_template(console)
    before = name_box(console)
    go(desktop, console, "certificate", "Certificate")
    desktop.get_by_role("button", name="Date: ").focus()
    box = desktop.get_by_role("button", name="Name: ")
    box.focus()
    for _ in range(3):
        desktop.keyboard.press("Shift+ArrowUp")
    moved = pytest.approx(before.top - 0.06, abs=0.001)
    eventually(lambda: name_box(console).top == moved)
    # What was stored is shown before a hand has found the next thing to press.
    desktop.wait_for_timeout(2000)
    assert name_box(console).top == moved
    desktop.get_by_role("button", name="More settings").click()
    # The slider follows the hand, and there is none of the date's.
    sliders = desktop.get_by_role("slider", name="From the top (%)")
    from_the_top = f"{round(100 * name_box(console).top, 1):g}"
    eventually(lambda: sliders.evaluate_all("all => all.map(each => each.value)") == [from_the_top])


def test_the_language_is_switched_and_kept(desktop: Page, console: ServedConsole):
    go(desktop, console, "volunteers", "Volunteers")
    desktop.get_by_role("link", name="中文").click()
    expect(desktop.get_by_role("heading", name="志愿者", exact=True)).to_be_visible()
    expect(desktop.locator("html")).to_have_attribute("lang", "zh")
    desktop.reload()
    expect(desktop.get_by_role("heading", name="志愿者", exact=True)).to_be_visible()


def test_signing_out_closes_the_console(desktop: Page, console: ServedConsole):
    go(desktop, console, "", "Events")
    desktop.get_by_role("link", name="Sign out").click()
    expect(desktop.get_by_label("Token")).to_be_visible()
    desktop.goto(f"{console.url}/status")
    expect(desktop.get_by_label("Token")).to_be_visible()


def download(page: Page, link: str) -> bytes:
    found = page.get_by_role("link", name=link)
    # In this tab: the browser closes its new one before anybody could follow what it receives.
    found.evaluate("link => link.removeAttribute('target')")
    with page.expect_download() as download:
        found.click()
    return download.value.path().read_bytes()


def test_people_and_mails_are_downloaded(desktop: Page, console: ServedConsole):
    with console.installation.database.writing() as session:
        event, _ = create_event(session, name="Beach Day", language="en")
        roster.add_volunteers(session, event, read_call("ana@example.org"))
        queue_invitations(session, console.installation.seal, event)
    go(desktop, console, "volunteers", "Volunteers", event.id)
    desktop.get_by_role("button", name="Download").click()
    assert download(desktop, "Download as CSV").startswith(b'\xef\xbb\xbf"number","email",')
    assert download(desktop, "Mail log (CSV)").startswith(b'\xef\xbb\xbf"number","address",')
    book = load_workbook(io.BytesIO(download(desktop, "Download as Excel")))
    expect(desktop.get_by_text("volunteers.xlsx was sent to your browser.")).to_be_visible()
    assert {sheet.title: sheet.max_row for sheet in book} == {"volunteers": 2, "mails": 2}


def test_a_row_opens_the_person_again_and_again(desktop: Page, console: ServedConsole):
    event_id = invited(console)
    go(desktop, console, "volunteers", "Volunteers", event_id)
    for _ in range(2):
        desktop.get_by_role("row", name="ana@example.org").click()
        window = desktop.get_by_role("dialog")
        expect(window.get_by_role("heading").first).to_contain_text("ana")
        window.get_by_text("History:").click()
        expect(window.get_by_text("Added to the list")).to_be_visible()
        desktop.keyboard.press("Escape")
        expect(window).to_be_hidden()
    row = desktop.get_by_role("row", name="ana@example.org")
    # Without a name, the address stands only once, and is not taken for one.
    expect(row.get_by_text("ana@example.org")).to_have_count(1)
    row.get_by_role("button", name="ana@example.org").focus()
    desktop.keyboard.press("F2")
    expect(desktop.get_by_role("textbox", name="Full name")).to_have_value("")
    desktop.keyboard.press("Escape")
    row.click()
    # What is done in the window leaves it open, so that one sees what came of it.
    desktop.get_by_role("button", name="Send the link again").click()
    expect(desktop.get_by_text("The link is being sent.")).to_be_visible()
    expect(desktop.get_by_role("dialog")).to_be_visible()


@pytest.mark.usefixtures("staff")
def test_the_button_of_a_mail_in_the_mailbox_opens_a_tab_of_its_own(
    desktop: Page, console: ServedConsole
):
    event_id = invited(console)
    go(desktop, console, "mailbox", "Rehearsal mailbox", event_id)
    mail = desktop.frame_locator("iframe[src^=data]")
    with desktop.expect_popup() as opened:
        mail.get_by_role("link").first.click(timeout=20_000)
    field = opened.value.get_by_label("Your name, as it should be printed")
    expect(field).to_be_visible()


def test_a_text_that_was_not_saved_waits_while_another_screen_is_looked_at(
    desktop: Page, console: ServedConsole
):
    go(desktop, console, "messages", "Mail texts")
    expect(desktop.locator("[data-test-script-state=notRunning]")).to_be_attached()
    desktop.get_by_label("Subject").fill("Thank you, {name}!")
    desktop.get_by_label("Subject").press("Enter")
    expect(desktop.get_by_text("Draft, not used yet", exact=True)).to_be_visible()
    to_screen(desktop, "Volunteers", "Volunteers")
    to_screen(desktop, "Messages", "Mail texts")
    expect(desktop.get_by_text("Draft, not used yet", exact=True)).to_be_visible()
    expect(desktop.get_by_label("Subject")).to_have_value("Thank you, {name}!")


def test_who_opens_another_screen_out_of_a_field_gets_there_and_the_text_waits(
    desktop: Page, console: ServedConsole
):
    go(desktop, console, "messages", "Mail texts")
    expect(desktop.locator("[data-test-script-state=notRunning]")).to_be_attached()
    desktop.get_by_label("Subject").fill("Well done, {name}!")
    to_screen(desktop, "Volunteers", "Volunteers")
    to_screen(desktop, "Messages", "Mail texts")
    expect(desktop.get_by_label("Subject")).to_have_value("Well done, {name}!")


def to_screen(page: Page, entry: str, title: str) -> None:
    page.get_by_role("navigation").get_by_role("link", name=entry, exact=True).click()
    expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()


def invited(console: ServedConsole) -> int:
    """An event with a certificate whose only volunteer has an invitation."""
    with console.installation.database.writing() as session:
        event, _ = create_event(session, name="Beach Day", language="en")
        factories.set_picture(session, event, factories.sample_picture())
        roster.add_volunteers(session, event, read_call("ana@example.org"))
        queue_invitations(session, console.installation.seal, event)
        return event.id


@pytest.mark.usefixtures("staff")
def test_the_whole_way_from_the_picture_to_the_mailed_certificate(
    desktop: Page, page_at: PageAt, console: ServedConsole
):
    go(desktop, console, "certificate", "Certificate")
    upload_the_picture(desktop, console)
    go(desktop, console, "recipients", "Volunteers")
    paste_the_list(desktop)
    go(desktop, console, "send", "Send")
    send_the_invitations(desktop)
    go(desktop, console, "mailbox", "Rehearsal mailbox")
    link = link_in_the_mail(desktop)
    enter_the_name(page_at(PHONE, "en"), link, "José 王小明")
    go(desktop, console, "volunteers", "Volunteers")
    expect(desktop.get_by_role("row", name="José 王小明")).to_contain_text("Certificate mailed")
    with console.installation.database.reading() as session:
        jose = session.scalars(select(Volunteer).where(Volunteer.name == "José 王小明")).one()
        assert jose.status is Status.MAILED
        newest = select(RehearsalMail).order_by(RehearsalMail.id.desc()).limit(1)
        one, kept = console.installation, session.scalars(newest).one()
        mail = read_rehearsed(session, one.settings, one.seal, kept)
        assert mail.attachments[0].media_type == "image/jpeg"


def upload_the_picture(page: Page, console: ServedConsole) -> None:
    picture = factories.sample_picture(1200)
    page.locator("[class*=takes-drops] input[type=file]").set_input_files(
        {"name": "certificate.png", "mimeType": "image/png", "buffer": picture}
    )
    expect(page.get_by_text("The picture is in place.")).to_be_visible()


def paste_the_list(page: Page) -> None:
    page.get_by_label("One address per line").fill("jose@example.org\nmei@example.org,7")
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Check the list").click()
    page.get_by_role("button", name="Add 2 volunteers").click()
    expect(page.get_by_text("2 volunteers were added.")).to_be_visible()


def send_the_invitations(page: Page) -> None:
    page.get_by_role("button", name="Send 2 invitations").click()
    page.get_by_role("button", name="Yes, send their personal links to 2 people").click()
    expect(page.get_by_role("row", name="Invited").first).to_contain_text("2", timeout=20_000)


def link_in_the_mail(page: Page) -> str:
    page.get_by_text("jose").first.click()
    link = page.get_by_role("link", name="Open this mail's link").get_attribute("href")
    assert link is not None
    return link


def enter_the_name(phone: Page, link: str, name: str) -> None:
    phone.goto(link)
    phone.get_by_label("Your name, as it should be printed").fill(name)
    phone.get_by_role("button", name="Make my certificate").click()
    heading = phone.get_by_role("heading", level=1)
    expect(heading).to_have_text("Your certificate is in your mailbox", timeout=20_000)
