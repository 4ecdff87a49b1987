"""What is done to many goes on when its browser is closed, also where no worker runs."""

from playwright.sync_api import expect
from sqlalchemy import func, select

from shared.events.settings import create_event
from shared.jobs.asking import FEW
from shared.storage.models import Mail
from tests.support import factories
from tests.support.browser import DESKTOP, PageAt
from tests.support.console_server import ServedConsole, console
from tests.support.mailing import wait_until
from tests.support.organizers_steps import go, sign_in

__all__ = ["console"]

MANY = 3 * FEW


def test_who_closes_the_browser_at_once_finds_the_result_on_the_overview(
    page_at: PageAt, console: ServedConsole
):
    database = console.installation.database
    with database.writing() as session:
        event_id = create_event(session, name="Beach Day", language="en")[0].id
    factories.design(database, event_id)
    people = "\n".join(f"v{number}@example.org" for number in range(MANY))
    factories.add(database, event_id, people)
    page = page_at(DESKTOP, "en")
    context = page.context
    sign_in(page, console)
    go(page, console, "send", "Send", event_id)
    page.get_by_role("button", name=f"Send {MANY:,}").click()
    page.get_by_role("button", name="Yes, send their personal links").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.close()

    def invited() -> int:
        of_event = select(func.count()).where(Mail.event_id == event_id)
        with database.reading() as session:
            return session.scalars(of_event).one()

    wait_until(lambda: invited() == MANY, 60)
    page = context.new_page()
    go(page, console, "overview", "Beach Day", event_id)
    expect(page.get_by_text(f"{MANY:,} invitations are queued.")).to_be_visible()
