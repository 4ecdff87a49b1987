"""What a look at a screen asks of the database."""

import re

import pytest

from console.app import SCREENS
from shared.events.installation import Installation
from shared.events.settings import create_event
from shared.storage.models import MailState
from tests.support import factories
from tests.support.console_screens import (
    Open,
    fail_every_mail,
    let_a_worker_live,
    undisturbed,
)
from tests.support.editing import change_a_layout
from tests.support.factories import invite
from tests.support.statements import statements_of

OF_ONE_EVENT = sorted(SCREENS.keys() - {"events"})
# A column that is read with the whole row only.
WHOLE_EVENT = re.compile(r"SELECT [^;]*\bevent(_\d)?\.number_pattern\b", re.DOTALL)


@pytest.fixture
def busy(installation: Installation, listed: int) -> int:
    """An event with something to show on every screen: people, mails, failures."""
    invite(installation, listed)
    fail_every_mail(installation.database, listed, MailState.FAILED)
    let_a_worker_live(installation.database)
    return listed


@pytest.mark.parametrize("name", OF_ONE_EVENT)
def test_a_screen_looks_its_event_up_once(
    installation: Installation, busy: int, open_screen: Open, name: str
):
    open_screen(name, busy)
    with statements_of(installation.database) as run:
        open_screen(name, busy)
    # The owner's screen of the installation's mail shows the event of that account besides.
    looked = [one for one in run if WHOLE_EVENT.match(one) and "is_own = " not in one]
    assert len(looked) == 1


def test_a_layout_that_was_changed_looks_its_event_up_as_often_as_it_has_to(
    installation: Installation, open_screen: Open, event_id: int
):
    factories.design(installation.database, event_id)
    screen = open_screen("certificate", event_id)
    change_a_layout(screen)
    with statements_of(installation.database) as run:
        undisturbed(screen.run())
    # As it was shown; if it may be changed; locked; and as it is shown then.
    assert len([one for one in run if WHOLE_EVENT.match(one)]) == 4
    # Typefaces of its own are offered in two places; a layout without one has none to check.
    assert len([one for one in run if "event_font" in one]) == 2


@pytest.mark.parametrize("name", sorted(SCREENS))
def test_more_events_are_no_more_statements(
    installation: Installation, busy: int, open_screen: Open, name: str
):
    open_screen(name, busy)
    with statements_of(installation.database) as before:
        open_screen(name, busy)
    with installation.database.writing() as session:
        for number in range(8):
            create_event(session, name=f"Event {number}", language="en")
    with statements_of(installation.database) as after:
        open_screen(name, busy)
    assert len(after) == len(before) > 0
