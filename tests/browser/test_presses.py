"""What is pressed is done, or its reader is told why not: also when they go on at once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import Select, func, select, update

from shared.access import colleagues
from shared.access.roles import Role
from shared.acts.change_value import change_value
from shared.events.settings import create_event
from shared.mail.accounts.own import own_event
from shared.storage.models import (
    Action,
    AuditEntry,
    ConsoleSession,
    Event,
    Mail,
    Sending,
    Volunteer,
    now,
)
from tests.conftest import OWNER_TOKEN
from tests.support import factories
from tests.support.browser import DESKTOP, PHONE, PageAt
from tests.support.console_server import ServedConsole, console, free_port
from tests.support.mailing import wait_until
from tests.support.organizers_steps import go, sign_in

__all__ = ["console"]


@pytest.fixture
def event_id(console: ServedConsole) -> int:
    with console.installation.database.writing() as session:
        return create_event(session, name="Beach Day", language="en")[0].id


@pytest.fixture
def desktop(page_at: PageAt, console: ServedConsole) -> Page:
    page = page_at(DESKTOP, "en")
    sign_in(page, console)
    return page


@contextmanager
def somebody_writes(console: ServedConsole) -> Iterator[None]:
    """Meanwhile every run of the script stands still before it comes to its screen: it waits for
    its turn to note that its reader is still there."""
    database = console.installation.database
    with database.writing() as session:
        session.execute(update(ConsoleSession).values(seen_at=now() - timedelta(minutes=5)))
    with database.writing() as session:
        session.connection()
        yield


def press(page: Page, label: str) -> None:
    at_once(page, page.get_by_test_id("stMain").get_by_role("button", name=label, exact=True))


def at_once(page: Page, place: Locator) -> None:
    """A click that the console has got, and not answered yet."""
    place.click()
    page.wait_for_timeout(300)


def leave(page: Page) -> None:
    sidebar = page.get_by_test_id("stSidebar")
    at_once(page, sidebar.get_by_role("link", name="My sign-ins", exact=True))


def is_elsewhere(page: Page) -> None:
    heading = page.get_by_role("heading", name="My sign-ins", exact=True)
    expect(heading).to_be_visible(timeout=30_000)


def stored(console: ServedConsole, event_id: int) -> Event:
    with console.installation.database.reading() as session:
        event = session.get_one(Event, event_id)
        session.refresh(event, ["design"])
        return event


def write(page: Page, console: ServedConsole, event_id: int, text: str) -> None:
    """The privacy text, in its form."""
    go(page, console, "organization", "Organization and privacy", event_id)
    page.get_by_role("textbox", name="Privacy text in English").fill(text)


def text_in(console: ServedConsole, event_id: int) -> str | None:
    return stored(console, event_id).privacy_texts.get("en")


def test_who_opens_another_screen_has_saved(desktop: Page, console: ServedConsole, event_id: int):
    write(desktop, console, event_id, "We keep little.")
    with somebody_writes(console):
        press(desktop, "Use these texts")
        leave(desktop)
    is_elsewhere(desktop)
    assert text_in(console, event_id) == "We keep little."
    expect(desktop.get_by_role("status").get_by_text("Saved.")).to_be_visible()


def test_who_leaves_the_console_has_saved_and_is_told_so_when_back(
    desktop: Page, console: ServedConsole, event_id: int
):
    write(desktop, console, event_id, "We keep little.")
    with somebody_writes(console):
        press(desktop, "Use these texts")
        desktop.goto("about:blank")
        desktop.wait_for_timeout(300)
    wait_until(lambda: text_in(console, event_id) == "We keep little.")
    go(desktop, console, "sessions", "My sign-ins")
    expect(desktop.get_by_text("Saved.")).to_be_visible()


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_who_leaves_while_a_mail_server_is_asked_has_saved_the_account(
    page_at: PageAt, console: ServedConsole, event_id: int, size: tuple[int, int]
):
    page = page_at(size, "en")
    sign_in(page, console)
    go(page, console, "mail", "Installation mail")
    for label, text in (
        ("Mail address or user name", "desk@example.org"),
        ("Server", "127.0.0.1"),
        ("Port", str(free_port())),
        ("Password", "a secret of ours"),
    ):
        page.get_by_label(label, exact=True).fill(text)
    with somebody_writes(console):
        press(page, "Check and save")
        if size is DESKTOP:
            leave(page)
    if size is DESKTOP:
        is_elsewhere(page)
    expect(page.get_by_text("Saved.")).to_be_visible(timeout=30_000)
    with console.installation.database.reading() as session:
        event = own_event(session)
        assert event
        assert event.account
        assert event.account.username == "desk@example.org"
    go(page, console, "mail", "Installation mail")
    expect(page.get_by_test_id("stMain").get_by_text("127.0.0.1").first).to_be_visible()
    expect(page.get_by_label("Password", exact=True)).to_have_value("")


def test_a_typed_value_stays_in_sight_when_a_colleague_corrects_it_first(
    desktop: Page, console: ServedConsole, event_id: int
):
    database = console.installation.database
    factories.add(database, event_id, "email,name,hours\nbo@x.org,Bo,all day\ncy@x.org,Cy,much\n")
    go(desktop, console, "volunteers", "Volunteers", event_id)
    desktop.get_by_role("button", name="Columns and groups").click()
    window = desktop.get_by_role("dialog")
    window.get_by_text("2 values are not numbers").click()
    window.get_by_label("Bo (").fill("7")
    window.get_by_label("Cy (").fill("6")
    with database.writing() as session:
        bo = session.scalars(select(Volunteer).where(Volunteer.event_id == event_id)).first()
        change_value(session, console.installation.seal, bo, "hours", "9")
    desktop.get_by_role("button", name="Save the corrections").click()
    expect(desktop.get_by_text("Somebody else saved “9” here.")).to_be_visible()
    expect(window.get_by_label("Bo (")).to_have_value("7")
    expect(window.get_by_label("Cy (")).not_to_be_attached()


def stops(page: Page, console: ServedConsole, event_id: int) -> Locator:
    factories.invite(console.installation, event_id)
    go(page, console, "send", "Send", event_id)
    return page.get_by_role("button", name="Stop sending")


def sends(page: Page, console: ServedConsole, event_id: int) -> Locator:
    """*Send* itself, behind what it asks."""
    factories.design(console.installation.database, event_id)
    go(page, console, "send", "Send", event_id)
    page.get_by_role("button", name="Send 1 invitation").click()
    return page.get_by_role("dialog").get_by_role("button", name="Yes, send the personal link")


WAYS: dict[str, Callable[[Page, Locator], object]] = {
    "menu": lambda page, _: leave(page),
    "reload": lambda page, _: page.reload(wait_until="commit"),
    "close": lambda page, _: page.goto("about:blank"),
    "twice": lambda _, button: button.click(),
}
# A button, the name it has in the browser, and what is in the log of it and said of it then.
PRESSES = {
    "stop": (stops, b"send.stop", Action.STOPPED, "Sending is stopped."),
    "send": (sends, b"send.confirm", Action.QUEUED, "Sending has started."),
}


@pytest.mark.parametrize("is_slow", [True, False])
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("what", PRESSES)
def test_who_goes_on_at_once_has_done_it_once(
    desktop: Page, console: ServedConsole, event_id: int, what: str, way: str, is_slow: bool
):
    database = console.installation.database
    shown, key, action, said = PRESSES[what]
    factories.add(database, event_id, "ana@example.org")
    sent: list[bool] = []

    def note(frame: str | bytes) -> None:
        # The screen asks by itself, too: what presses nothing names no button.
        if key in (frame if isinstance(frame, bytes) else frame.encode()):
            sent.append(True)

    desktop.on("websocket", lambda socket: socket.on("framesent", note))
    button = shown(desktop, console, event_id)
    expect(button).to_be_enabled()
    with somebody_writes(console) if is_slow else nullcontext():
        sent.clear()
        button.click()
        while not sent:
            desktop.wait_for_timeout(5)
        # In a window, what lies behind it cannot be pressed.
        if way == "menu" and what == "send":
            desktop.evaluate("document.querySelector('a[href*=\"/sessions\"]').click()")
        elif way != "twice" or is_slow:
            WAYS[way](desktop, button)
    done = select(func.count()).where(AuditEntry.action == action, AuditEntry.event_id == event_id)
    mails = select(func.count()).where(Mail.event_id == event_id)

    def count(asked: Select[tuple[int]]) -> int:
        with database.reading() as session:
            return session.scalars(asked).one()

    # It is in the log with the press; its mails are queued in the turns that follow.
    wait_until(lambda: count(done) > 0 and count(mails) > 0)
    if way == "menu":
        is_elsewhere(desktop)
        expect(desktop.get_by_text(said)).to_be_visible()
    expect(desktop.locator("[data-test-script-state=running]")).to_have_count(0)
    assert (count(done), count(mails)) == (1, 1)
    assert (stored(console, event_id).sending is Sending.STOPPED) is (what == "stop")


def test_who_left_is_told_what_was_refused(desktop: Page, console: ServedConsole, event_id: int):
    write(desktop, console, event_id, "\u202eWe keep little.")
    with somebody_writes(console):
        press(desktop, "Use these texts")
        leave(desktop)
    is_elsewhere(desktop)
    expect(desktop.get_by_text("contains characters that cannot be printed")).to_be_visible()


def test_a_double_click_makes_one_event(desktop: Page, console: ServedConsole):
    go(desktop, console, "", "Events")
    desktop.get_by_role("button", name="New event").click()
    desktop.get_by_label("Event name (printed on the certificate)").fill("Harbour Run")
    create = desktop.get_by_role("button", name="Create the event")
    desktop.evaluate("() => { pressed = 0; document.addEventListener('click', () => pressed++); }")
    with somebody_writes(console):
        create.dblclick()
    # The second would ask for the window, which is gone by then.
    assert desktop.evaluate("pressed") == 1
    expect(desktop.get_by_role("heading", name="Certificate", exact=True)).to_be_visible()
    expect(desktop.locator("[data-test-script-state=notRunning]")).to_be_attached()
    named = select(func.count()).where(Event.name == "Harbour Run")
    with console.installation.database.reading() as session:
        assert session.scalars(named).one() == 1


def test_a_press_that_waits_for_a_field_is_done_though_its_button_is_drawn_anew(
    desktop: Page, console: ServedConsole, event_id: int
):
    go(desktop, console, "volunteers", "Volunteers", event_id)
    opens = desktop.get_by_role("button", name="Add or update a list")
    expect(opens).to_be_visible()
    desktop.evaluate(
        """() => {
          const field = document.createElement("div");
          field.dataset.testid = "stSkeleton";
          document.body.append(field);
        }"""
    )
    opens.click()
    expect(desktop.get_by_role("dialog")).to_have_count(0)
    opens.evaluate(
        """button => {
          const anew = button.cloneNode(true);
          button.replaceWith(anew);
          // What React would have given it.
          anew.addEventListener("click", () => { document.title = "pressed"; });
          document.querySelector("[data-testid=stSkeleton]").remove();
        }"""
    )
    expect(desktop).to_have_title("pressed")


def test_who_leaves_after_an_upload_has_the_certificate(
    desktop: Page, console: ServedConsole, event_id: int
):
    go(desktop, console, "certificate", "Certificate", event_id)
    picture = {
        "name": "c.png", "mimeType": "image/png", "buffer": factories.sample_picture()
    }  # fmt: skip
    with somebody_writes(console):
        # Not just any run: parts of the screen draw themselves anew by the clock.
        with desktop.expect_response("**/_stcore/upload_file/**"):
            desktop.locator("[class*=takes-drops] input[type=file]").set_input_files(picture)
        desktop.wait_for_timeout(300)
        expect(desktop.locator("[data-test-script-state=running]")).to_be_attached()
        leave(desktop)
    is_elsewhere(desktop)
    assert stored(console, event_id).design is not None


def test_of_two_people_who_save_the_second_sees_what_the_first_stored(
    desktop: Page, console: ServedConsole, event_id: int
):
    write(desktop, console, event_id, "We keep little.")
    with console.installation.database.writing() as session:
        session.get_one(Event, event_id).privacy_texts = {"en": "We keep all."}
    press(desktop, "Use these texts")
    expect(desktop.get_by_test_id("stCode").first).to_have_text("We keep all.")
    assert text_in(console, event_id) == "We keep all."
    desktop.get_by_role("button", name="Use mine").click()
    expect(desktop.get_by_text("Saved.", exact=True)).to_be_visible()
    assert text_in(console, event_id) == "We keep little."


def test_who_saves_twice_in_a_row_has_saved_the_second(
    desktop: Page, console: ServedConsole, event_id: int
):
    write(desktop, console, event_id, "We keep little.")
    with somebody_writes(console):
        press(desktop, "Use these texts")
        desktop.get_by_role("textbox", name="Privacy text in English").fill("We keep less.")
        press(desktop, "Use these texts")
    wait_until(lambda: text_in(console, event_id) == "We keep less.")


@pytest.mark.usefixtures("event_id")
def test_who_will_not_confirm_is_not_asked_again(desktop: Page, console: ServedConsole):
    let_time_pass(console)
    go(desktop, console, "", "Events")
    desktop.get_by_role("button", name="New event").click()
    expect(desktop.get_by_role("dialog", name="Confirm it is you")).to_be_visible()
    desktop.keyboard.press("Escape")
    expect(desktop.get_by_role("dialog")).to_have_count(0)
    # As long as it takes to ask again.
    desktop.wait_for_timeout(1000)
    expect(desktop.get_by_role("dialog")).to_have_count(0)


def test_who_has_to_confirm_does_so_before_the_form_and_later_loses_nothing(
    desktop: Page, console: ServedConsole, event_id: int
):
    let_time_pass(console)
    go(desktop, console, "team", "Team", event_id)
    desktop.get_by_text("Add a colleague").click()
    expect(desktop.get_by_label("Full name")).to_have_count(0)
    desktop.get_by_role("button", name="Confirm it is you").click()
    confirm(desktop)
    desktop.get_by_label("Full name").fill("Bo Lindqvist")
    desktop.get_by_text("Viewer", exact=True).click()
    let_time_pass(console)
    desktop.get_by_role("button", name="Create the key").click()
    confirm(desktop)
    desktop.get_by_role("button", name="Create the key").click()
    expect(desktop.get_by_text("Bo Lindqvist").first).to_be_visible()
    with console.installation.database.reading() as session:
        (added,) = colleagues.people_of(session, event_id)
    assert (added.key.name, added.key.role) == ("Bo Lindqvist", Role.VIEWER)


def let_time_pass(console: ServedConsole) -> None:
    with console.installation.database.writing() as session:
        long_ago = now() - timedelta(minutes=11)
        session.execute(update(ConsoleSession).values(confirmed_at=long_ago))


def confirm(page: Page) -> None:
    window = page.get_by_role("dialog")
    window.get_by_label("The key or token that you signed in with").fill(OWNER_TOKEN)
    window.get_by_role("button", name="Confirm", exact=True).click()
    expect(window).to_have_count(0)
