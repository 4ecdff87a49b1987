"""What an address was thanked for, over events: what stands in its record, and what does not."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from shared import events
from shared.acts.issue_anew import issue_anew
from shared.acts.run import apply_to
from shared.acts.withdraw import Withdraw
from shared.certificates.issuing.records import LISTED, Record, in_words, record_of
from shared.events.installation import Installation
from shared.events.opening import open_installation
from shared.events.settings import EventChange, update_event
from shared.log.actor import AT_THE_MACHINE
from shared.privacy import erasure
from shared.settings import Settings
from shared.storage.models import Event, Mail, Volunteer, now
from tests.conftest import OWNER_TOKEN
from tests.support.acting import of
from tests.support.certs_command import certs, environment
from tests.support.pdf_texts import text_of
from tests.support.thanked import ANA, thank

__all__ = ["environment"]


def record(installation: Installation, **days: date) -> Record:
    with installation.database.reading() as session:
        return record_of(session, "ANA@example.org", LISTED, **days)


def test_what_an_address_did_is_listed_over_events_and_summed_by_unit(installation: Installation):
    thank(installation, "Spring Run", "12.5")
    thank(installation, "Clean Beach", "8", unit="小时")
    thank(installation, "Long Walk", "30", unit="km")
    found = record(installation)
    assert [one.event for one in found.entries] == ["Long Walk", "Clean Beach", "Spring Run"]
    assert found.entries[2].organization == "Club of Spring Run"
    assert found.sums() == {"km": Decimal(30), "hours": Decimal("20.5")}
    assert in_words(found.sums(), "en") == "20.5 hours, 30 km"
    assert in_words(found.sums(), "zh") == "20.5 小时、30 km"


def test_names_stand_apart_and_the_sums_with_them(installation: Installation):
    thank(installation, "Spring Run", "12", "Ana Lima")
    thank(installation, "Clean Beach", "8", "Bo Lima")
    thank(installation, "Long Walk", "3", "ana  lima")
    by_name = {name: part.sums()["hours"] for name, part in record(installation).by_name()}
    assert by_name == {"ana lima": Decimal(15), "Bo Lima": Decimal(8)}


def test_what_was_withdrawn_is_listed_with_its_reason_and_does_not_count(
    installation: Installation,
):
    thank(installation, "Spring Run", "12")
    event_id = thank(installation, "Clean Beach", "8")
    withdraw(installation, event_id)
    found = record(installation)
    assert [(one.event, one.withdrawn) for one in found.entries] == [
        ("Clean Beach", "Was not there"),
        ("Spring Run", ""),
    ]
    assert found.sums() == {"hours": Decimal(12)}


def withdraw(installation: Installation, event_id: int) -> None:
    with installation.database.writing(by=AT_THE_MACHINE) as session:
        ana = person(installation, event_id)
        apply_to(session, Withdraw(of(ana.id), "Was not there"), session.get_one(Volunteer, ana.id))


def person(installation: Installation, event_id: int) -> Volunteer:
    with installation.database.reading() as session:
        of_event = Volunteer.event_id == event_id, Volunteer.email_key == ANA
        return session.scalars(select(Volunteer).where(*of_event)).one()


def test_a_corrected_certificate_stands_for_the_one_that_it_replaced(installation: Installation):
    event_id = thank(installation, "Spring Run", "12", "Ana Lma")
    with installation.database.writing(by=AT_THE_MACHINE) as session:
        ana = session.get_one(Volunteer, person(installation, event_id).id)
        issue_anew(session, installation.settings, ana, "Ana Lima", mailed=False)
    assert [one.name for one in record(installation).entries] == ["Ana Lima"]


@pytest.mark.parametrize("end", ["unlisted", "deleted", "erased", "forgotten"])
def test_who_does_not_want_to_be_listed_or_is_gone_is_left_out(
    installation: Installation, end: str
):
    thank(installation, "Spring Run", "12")
    event_id = thank(installation, "Clean Beach", "8")
    with installation.database.writing() as session:
        event = events.event_for_change(session, event_id)
        ana = session.get_one(Volunteer, person(installation, event_id).id)
        if end == "unlisted":
            update_event(event, EventChange(on_records=False))
        elif end == "deleted":
            event.deleted_at = now()
        elif end == "erased":
            erasure.erase(session, installation.seal, event_id, ana.id)
        else:
            # As `acts.forget` leaves them; nobody makes the key of another address of it.
            ana.email, ana.email_key, ana.address_forgotten_at = "", ANA, now()
    assert [one.event for one in record(installation).entries] == ["Spring Run"]


def test_a_rehearsal_is_nothing_to_be_thanked_for(installation: Installation):
    event_id = thank(installation, "Spring Run", "12")
    with installation.database.writing() as session:
        session.get_one(Event, event_id).live_at = None
    assert record(installation).entries == []


def test_what_can_still_be_taken_back_is_not_listed(installation: Installation):
    event_id = thank(installation, "Spring Run", "12")
    with installation.database.writing() as session:
        for mail in session.scalars(select(Mail).where(Mail.event_id == event_id)):
            mail.unseen_since = now()
    assert record(installation).entries == []


def test_the_days_limit_what_is_listed(installation: Installation):
    thank(installation, "Spring Run", "12")
    assert record(installation, first=date(2026, 5, 2)).entries == []
    assert record(installation, last=date(2026, 4, 30)).entries == []
    assert len(record(installation, first=date(2026, 5, 1), last=date(2026, 5, 1)).entries) == 1


def test_the_command_prints_names_sums_and_links(environment: dict[str, str], tmp_path: Path):
    settings = Settings(_env_file=None, data_dir=tmp_path / "data", admin_token=OWNER_TOKEN)
    installation = open_installation(settings)
    thank(installation, "Spring Run", "12")
    withdraw(installation, thank(installation, "Clean Beach", "8"))
    installation.database.close()
    said = certs(environment, "record", "--address", "ANA@example.org", "--from", "2026-05-01")
    assert said.returncode == 0, said.stderr
    first, *lines = said.stdout.splitlines()
    assert first == "Ana Lima, 1 certificate, 12 hours"
    assert "Clean Beach · Club of Clean Beach · 8 hours · withdrawn: Was not there" in lines[0]
    told = json.loads(certs(environment, "record", "--address", ANA, "--json").stdout)
    assert told["names"][0]["sums"] == {"hours": 12}
    assert "/verify/" in told["names"][0]["certificates"][0]["link"]
    written = tmp_path / "ana.pdf"
    assert certs(environment, "record", "--address", ANA, "--pdf", str(written)).returncode == 0
    assert "Listed: certificates of the events of the organizer" in " ".join(
        text_of(written.read_bytes()).split()
    )
    nobody = certs(environment, "record", "--address", ANA, "--to", "2026-04-30")
    assert nobody.stdout == "Nothing was issued to this address.\n"
