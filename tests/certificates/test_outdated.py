"""Certificates that are older than the list: kept by whatever changes it, and issued anew."""

import httpx
import pytest
from sqlalchemy import select

from shared.acts.change_value import change_value
from shared.acts.issue import IssueFromList
from shared.acts.run import run
from shared.acts.undo_list import UndoList
from shared.certificates.issuing import chosen
from shared.events.installation import Installation
from shared.storage.models import Certificate, ColumnKind, Event, Mail, Volunteer
from shared.storage.rows import count_rows
from shared.volunteers.people.list_changes import imports_of
from tests.support import factories
from tests.support.acting import held
from tests.support.api_server import api, default_event, server_url
from tests.support.calls import owners
from tests.support.list_columns import print_column, say
from tests.support.lists import bring, bring_again, people_by_name
from tests.support.query_plans import full_scans

__all__ = ["api", "default_event", "server_url"]

LIST = "email,name,shifts,team\nana@example.org,Ana,8,tea\nbo@example.org,Bo,9,tea\n"


def issued(installation: Installation, event_id: int, text: str = LIST) -> None:
    """Certificates for both of the list, which show the shifts."""
    factories.design(installation.database, event_id)
    bring(installation, event_id, text)
    print_column(installation.database, event_id, "shifts")
    assert run(installation.database, IssueFromList(), event_id, held(installation)).done == 2


def outdated(installation: Installation, event_id: int) -> int:
    with installation.database.reading() as session:
        return count_rows(session, chosen.with_outdated(session.get_one(Event, event_id)))


def correct(installation: Installation, event_id: int, title: str, value: str) -> None:
    with installation.database.writing() as session:
        theirs = Volunteer.event_id == event_id, Volunteer.email == "ana@example.org"
        person = session.scalars(select(Volunteer).where(*theirs)).one()
        change_value(session, installation.seal, person, title, value)


@pytest.fixture
def event(installation: Installation, event_id: int) -> int:
    issued(installation, event_id)
    return event_id


def test_a_list_makes_certificates_older_than_it_and_undoing_it_does_not(
    installation: Installation, event: int
):
    bring_again(installation, event, LIST.replace("Ana,8,tea", "Ana,8,water"))
    assert outdated(installation, event) == 0
    bring_again(installation, event, LIST.replace("Ana,8", "Ana Lima,7"))
    assert outdated(installation, event) == 1
    # A second list that changes something else leaves them so.
    bring_again(installation, event, LIST.replace("Ana,8,tea", "Ana Lima,7,water"))
    assert outdated(installation, event) == 1
    bring_again(installation, event, LIST)
    assert outdated(installation, event) == 0
    with installation.database.reading() as session:
        (newest, *_) = imports_of(session, session.get_one(Event, event), most=1)
    run(installation.database, UndoList(newest.id), event, held(installation))
    assert outdated(installation, event) == 1


def test_a_value_corrected_by_hand_counts_until_it_is_corrected_back(
    installation: Installation, event: int
):
    correct(installation, event, "team", "water")
    assert outdated(installation, event) == 0
    correct(installation, event, "shifts", "7")
    assert outdated(installation, event) == 1
    correct(installation, event, "shifts", "8")
    assert outdated(installation, event) == 0


def test_what_a_column_is_said_to_hold_counts_where_it_is_written_otherwise(
    installation: Installation, event_id: int
):
    issued(installation, event_id, LIST.replace("Ana,8", "Ana,1200"))
    say(installation, event_id, "shifts", kind=ColumnKind.NUMBER)
    assert outdated(installation, event_id) == 1
    say(installation, event_id, "shifts", kind=ColumnKind.TEXT)
    assert outdated(installation, event_id) == 0


def test_programs_ask_how_many_there_are_and_have_them_issued_anew(
    api: httpx.Client, installation: Installation, default_event: Event
):
    issued(installation, default_event.id)
    owners(api, "updateOrgConfig", names="issue")
    bring_again(installation, default_event.id, LIST.replace("Ana,8", "Ana Lima,7"))
    scans = full_scans(installation.database, lambda: outdated(installation, default_event.id))
    assert scans == []
    assert owners(api, "email", action="query", again=True)["code"] == 4
    told = owners(api, "email", action="query")["data"]
    assert (told["outdated"], told["issued_anew"]) == (1, None)
    told = owners(api, "email", action="send")["data"]
    assert (told["outdated"], told["issued_anew"]) == (1, None)
    told = owners(api, "email", action="send", again=True)["data"]
    assert (told["outdated"], told["issued_anew"], told["issued"]) == (0, 1, 0)
    ana = people_by_name(installation, default_event.id)["ana"]
    with installation.database.reading() as session:
        theirs = select(Certificate).where(Certificate.volunteer_id == ana.id)
        old, new = session.scalars(theirs.order_by(Certificate.revision)).all()
        mails = session.scalars(
            select(Mail.certificate_id).where(Mail.volunteer_id == ana.id)
        ).all()
    assert (old.replaced_at is None, new.name, new.columns["shifts"]) == (False, "Ana Lima", "7")
    assert new.id in mails
    told = owners(api, "email", action="send", again=True)["data"]
    assert (told["outdated"], told["issued_anew"]) == (0, 0)
