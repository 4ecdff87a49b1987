"""Every try is in the ledger, with the address that it went to."""

from sqlalchemy import select

from shared.events.installation import Installation
from shared.storage.models import Attempt, Event, Volunteer
from shared.volunteers.people import roster
from shared.volunteers.people.progress import history
from tests.support import whole_tables
from tests.support.factories import SEAL
from tests.support.mailing import invite, pass_time
from tests.support.sending_steps import (
    GREYLISTED,
    MINUTE,
    NOBODY,
    SENT,
    add_account,
    claim,
    settle,
    volunteer_of,
)


def test_every_try_is_in_the_ledger(installation: Installation, event_id: int) -> None:
    database = installation.database
    add_account(database, event_id)
    invite(installation, event_id, 1)
    (claimed,) = claim(database)
    settle(database, claimed, GREYLISTED)
    pass_time(database, MINUTE)
    (claimed,) = claim(database)
    settle(database, claimed, SENT)
    with database.reading() as session:
        ledger = session.scalars(select(Attempt).order_by(Attempt.id)).all()
        assert [(a.verdict, a.code, a.phase) for a in ledger] == [
            ("retry", 451, "rcpt"),
            ("sent", 250, "content"),
        ]
        assert {a.account for a in ledger} == {"thanks@example.org@smtp.example.org:465"}


def test_every_try_keeps_the_address_that_it_went_to(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    invite(installation, event_id, 1)
    (claimed,) = claim(database)
    settle(database, claimed, NOBODY)
    with database.writing() as session:
        person = session.get_one(Volunteer, volunteer_of(database, claimed).id)
        roster.change_address(session, SEAL, person, "right@example.org")
    (again,) = claim(database)
    settle(database, again, SENT)
    with database.reading() as session:
        table = whole_tables.ledger(session, session.get_one(Event, event_id))
        moments = history(session, volunteer_of(database, claimed))
    assert list(table["address"]) == ["v0@example.org", "right@example.org"]
    assert "v0@example.org" in [moment.details.get("address") for moment in moments]
