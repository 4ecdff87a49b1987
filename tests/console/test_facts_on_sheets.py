"""What the sheet says of the event is shown and put right where it is sent."""

from shared import events
from shared.certificates.designs import designs
from shared.events.settings import EventChange, update_event
from shared.rendering.layout import Layout
from shared.storage.database import Database
from tests.support import designing, factories
from tests.support.console_screens import Open, press, read
from tests.support.one_database import database_url

__all__ = ["database_url"]

_BOX = {"left": 0.2, "top": 0.1, "width": 0.6, "height": 0.1}


def call(database: Database, event_id: int, name: str) -> None:
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        update_event(event, EventChange(name=name))


def test_a_renamed_event_is_done_only_when_its_certificate_says_so_and_one_press_lets_it(
    open_screen: Open, database: Database, listed: int
):
    call(database, listed, "Spring Run")
    text = {"kind": "text", "content": "For Spring Run", "box": _BOX}
    with database.writing() as session:
        event = events.event_for_change(session, listed)
        designing.set_layout(session, event, Layout.from_json({"fields": [text]}))
    call(database, listed, "Autumn Run")
    said = "It says “Spring Run”, but the name is now “Autumn Run”."
    assert any(said in one.value for one in open_screen("overview", listed).caption)
    screen = open_screen("send", listed)
    assert any("says “Spring Run”" in one.value for one in screen.markdown)
    screen = press(screen, "Use today's names")
    assert not any("Spring Run" in one.value for one in screen.markdown)
    design = read(database, listed).design
    assert design is not None
    assert designs.layout_of(design).field("text").content == "For {event}"
    assert not any("It says" in one.value for one in open_screen("overview", listed).caption)


def test_the_first_certificate_stands_beside_the_button_or_a_sample_that_is_said_to_be_one(
    open_screen: Open, database: Database, listed: int
):
    def shown() -> tuple[str, str]:
        screen = open_screen("send", listed)
        [picture] = [one.proto.body for one in screen.get("html") if "<img" in one.proto.body]
        [said] = [one.value for one in screen.caption if "as sent" in one.value]
        return picture, said

    picture, said = shown()
    assert "Certificate of Alex Chen" in picture
    assert said.startswith("A sample, since no name is known yet.")
    factories.add(database, listed, "email,name\ncy@example.org,Cy Lund")
    picture, said = shown()
    assert "Certificate of Cy Lund" in picture
    assert said == "First mail, exactly as sent: Cy Lund"
