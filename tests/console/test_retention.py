"""How long addresses are kept is set on the overview, which first shows whose go when."""

from datetime import timedelta

from shared.access.roles import Role
from shared.events.installation import Installation
from shared.storage.models import Action, Volunteer
from tests.support.audited import acts
from tests.support.colleagues import join
from tests.support.console_screens import Open, fill, people, read, undisturbed
from tests.support.one_database import database_url

__all__ = ["database_url"]

SWITCH = "Delete old addresses automatically"


def test_whose_addresses_go_is_shown_before_an_organizer_says_so(
    open_screen: Open, installation: Installation, listed: int
):
    database = installation.database
    with database.writing() as session:
        ana = session.get_one(Volunteer, people(database, listed)[0].id)
        ana.created_at -= timedelta(days=200)
    screen = open_screen("settings", listed)
    fill(screen, SWITCH, True)
    screen = undisturbed(screen.run())
    assert "The next check deletes 1 address." in [caption.value for caption in screen.caption]
    assert screen.dataframe[0].value["Number"][0] == ana.number
    undisturbed(screen.button(key="settings.retention_save").click().run())
    assert read(database, listed).retention_days == 180
    assert [entry.action for entry in acts(database)] == [Action.RETENTION_CHANGED]
    assert all(person.email for person in people(database, listed))


def test_a_helper_does_not_decide_how_long(open_screen: Open, installation: Installation, listed):
    key = join(installation.database, listed, "Hal", Role.HELPER)
    screen = open_screen("settings", listed, token=key)
    assert SWITCH not in [toggle.label for toggle in screen.toggle]
