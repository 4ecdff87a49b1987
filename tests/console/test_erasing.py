"""An organizer erases somebody who asked for it, and is told of it when a list comes again."""

from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from api.calls.volunteer import store_name
from console import previews
from shared.access.roles import Role
from shared.events.installation import Installation
from shared.storage.models import Action, AuditEntry, Volunteer
from tests.support import factories
from tests.support.colleagues import join
from tests.support.console_screens import Open, people, press, table_of_people, undisturbed


def open_person(open_screen: Open, event_id: int, person_id: int, **options):
    screen = open_screen("volunteers", event_id, **options)
    screen.session_state["volunteers.person"] = person_id
    return undisturbed(screen.run())


def with_a_certificate(
    open_screen: Open, installation: Installation, event_id: int
) -> tuple[AppTest, Volunteer]:
    """The window of the first on the list, who has entered a name."""
    token = factories.invite(installation, event_id)["ana@example.org"]
    store_name(installation, token, "Ana Lima")
    ana = people(installation.database, event_id)[0]
    return open_person(open_screen, event_id, ana.id), ana


def test_a_person_is_erased_after_a_second_word(
    open_screen: Open, installation: Installation, listed: int
):
    database = installation.database
    screen, ana = with_a_certificate(open_screen, installation, listed)
    (button,) = [one for one in screen.button if one.label == "Erase"]
    assert button.disabled
    assert previews._previews
    # Removing asks the same, above it.
    screen.checkbox(f"volunteers.erase.sure.{ana.id}").set_value(True)
    screen = press(undisturbed(screen.run()), "Erase")
    assert [one.email for one in people(database, listed)] == ["", "bo@example.org"]
    assert not previews._previews
    addresses = [row["Address"] for row in table_of_people(screen)]
    assert addresses == ["Erased", "bo@example.org"]
    with database.reading() as session:
        erased = select(AuditEntry).where(AuditEntry.action == Action.ERASED)
        assert session.scalars(erased).one().volunteer_id == ana.id
    screen = press(open_screen("volunteers", listed), "Add or update a list")
    screen.text_area[0].set_value("ana@example.org\nnew@example.org")
    screen = press(undisturbed(screen.run()), "Check the list")
    told = [one.value for one in screen.info]
    assert "1 person was erased from this event and is left out." in told


def test_no_picture_is_kept_of_who_was_removed_with_a_certificate(
    open_screen: Open, installation: Installation, listed: int
):
    database = installation.database
    screen, ana = with_a_certificate(open_screen, installation, listed)
    assert previews._previews
    screen.checkbox(f"volunteers.erase.sure.remove.{ana.id}").set_value(True)
    press(undisturbed(screen.run()), "Yes, remove this person")
    assert [one.email for one in people(database, listed)] == ["bo@example.org"]
    assert not previews._previews


def test_a_helper_erases_nobody(open_screen: Open, installation: Installation, listed: int):
    database = installation.database
    key = join(database, listed, "Hal", Role.HELPER)
    screen = open_person(open_screen, listed, people(database, listed)[0].id, token=key)
    assert not [one for one in screen.button if one.label == "Erase"]
