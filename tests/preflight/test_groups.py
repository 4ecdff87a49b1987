"""Before a sending it is reported what of a group cannot be sent, and which groups are empty."""

from shared.findings import Level
from shared.preflight.certificate_check import check_groups
from shared.storage.models import Event
from shared.volunteers.people.grouping import go_through
from tests.support.grouped import add_group, give_design, give_text, grouped_event


def said(installation, event_id: int) -> list[tuple[Level, str]]:
    with installation.database.reading() as session:
        found = list(check_groups(session, installation.settings, session.get_one(Event, event_id)))
        return [(one.level, one.said("en")) for one in found]


def test_nothing_is_said_of_groups_where_there_are_none(installation, listed):
    assert said(installation, listed) == []


def test_groups_that_are_ready_are_counted(installation, event_id):
    grouped_event(installation.database, event_id)
    give_design(installation.database, event_id, "speaker", "gold")
    expected = "Groups whose certificates and texts are ready: 2."
    assert said(installation, event_id) == [(Level.GREEN, expected)]


def test_a_group_without_people_and_a_wrong_text_are_named(installation, event_id):
    database = installation.database
    grouped_event(database, event_id)
    add_group(database, event_id, "role", "spaeker")
    give_text(database, event_id, "helper", "invitation", "Dear {nam}")
    levels = dict(said(installation, event_id))
    assert "of the group “helper” is an unknown placeholder: {nam}" in levels[Level.RED]
    # It is not known yet whether somebody is in the new group.
    assert Level.AMBER not in levels
    assert go_through(database, event_id)
    levels = dict(said(installation, event_id))
    assert levels[Level.AMBER].startswith("Nobody on the list is in the group “spaeker”")
