"""At the end of the day until which people could check their names, the worker issues."""

import pytest
from sqlalchemy import select

from shared import liveness
from shared.acts.go_live import go_live
from shared.acts.send import send
from shared.storage.models import Certificate, Event, Mail, Sending
from shared.worker.upkeep import issue_due
from tests.support.known_names import end_check, listed_event, mails_of, statuses_of
from tests.support.mailing import wait_until, working
from tests.support.sending_steps import add_account
from tests.support.submitting import submit_name

TWO = "email,name\nana@example.org,Ana Silva\nbo@example.org,Bo Li\ncy@example.org,\n"


@pytest.fixture
def checked(installation, event_id) -> int:
    """Two people were asked to check their names and a third for hers, and all mails left."""
    listed_event(installation.database, event_id, "check", TWO)
    send(installation, event_id)
    with working(installation):
        wait_until(lambda: statuses_of(installation.database, event_id) == [1, 1, 1])
    return event_id


def issue_at(installation, event_id: int):
    with installation.database.reading() as session:
        return session.get_one(Event, event_id).issue_at


def test_who_has_not_answered_by_then_gets_the_name_of_the_list_and_one_mail(installation, checked):
    database = installation.database
    with database.reading() as session:
        token = installation.seal.open_token(
            session.scalars(select(Mail).order_by(Mail.id)).first().volunteer.token
        )
    with database.writing() as session:
        submit_name(session, installation.settings, installation.seal, token, "Ana María")
    end_check(database, checked)
    with working(installation):
        wait_until(lambda: statuses_of(database, checked) == [4, 4, 1])
        wait_until(lambda: issue_at(installation, checked) is None)
    with database.reading() as session:
        names = session.scalars(select(Certificate.name).order_by(Certificate.id)).all()
    assert names == ["Ana María", "Bo Li"]
    assert [(who, kind) for who, kind, _ in mails_of(database, checked)] == [
        ("ana", "invitation"),
        ("ana", "certificate"),
        ("bo", "invitation"),
        ("bo", "certificate"),
        ("cy", "invitation"),
    ]


def test_before_that_nothing_is_issued(installation, checked):
    issue_due(installation)
    assert statuses_of(installation.database, checked) == [1, 1, 1]
    assert issue_at(installation, checked) is not None


def test_who_was_asked_in_rehearsal_alone_gets_nothing_by_itself(installation, checked):
    add_account(installation.database, checked)
    with installation.database.writing() as session:
        event = session.get_one(Event, checked)
        event.live_at = None
        assert go_live(session, event)
    end_check(installation.database, checked)
    issue_due(installation)
    assert statuses_of(installation.database, checked) == [1, 1, 1]


def test_while_the_organizer_stops_the_sending_nothing_is_issued(installation, checked):
    with installation.database.writing() as session:
        session.get_one(Event, checked).sending = Sending.STOPPED
    end_check(installation.database, checked)
    issue_due(installation)
    assert statuses_of(installation.database, checked) == [1, 1, 1]
    assert issue_at(installation, checked) is not None


def test_an_event_whose_certificates_ended_two_workers_holds_up_nobody(
    installation, checked, monkeypatch
):
    end_check(installation.database, checked)
    monkeypatch.setattr(liveness, "stuck_on_twice", {f"certificates of event {checked}"})
    issue_due(installation)
    assert statuses_of(installation.database, checked) == [1, 1, 1]
    monkeypatch.setattr(liveness, "stuck_on_twice", set())
    issue_due(installation)
    assert statuses_of(installation.database, checked) == [2, 2, 1]
