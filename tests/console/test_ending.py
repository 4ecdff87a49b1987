"""An event that is over is put away, found again, and copied for the next year."""

from sqlalchemy import select

from shared.events.roles import Role
from shared.storage.database import Database
from shared.storage.models import Event
from tests.support.colleagues import join
from tests.support.console_screens import Open, fill, press, read, undisturbed


def cards(screen) -> list[str]:
    return [header.value for header in screen.header]


def test_an_archived_event_leaves_the_list_and_comes_back(
    open_screen: Open, database: Database, event_id: int
):
    assert "Harbour Run 2026" in cards(open_screen("events", event_id))
    press(open_screen("ending", event_id), "Archive the event")
    assert read(database, event_id).archived_at is not None
    screen = open_screen("events", 1)
    assert "Harbour Run 2026" not in cards(screen)
    assert not screen.sidebar.selectbox
    screen = undisturbed(screen.toggle[0].set_value(True).run())
    assert "Harbour Run 2026" in cards(screen)
    assert any("Archived" in text.value for text in screen.markdown)
    press(open_screen("ending", event_id), "Bring it back")
    assert "Harbour Run 2026" in cards(open_screen("events", event_id))


def test_who_has_an_archived_event_alone_still_signs_in(
    open_screen: Open, database: Database, event_id: int
):
    key = join(database, event_id, "Mei", Role.ORGANIZER)
    press(open_screen("ending", event_id, token=key), "Archive the event")
    assert open_screen("overview", event_id, token=key).title[0].value == "Harbour Run 2026"


def test_the_owner_copies_an_event_and_gets_links_for_its_people(
    open_screen: Open, database: Database, listed: int
):
    key = join(database, listed, "Ana", Role.HELPER)
    assert "Copy the event" not in [
        button.label for button in open_screen("events", listed, token=key).button
    ]
    screen = open_screen("events", listed)
    next(box for box in screen.main.selectbox if box.label == "Event").set_value(listed)
    fill(screen, "Name of the copy", "Run 2027")
    fill(screen, "Invite its people, too: each gets a link of their own", True)
    screen = press(screen, "Copy the event")
    token, link = [block.value for block in screen.code]
    assert "/join/" in link
    with database.reading() as session:
        copy = session.scalars(select(Event).where(Event.name == "Run 2027")).one()
    assert copy.design_id is not None
    assert open_screen("overview", copy.id, token=token).title[0].value == "Run 2027"
    screen = press(press(screen, "I have saved it"), "I have saved them")
    assert not screen.code
