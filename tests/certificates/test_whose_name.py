"""Whose word the name on a certificate is: noted where it is made, and never made up."""

from datetime import date

import pytest
from sqlalchemy import select

from shared.acts.issue_anew import issue_anew
from shared.events.installation import Installation
from shared.log.actor import AT_THE_MACHINE
from shared.storage.models import Certificate, Event, NameFrom, Volunteer
from tests.support.acting import issue_in_turns, reissue_in_turns
from tests.support.factories import add, design, invite
from tests.support.known_names import listed_event
from tests.support.submitting import submit_name

LIST = "email,name\nana@example.org,Ana  Silva"


@pytest.fixture
def token(installation: Installation, event_id: int) -> str:
    """Ana's, whom the list calls Ana Silva."""
    design(installation.database, event_id)
    add(installation.database, event_id, LIST)
    return invite(installation, event_id)["ana@example.org"]


def submit(installation: Installation, token: str, name: str) -> NameFrom | None:
    with installation.database.writing() as session:
        settings, seal = installation.settings, installation.seal
        return submit_name(session, settings, seal, token, name).name_from


def type_in(installation: Installation, name: str) -> NameFrom | None:
    """An organizer issues the only certificate anew, with this name."""
    with installation.database.writing(by=AT_THE_MACHINE) as session:
        person = session.query(Volunteer).one()
        return issue_anew(session, installation.settings, person, name, mailed=False).name_from


def redate(installation: Installation, event_id: int, day: int) -> None:
    with installation.database.writing() as session:
        session.get_one(Event, event_id).certificate_date = date(2026, 12, day)


def test_each_way_to_a_name_is_noted(installation: Installation, event_id: int, token: str) -> None:
    assert submit(installation, token, " Ana Silva") == NameFrom.CONFIRMED
    assert submit(installation, token, "Ana María") == NameFrom.RECIPIENT
    assert type_in(installation, "Ana María Silva") == NameFrom.ORGANIZER
    assert type_in(installation, "Ana Silva") == NameFrom.LIST


def test_issuing_a_name_anew_changes_nothing_about_whose_it_is(
    installation: Installation, event_id: int, token: str
) -> None:
    submit(installation, token, "Ana María")
    redate(installation, event_id, 1)
    assert type_in(installation, "Ana María") == NameFrom.RECIPIENT
    redate(installation, event_id, 2)
    everybody = select(Volunteer.id)
    assert reissue_in_turns(installation, event_id, everybody, mailed=False).done == 1
    with installation.database.reading() as session:
        newest = session.query(Certificate).order_by(Certificate.revision.desc()).first()
        assert newest
        assert (newest.by_organizer, newest.name_from) == (True, NameFrom.RECIPIENT)


def test_nothing_is_made_up_for_those_from_before(
    installation: Installation, event_id: int, token: str
) -> None:
    submit(installation, token, "Ana María")
    with installation.database.writing() as session:
        session.query(Certificate).one().name_from = None
    redate(installation, event_id, 1)
    assert type_in(installation, "Ana María") is None


def test_what_is_issued_from_the_list_says_so(installation: Installation, event_id: int) -> None:
    listed_event(installation.database, event_id, "issue", LIST)
    issue_in_turns(installation, event_id)
    with installation.database.reading() as session:
        assert session.query(Certificate).one().name_from == NameFrom.LIST
