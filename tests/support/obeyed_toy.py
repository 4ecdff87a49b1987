"""What a fact does that nobody but its row knows; run by `tests/storage/test_facts.py`."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from console.widgets import actions
from shared.access.roles import Role
from shared.acts.remove import loss_of
from shared.acts.send import expect
from shared.events.installation import Installation
from shared.log.actor import Actor
from shared.mail.accounts.suppressions import count_left_out
from shared.mail.kinds.certificate import CERTIFICATE
from shared.mail.kinds.registry import kinds, still_wanted
from shared.mail.kinds.renewal import RENEWAL
from shared.preflight import flight_check
from shared.privacy.own_data import held_about
from shared.storage.models import AuditEntry, Event, Mail, Naming, Volunteer
from shared.volunteers.people import roster
from shared.volunteers.people.list_changes import is_left_as, left_as
from shared.volunteers.people.listing import FILTERS, Listing
from shared.volunteers.people.progress import history, why_left_out
from tests.support import factories, whole_tables
from tests.support.acting import begin_for_real
from tests.support.sending_steps import SENT, add_account, claim, settle

THEN = datetime(2026, 11, 28, 12, tzinfo=UTC)
TOY = {"toy_at": THEN}
ANA, BO = "ana@example.org", "bo@example.org"


@pytest.fixture
def listed(installation: Installation, event_id: int) -> int:
    with installation.database.engine.begin() as connection:
        kind = connection.dialect.type_compiler_instance.process(Volunteer.asked_at.type)
        connection.exec_driver_sql(f"ALTER TABLE volunteer ADD COLUMN toy_at {kind}")
    factories.design(installation.database, event_id)
    factories.add(installation.database, event_id, f"email,name\n{ANA},Ana\n{BO},Bo")
    return event_id


def give(installation: Installation, **values: object) -> None:
    with installation.database.writing() as session:
        session.execute(update(Volunteer).where(Volunteer.email == ANA).values(**values))


def person(session, address: str = ANA) -> Volunteer:
    return session.scalars(select(Volunteer).where(Volunteer.email == address)).one()


def test_it_hides_from_what_it_says(installation: Installation, listed: int):
    factories.invite(installation, listed)
    give(installation, **TOY)
    with installation.database.writing() as session:
        to_whom = select(Volunteer.email).join(Mail, Mail.volunteer_id == Volunteer.id)
        wanted = to_whom.where(still_wanted(kinds()))
        assert session.scalars(wanted).all() == [BO]
        event = session.get_one(Event, listed)
        session.execute(update(Volunteer).values(asked_at=None))
        assert expect(session, event).to_invite == 1
        event.naming = Naming.ISSUE
        assert expect(session, event).to_issue == 1
        notified, owed = (
            select(Volunteer.email).where(kind.takers).order_by(Volunteer.id)
            for kind in (RENEWAL, CERTIFICATE)
        )
        assert session.scalars(notified).all() == [BO]
        assert session.scalars(owed).all() == [ANA, BO]


def test_everybody_who_may_know_is_told(installation: Installation, listed: int):
    give(installation, **TOY)
    with installation.database.reading() as session:
        ana, event = person(session), session.get_one(Event, listed)
        assert held_about(session, ana, "en")["person"]["toy_at"] == THEN.isoformat()
        assert (THEN, "A toy") in [(one.at, one.what) for one in history(session, ana)]
        assert why_left_out(ana) == "A toy"
        assert [*loss_of(session, ana).facts] == ["their toy"]
        told = whole_tables.statuses(session, installation.settings, event)
        assert list(told["no_more_mail"]) == ["toy", ""]
        shown = Listing(session, event, trait=FILTERS["toys"].trait)
        assert [one.email for one in shown.page()] == [ANA]
        assert count_left_out(session, event) == {"toy": 1}
        found = [one.said("en") for one in flight_check.check_departure(session, event)]
        assert any("1 of 2. A toy." in one for one in found)


def test_another_address_ends_it_and_the_log_says_no_column(
    installation: Installation, listed: int
):
    give(installation, **TOY)
    with installation.database.writing(by=Actor(None, Role.OWNER)) as session:
        roster.change_address(session, installation.seal, person(session), "new@example.org")
    with installation.database.reading() as session:
        assert person(session, "new@example.org").toy_at is None
        newest = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)
        entry = session.scalars(newest).one()
        assert "toy_at" in entry.fields
        assert "toy" not in actions.field_names(entry)


def test_beginning_for_real_ends_it(installation: Installation, listed: int):
    factories.invite(installation, listed)
    for mail in claim(installation.database):
        settle(installation.database, mail, SENT)
    give(installation, **TOY)
    add_account(installation.database, listed)
    assert begin_for_real(installation.database, listed) == 2
    with installation.database.reading() as session:
        assert person(session).toy_at is None


def test_what_a_list_brought_is_not_undone_after_it(installation: Installation, listed: int):
    with installation.database.reading() as session:
        left = left_as(installation.seal, person(session))
    give(installation, **TOY)
    with installation.database.reading() as session:
        assert not is_left_as(installation.seal, person(session), left)
