"""What is held about somebody: all of it, and nothing about anybody else."""

import json

import pytest
from sqlalchemy import select

from shared.certificates.issuing import submission
from shared.events.installation import Installation
from shared.privacy import erasure
from shared.privacy.own_data import held_about
from shared.storage.models import Volunteer
from tests.support import factories
from tests.support.sending_steps import NOBODY, SENT, claim, settle

LIST = "email,number,name,team\nana@example.org,HR-7,Ana Listed,Water\nbo@example.org,HR-8,Bo,Tea"


@pytest.fixture
def ana(installation: Installation, event_id: int) -> Volunteer:
    database = installation.database
    factories.design(database, event_id)
    factories.add(database, event_id, LIST)
    token = factories.invite(installation, event_id)["ana@example.org"]
    for mail in claim(database):
        settle(database, mail, NOBODY if mail.address == "ana@example.org" else SENT)
    with database.writing() as session:
        submission.submit(session, installation.settings, installation.seal, token, "Ana Lima")
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


def test_whatever_is_erased_was_told_before(installation: Installation, ana: Volunteer):
    """A column that erasing removes is one that people can see, unless it is no fact about them."""
    with installation.database.reading() as session:
        person = session.scalars(select(Volunteer).where(Volunteer.id == ana.id)).one()
        told = json.dumps(held_about(session, person, "en"))
    silent = {
        # Their link, and what stands in another column, too.
        *("token", "email_key"),
        # What went wrong, in a word of the program, and times of what an organizer did.
        *("problem", "reopened_at", "erased_at"),
    }
    gone = {column.key for column in Volunteer.__table__.columns} - erasure.KEPT_OF_VOLUNTEER
    for key in gone - silent:
        value = getattr(person, key)
        assert not value or isinstance(value, dict) or str(value)[:10] in told, key
