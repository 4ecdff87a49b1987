"""Somebody of several events has on each the role of that event, at the moment of each act.

What is open on a screen, such as a window or a list that refreshes itself, is drawn anew without
the rest of the screen: a script of its own shows it here.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from console.screens.volunteers.person import _file
from console.session import reader, serve
from shared import events
from shared.access.keys import Identity
from shared.access.roles import Role
from shared.acts.remove import remove
from shared.certificates.issuing.current import current_certificate
from shared.errors import EventUnknown, RoleTooLow
from shared.events.installation import Installation
from shared.events.settings import create_event
from shared.privacy.erasure import erase
from shared.storage.models import AccessKey, Action, AuditEntry, Volunteer
from tests.support.audited import acts
from tests.support.console_screens import Open, people, press, undisturbed
from tests.support.factories import add, rehearsed
from tests.support.identity_provider import ISSUER
from tests.support.issued import issue
from tests.support.one_database import database_url
from tests.support.organization import bind, organized, sign_in_by, unbind

__all__ = ["database_url", "organized"]

ANA = Identity(ISSUER, "4712")
GONE = "This person is no longer on the list."
TOO_LOW = "Your role does not allow this. Ask an organizer of the event."
UNKNOWN = "There is no such event."


@dataclass
class Two:
    """An installation with two events; one person may come to both, in a role of each."""

    installation: Installation
    here: int
    there: int
    open_screen: Open
    screen: AppTest = field(init=False)

    def come(self, here: Role, there: Role) -> None:
        """Somebody of the organization signs in who has these roles."""
        bind(self.installation, self.here, ANA, here)
        bind(self.installation, self.there, ANA, there)
        self.screen = self.open_screen("sessions", self.here)
        sign_in_by(self.installation, ANA)
        serve(self.installation)

    def leave(self, event_id: int) -> None:
        with self.installation.database.writing() as session:
            unbind(session, events.event_for_change(session, event_id), ANA)

    def drawn_anew(self, part: Callable[..., None], event_id: int, **given: Any) -> AppTest:
        """A part of a screen alone, while the screens are about this event."""
        script = AppTest.from_function(part, default_timeout=30, kwargs=given)
        script.session_state["session.event_id"] = event_id
        return script.run()

    def listed(self) -> Volunteer:
        """The first person on the event's list."""
        return people(self.installation.database, self.here)[0]

    def log(self, event_id: int) -> list[AuditEntry]:
        return [one for one in acts(self.installation.database) if one.event_id == event_id]


@pytest.fixture
def two(organized: Installation, event_id: int, open_screen: Open) -> Two:
    with organized.database.writing() as session:
        other, _ = create_event(session, name="Beach Day", language="en")
    issue(organized, event_id, ["Ana Lima"])
    rehearsed(organized, event_id, "v0@example.org", "Hi")
    return Two(organized, event_id, other.id, open_screen)


def mailbox() -> None:
    from console.screens.mailbox import _show_mailbox
    from console.session import ask_for
    from shared.access.roles import Permission

    ask_for(Permission.READ_MAILBOX)
    _show_mailbox()


def window(person: "Volunteer") -> None:
    from console.screens.volunteers.person import _show_history

    _show_history(person.id)


def work() -> None:
    from console.jobs import acts_button
    from shared.access.roles import Permission

    acts_button("Work", "work", lambda *_: [], Permission.SEND, done="Done")


def told(script: AppTest) -> list[str]:
    """The refusals, whether shown in place or by the product's word for the error."""
    return [one.value for one in script.error] + [one.message for one in script.exception]


def test_a_mailbox_that_is_open_shows_nothing_more_once_the_role_is_a_viewers(two: Two):
    two.come(Role.HELPER, Role.ORGANIZER)
    assert two.drawn_anew(mailbox, two.here).header
    bind(two.installation, two.here, ANA, Role.VIEWER)
    script = two.drawn_anew(mailbox, two.here)
    assert not script.header
    assert told(script) == [TOO_LOW]


def test_a_persons_window_says_nothing_more_to_whom_addresses_are_closed_by_now(two: Two):
    two.come(Role.HELPER, Role.ORGANIZER)
    person = two.listed()
    assert two.drawn_anew(window, two.here, person=person).text_input
    bind(two.installation, two.here, ANA, Role.VIEWER)
    script = two.drawn_anew(window, two.here, person=person)
    assert told(script) == [TOO_LOW]
    assert not [*script.markdown, *script.text_input, *script.button]


def test_the_role_on_one_event_moves_nobody_of_another(two: Two):
    two.come(Role.HELPER, Role.ORGANIZER)
    person = two.listed()
    script = two.drawn_anew(window, two.there, person=person)
    labels = [button.label for button in script.button]
    assert not {"Yes, withdraw it", "Erase", "Show the link"} & set(labels)
    assert told(script) == [GONE]


@pytest.mark.parametrize("is_erased", [False, True])
def test_a_window_says_that_its_person_was_removed_or_erased_meanwhile(two: Two, is_erased: bool):
    two.come(Role.HELPER, Role.ORGANIZER)
    add(two.installation.database, two.here, "bo@example.org")
    bo = people(two.installation.database, two.here)[-1]
    with two.installation.database.writing() as session:
        if is_erased:
            erase(session, two.installation.seal, two.here, bo.id)
        else:
            remove(session, session.get_one(Volunteer, bo.id))
    assert told(two.drawn_anew(window, two.here, person=bo)) == [GONE]


@pytest.mark.parametrize("role", [Role.ORGANIZER, Role.VIEWER])
def test_no_work_begins_on_an_event_that_was_left(two: Two, role: Role):
    two.come(Role.ORGANIZER, role)
    script = two.drawn_anew(work, two.here)
    two.leave(two.here)
    before = len(two.log(two.here))
    script = script.button[0].click().run()
    assert told(script) == [UNKNOWN]
    assert len(two.log(two.here)) == before, "nor does a stranger write into its log"


def test_a_file_is_made_for_whom_it_is_open_when_it_is_asked_for(two: Two):
    two.come(Role.HELPER, Role.ORGANIZER)
    person = two.listed()
    with two.installation.database.reading() as session:
        issued = current_certificate(session, person)
    assert issued
    ana = reader()
    assert _file(issued.id, "jpg", ana)
    exported = [one.action for one in two.log(two.here)].count(Action.EXPORTED)
    for change, refusal in (
        (lambda: bind(two.installation, two.here, ANA, Role.VIEWER), RoleTooLow),
        (lambda: two.leave(two.here), EventUnknown),
    ):
        change()
        with pytest.raises(refusal):
            _file(issued.id, "jpg", ana)
    assert [one.action for one in two.log(two.here)].count(Action.EXPORTED) == exported


def test_signing_out_everywhere_stands_in_each_log_with_the_role_there(two: Two):
    two.come(Role.ORGANIZER, Role.VIEWER)
    press(undisturbed(two.screen.run()), "Sign out everywhere")
    for event_id, role in ((two.here, Role.ORGANIZER), (two.there, Role.VIEWER)):
        entry = two.log(event_id)[-1]
        assert (entry.action, entry.by_role) == (Action.SESSION_ENDED, role)
        with two.installation.database.reading() as session:
            key = session.get_one(AccessKey, entry.by_key_id)
        assert key.event_id == event_id
