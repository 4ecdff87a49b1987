"""Who did what is recorded with the change itself, and names nobody by what they entered."""

import pytest
from sqlalchemy import select

from shared.access.roles import Role
from shared.log import audit
from shared.log.actor import Actor
from shared.storage.models import Action, AuditEntry, Event, Volunteer
from tests.support.audited import acts

ANA = Actor(7, Role.HELPER, "Ana", "192.0.2.1")


def test_an_entry_says_who_as_what_with_which_key_and_from_where(database, event_id):
    with database.writing(by=ANA) as session:
        audit.record(session, Action.EXPORTED, event_id, count=2, fields=["csv"])
    (entry,) = acts(database)
    assert (entry.by_key_id, entry.by_role, entry.by_name) == (7, Role.HELPER, "Ana")
    assert (entry.network, entry.event_id, entry.action) == (
        "192.0.2.1",
        event_id,
        Action.EXPORTED,
    )
    assert (entry.count, entry.fields) == (2, ["csv"])


def test_what_the_program_does_for_itself_names_nobody(database, event_id):
    with database.writing() as session:
        audit.record(session, Action.ERASED_BY_THEMSELVES, event_id, volunteer_id=3)
    assert acts(database) == []
    with database.reading() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.volunteer_id == 3)).one()
    assert entry.action is Action.ERASED_BY_THEMSELVES
    assert (entry.by_key_id, entry.by_role, entry.by_name, entry.network) == (None, None, "", "")


def test_a_change_that_is_undone_leaves_no_entry(database, event_id):
    def fail() -> None:
        with database.writing(by=ANA) as session:
            audit.record(session, Action.EXPORTED, event_id)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert acts(database) == []


def test_a_change_is_written_down_by_the_names_of_its_fields_alone(database, listed):
    with database.writing(by=ANA) as session:
        ana = session.scalars(select(Volunteer).where(Volunteer.email == "ana@example.org")).one()
        ana.listed_name, ana.number = "Ana Diaz", ana.number
        audit.record_change(session, Action.VOLUNTEER_CHANGED, listed, ana, volunteer_id=ana.id)
    (entry,) = acts(database)
    assert (entry.fields, entry.volunteer_id) == (["listed_name"], ana.id)
    assert "Diaz" not in str(vars(entry))


def test_what_was_saved_as_it_was_is_no_change(database, event_id):
    with database.writing(by=ANA) as session:
        event = session.get_one(Event, event_id)
        event.name = "Harbour Run 2026"
        event.wording = dict(event.wording)
        audit.record_change(session, Action.SETTINGS_CHANGED, event_id, event)
    assert acts(database) == []


def test_an_act_without_an_entry_fails_in_every_test(database, event_id):
    def forget() -> None:
        with database.writing(by=ANA) as session:
            session.get_one(Event, event_id).name = "Renamed in silence"

    with pytest.raises(AssertionError, match="no entry"):
        forget()
