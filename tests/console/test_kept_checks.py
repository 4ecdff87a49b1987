"""What the flight check keeps on the screen from one click to the next."""

from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from shared.events.installation import Installation
from shared.log.actor import AT_THE_MACHINE
from shared.storage.models import Volunteer
from shared.volunteers.people.roster import change_address
from tests.support import factories
from tests.support.console_screens import Open, undisturbed
from tests.support.statements import statements_of


def tells_of(domain: str, screen: AppTest) -> bool:
    return any(f"1 × {domain}" in one.value for one in screen.markdown)


def test_addresses_are_looked_at_again_only_after_something_was_done(
    open_screen: Open, installation: Installation, listed: int
):
    database = installation.database
    factories.add(database, listed, "cy@gmial.com")
    screen = open_screen("send", listed)
    assert tells_of("gmial.com", screen)
    with statements_of(database) as run:
        assert tells_of("gmial.com", undisturbed(screen.run()))
    assert run
    assert not [one for one in run if "GROUP BY domain" in one]
    with database.writing(by=AT_THE_MACHINE) as session:
        cy = session.scalars(select(Volunteer).where(Volunteer.email == "cy@gmial.com")).one()
        change_address(session, factories.SEAL, cy, "cy@gmail.com")
    assert not tells_of("gmial.com", undisturbed(screen.run()))


def test_people_added_since_are_looked_at(
    open_screen: Open, installation: Installation, listed: int
):
    screen = open_screen("send", listed)
    assert not tells_of("gmial.com", screen)
    factories.add(installation.database, listed, "cy@gmial.com")
    assert tells_of("gmial.com", undisturbed(screen.run()))
