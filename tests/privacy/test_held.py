"""What is held about somebody: all of it, and nothing about anybody else."""

import json
from datetime import UTC, datetime

import pytest

from shared.certificates.issuing import submission
from shared.events.installation import Installation
from shared.privacy import erasure
from shared.privacy.own_data import held_about
from shared.storage.models import Suppression, Volunteer
from tests.support import factories
from tests.support.sending_steps import NOBODY, SENT, claim, settle
from tests.support.submitting import submit_name

LIST = """email,number,name,team,Hours
ana@example.org,HR-7,Ana Listed,Water,"1,5"
bo@example.org,HR-8,Bo,Tea,2"""


@pytest.fixture
def ana(installation: Installation, event_id: int) -> Volunteer:
    database = installation.database
    factories.design(database, event_id)
    factories.add(database, event_id, LIST)
    token = factories.invite(installation, event_id)["ana@example.org"]
    for mail in claim(database):
        settle(database, mail, NOBODY if mail.address == "ana@example.org" else SENT)
    with database.writing() as session:
        submit_name(session, installation.settings, installation.seal, token, "Ana Lima")
        return submission.find_volunteer(session, installation.seal, token)


def test_all_that_names_them_is_told_and_nobody_else(installation: Installation, ana: Volunteer):
    with installation.database.reading() as session:
        person = session.get_one(Volunteer, ana.id)
        held = held_about(session, person, "en")
    written = json.dumps(held)
    for fact in ("ana@example.org", "HR-7", "Ana Listed", "Ana Lima", "Water", NOBODY.text):
        assert fact in written
    for fact in ("bo@example.org", "HR-8", "Bo", "Tea"):
        assert f'"{fact}"' not in written
    assert [mail["kind"] for mail in held["mails"]] == ["invitation", "certificate"]
    assert held["certificates"][0]["name"] == "Ana Lima"
    assert held["certificates"][0]["name_from"] == "recipient"
    hours = {"kind": "number", "number": "1.5", "unit": "hours"}
    assert held["certificates"][0]["numbers_and_dates"] == {"Hours": hours}


def test_whatever_is_erased_was_told_before(installation: Installation, ana: Volunteer):
    """A column that erasing removes is one that people can see, unless it is no fact about them."""
    # Their link, and what stands in another column, too, also in a word of the program.
    silent = {"token", "email_key", "problem", "group_id", "secrets", "erased_at"}
    gone = {column.key for column in Volunteer.__table__.columns} - erasure.KEPT_OF_VOLUNTEER
    with installation.database.writing() as session:
        person = session.get_one(Volunteer, ana.id)
        person.stood, person.stood_key = {"name": "ANA LIMA"}, "anna@example.org"
        person.problem_text, person.suppressed = "not drawn", Suppression.DEAD
        person.thanks = "You made it a fine day."
        times = sorted(key for key in gone - {"erased_at"} if key.endswith("_at"))
        for month, key in enumerate(times, 1):
            setattr(person, key, datetime(2031, month, 1, tzinfo=UTC))
        session.flush()
        told = json.dumps(held_about(session, person, "en"))
        for key in gone - silent:
            value = getattr(person, key)
            assert value, key
            assert isinstance(value, dict) or str(value)[:10] in told, key
