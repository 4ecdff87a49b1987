"""The organizer sets who is responsible for people's data, and what they are told."""

from shared.storage.database import Database
from tests.support.console_screens import Open, fill, read, undisturbed


def test_what_is_said_about_privacy_is_kept(open_screen: Open, database: Database, event_id: int):
    screen = open_screen("organization", event_id)
    fill(screen, "Responsible organization", "Harbour e. V.")
    fill(screen, "Privacy contact", "privacy@harbour.example")
    fill(screen, "Privacy text in English", "We keep little.")
    saves = [button for button in screen.button if button.form_id == "privacy"]
    undisturbed(saves[0].click().run())
    event = read(database, event_id)
    assert event.responsible_organization == "Harbour e. V."
    assert event.privacy_contact == "privacy@harbour.example"
    assert event.privacy_texts == {"en": "We keep little."}
