"""What organizers do first in a browser: sign in, and go to a screen of an event."""

from playwright.sync_api import Locator, Page, expect

from shared.storage.models import Event
from tests.conftest import OWNER_TOKEN
from tests.support import factories
from tests.support.console_server import ServedConsole

# The first page of a new console imports everything, which takes a busy machine its time.
FIRST_PAGE = 45_000


def enter_the_token(page: Page, token: str = OWNER_TOKEN) -> None:
    """At the sign-in form, in either language."""
    page.get_by_label("Token").or_(page.get_by_label("口令")).fill(token)
    page.get_by_role("button").click()


def sign_in(page: Page, console: ServedConsole, token: str = OWNER_TOKEN) -> None:
    """As the form does, but without drawing the first screen: it takes the browser as long as any
    other, and most tests go to one of their own."""
    form = {"token": token, "next": ""}
    answer = page.request.post(f"{console.url}/signin", form=form, max_redirects=0)
    assert answer.status == 303


def go(page: Page, console: ServedConsole, screen: str, title: str, event_id: int = 1) -> None:
    page.goto(f"{console.url}/{screen}?event={event_id}")
    heading = page.get_by_role("heading", name=title, exact=True)
    expect(heading).to_be_visible(timeout=FIRST_PAGE)


def give_template(console: ServedConsole) -> None:
    """To the first event, a small one."""
    with console.installation.database.writing() as session:
        event = session.get_one(Event, 1)
        factories.set_picture(session, event, factories.sample_picture())


def choose_first(page: Page, field: str, allows: Locator) -> None:
    """Take the first option of a list by keys, until the button that it `allows` can be pressed.

    The list closes when the page scrolls, and a phone scrolls while the field comes into view.
    """
    box = page.get_by_role("combobox", name=field, exact=True)
    options = page.get_by_role("option")
    for _ in range(20):
        box.press("ArrowDown")
        if options.first.is_visible():
            page.keyboard.press("Enter")
        page.wait_for_timeout(250)
        if allows.is_enabled():
            return
    raise AssertionError(f"nothing could be chosen in {field}")


def choose(page: Page, field: str, option: str, shows: Locator) -> None:
    """Take an option of a list by the mouse, until what it `shows` is there.

    A list closes when the page moves: then it is opened once more, as a person would.
    """
    box = page.get_by_role("combobox", name=field)
    wanted = page.get_by_role("option", name=option, exact=True)
    for _ in range(10):
        box.click()
        if wanted.is_visible():
            wanted.click()
        page.wait_for_timeout(300)
        if shows.is_visible():
            return
    raise AssertionError(f"nothing could be chosen in {field}")
