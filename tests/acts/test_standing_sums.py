"""The sums of an event's certificates are what a count of those that stand gives, whatever happens
to them."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from sqlalchemy import select

from api.calls.volunteer import store_name
from shared.acts import Act
from shared.acts.held_back import take_back_certificates
from shared.acts.remove import Remove
from shared.acts.run import apply
from shared.acts.send import send
from shared.acts.withdraw import UndoWithdrawal, Withdraw
from shared.certificates.issuing.sums import Sums, sums_of
from shared.events.installation import Installation
from shared.privacy.erasure import erase_person
from shared.storage.models import Certificate, ColumnKind, Event, Naming, Volunteer
from tests.support import factories
from tests.support.acted_event import counted_sums
from tests.support.acting import issue_in_turns, of, reissue_in_turns
from tests.support.list_columns import say

PEOPLE = """email,name,Hours,Break,km
ana@example.org,Ana Lima,12,0.5,7
bo@example.org,Bo Lee,4,,7
cy@example.org,Cy Day,,,7
dee@example.org,Dee Ray,1.25,,
eve@example.org,,100,,"""
UNITS = {"Hours": "hours", "Break": "小时", "km": "km"}


@pytest.fixture
def people(installation: Installation, event_id: int) -> dict[str, int]:
    """The ids of the people of an event that says publicly how many hours they helped."""
    factories.design(installation.database, event_id)
    factories.add(installation.database, event_id, PEOPLE)
    for title, unit in UNITS.items():
        say(installation, event_id, title, kind=ColumnKind.NUMBER, unit=unit, is_public=True)
    with installation.database.reading() as session:
        listed = select(Volunteer.email, Volunteer.id).where(Volunteer.event_id == event_id)
        found = session.execute(listed)
        return {email.partition("@")[0]: id for email, id in found}


def sums(installation: Installation, event_id: int) -> tuple[int, Decimal | None]:
    """Those that are kept, which are the same as counted ones."""
    with installation.database.reading() as session:
        kept = sums_of(session, session.get_one(Event, event_id))
        issued = select(Certificate).where(Certificate.event_id == event_id)
        assert kept == counted_sums(session.scalars(issued))
    return kept.people, kept.hours


def act(installation: Installation, event_id: int, what: Act) -> None:
    with installation.database.writing() as session:
        apply(session, what, event_id)


def test_they_are_what_a_count_gives_after_each_thing_that_happens(
    installation: Installation, event_id: int, people: dict[str, int]
) -> None:
    database = installation.database

    def now() -> tuple[int, Decimal | None]:
        return sums(installation, event_id)

    assert now() == (0, None)
    assert issue_in_turns(installation, event_id) == 4
    assert now() == (4, Decimal("17.75"))
    tokens = factories.invite(installation, event_id)
    store_name(installation, tokens["eve@example.org"], "Eve")
    assert now() == (5, Decimal("117.75"))
    store_name(installation, tokens["eve@example.org"], "Eve Fox")
    store_name(installation, tokens["eve@example.org"], "Eve Fox")
    assert now() == (5, Decimal("117.75"))
    act(installation, event_id, Withdraw(of(people["ana"], people["bo"]), "A mistake"))
    assert now() == (3, Decimal("101.25"))
    act(installation, event_id, UndoWithdrawal(of(people["ana"])))
    assert now() == (4, Decimal("113.75"))
    act(installation, event_id, UndoWithdrawal(of(people["bo"])))
    reissue_in_turns(installation, event_id, [people["bo"], people["cy"]], mailed=False)
    assert now() == (5, Decimal("117.75"))
    # Where it is written otherwise by now, what was issued says what it said.
    say(installation, event_id, "Hours", unit="km")
    say(installation, event_id, "Break", is_public=False)
    assert now() == (5, Decimal("117.25"))
    say(installation, event_id, "Break", is_public=True)
    say(installation, event_id, "Hours", kind=ColumnKind.SECRET)
    assert now() == (5, Decimal("0.5"))
    say(installation, event_id, "Hours", kind=ColumnKind.NUMBER, unit="hours", is_public=True)
    assert now() == (5, Decimal("0.5"))
    with database.reading() as session:
        ana = session.get_one(Volunteer, people["ana"])
    erase_person(database, installation.seal, ana, None)
    erase_person(database, installation.seal, ana, None)
    assert now() == (4, None)
    act(installation, event_id, Remove(of(people["dee"]), with_all=True))
    assert now() == (3, None)


def test_what_is_taken_back_and_what_a_rehearsal_leaves_is_counted_no_more(
    installation: Installation, event_id: int, people: dict[str, int]
) -> None:
    with installation.database.writing() as session:
        session.get_one(Event, event_id).naming = Naming.ISSUE
    send(installation, event_id)
    assert sums(installation, event_id)[0] == 4
    assert take_back_certificates(installation.database, event_id).certificates == 4
    assert sums(installation, event_id) == (0, None)


def test_of_two_first_ones_at_the_same_time_both_are_counted(
    installation: Installation, event_id: int, people: dict[str, int]
) -> None:
    tokens = factories.invite(installation, event_id)
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda token: store_name(installation, token, "Na Med"), tokens.values()))
    assert sums(installation, event_id) == (5, Decimal("117.75"))


def test_an_event_without_certificates_has_none(installation: Installation, event_id: int) -> None:
    with installation.database.reading() as session:
        assert sums_of(session, session.get_one(Event, event_id)) == Sums(0, None)
