"""Everybody's group is known, however long the list is and whatever changes."""

import pytest
from sqlalchemy import insert, update

from shared import events
from shared.acts.change_value import change_value
from shared.certificates.issuing import chosen
from shared.events.groups import group_of
from shared.events.settings import create_event
from shared.storage.models import Event, Status, Volunteer
from shared.storage.rows import count_rows
from shared.volunteers.people import grouping
from shared.volunteers.people.grouping import Value, go_through
from shared.volunteers.people.listing import IN_NO_GROUP, Listing
from shared.worker.upkeep import find_groups
from tests.support.factories import SEAL, add, design
from tests.support.grouped import ROLES, add_group, grouped_event, groups_of, remove_group
from tests.support.query_plans import full_scans

AS_SAID = {"ana": "speaker", "bo": "helper", "cy": None, "di": None}


def person(session, name: str) -> Volunteer:
    return next(one for one in session.query(Volunteer) if one.email.startswith(f"{name}@"))


def test_groups_are_found_for_who_is_there_and_for_who_comes_later(database, event_id):
    grouped_event(database, event_id)
    assert groups_of(database, event_id) == AS_SAID
    add(database, event_id, "email,role\neva@example.org,SPEAKER\nfay@example.org,guest\n")
    assert groups_of(database, event_id) == {**AS_SAID, "eva": "speaker", "fay": None}


def test_whom_no_turn_has_reached_is_judged_by_their_columns(database, event_id):
    design(database, event_id)
    add(database, event_id, ROLES)
    add_group(database, event_id, "role", "speaker")
    assert set(groups_of(database, event_id).values()) == {None}
    with database.reading() as session:
        assert group_of(person(session, "ana")).name == "speaker"
        assert group_of(person(session, "bo")) is None


def test_a_removed_group_leaves_nobody_behind_and_lets_the_next_one_take_them(database, event_id):
    grouped_event(database, event_id)
    remove_group(database, event_id, "speaker")
    with database.reading() as session:
        assert group_of(person(session, "ana")) is None
    assert go_through(database, event_id)
    assert groups_of(database, event_id) == {**AS_SAID, "ana": None}


def test_the_next_turn_goes_on_where_the_last_one_ended(database, event_id, monkeypatch):
    monkeypatch.setattr(grouping, "_ROWS_OF_A_TURN", 2)
    design(database, event_id)
    # So that the ids of this list begin above 1.
    with database.writing() as session:
        earlier = create_event(session, name="Earlier")[0].id
    add(database, earlier, ROLES)
    add(database, event_id, ROLES)
    add_group(database, event_id, "role", "helper")
    assert not go_through(database, event_id, seconds=0)
    with database.reading() as session:
        event = session.get_one(Event, event_id)
        assert grouping.unfinished(session) == [event_id]
        assert grouping.share_done(session, event) == pytest.approx(0.5)
    # Who is looked at already is looked at again: another group may take them.
    add_group(database, event_id, "role", "speaker")
    assert go_through(database, event_id)
    assert groups_of(database, event_id) == AS_SAID
    with database.reading() as session:
        assert grouping.unfinished(session) == []
        assert grouping.share_done(session, session.get_one(Event, event_id)) == 1.0


def test_another_value_is_another_group(database, event_id):
    grouped_event(database, event_id)
    with database.writing() as session:
        events.event_for_change(session, event_id)
        change_value(session, SEAL, person(session, "ana"), "role", " helper ")
    assert groups_of(database, event_id)["ana"] == "helper"


def test_values_are_counted_as_groups_would_take_them(database, event_id):
    title = 'the "role", 角色'
    lines = ["Speaker", "speaker", "speaker", 'l\'équipe "A"', "讲者", "讲者", "", " "]
    add(database, event_id, "ana@example.org")
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        event.list_columns = [title]
        rows = [
            {"event_id": event_id, "email": f"v{n}@example.org", "email_key": f"v{n}@example.org",
             "number": f"n{n}", "columns": {title: value}}
            for n, value in enumerate(lines)
        ]  # fmt: skip
        session.execute(insert(Volunteer), rows)
        expected = [Value("speaker", 3), Value("讲者", 2), Value('l\'équipe "A"', 1)]
        assert grouping.values_of(session, event, title) == expected
        assert grouping.values_of(session, event, "no column") == []


def test_each_group_counts_its_people_by_status(database, event_id):
    grouped_event(database, event_id)
    with database.writing() as session:
        session.execute(update(Volunteer).values(status=Status.INVITED))
        event = session.get_one(Event, event_id)
        counts = grouping.count_people(session, event)
        speakers = event.groups[0]
        assert counts[speakers.id] == {**dict.fromkeys(Status, 0), Status.INVITED: 1}
        assert [grouping.is_anybody_in(session, one) for one in event.groups] == [True, True]


def test_nobody_is_looked_for_by_going_through_the_whole_table(database, event_id):
    grouped_event(database, event_id)
    with database.writing() as session:
        session.get_one(Event, event_id).grouped_until = 0

    def work() -> None:
        go_through(database, event_id)
        with database.reading() as session:
            event = session.get_one(Event, event_id)
            grouping.count_people(session, event)
            grouping.is_anybody_in(session, event.groups[0])
            grouping.share_done(session, event)
            for group_id in (event.groups[0].id, IN_NO_GROUP):
                listing = Listing(session, event, group_id=group_id, statuses=[Status.NEW])
                assert listing.count == len(listing.page())
            count_rows(session, chosen.in_another_design(event))

    assert full_scans(database, work) == []


def test_a_worker_goes_on_with_long_lists(installation, event_id):
    grouped_event(installation.database, event_id)
    add_group(installation.database, event_id, "role", "juror")
    find_groups(installation)
    assert groups_of(installation.database, event_id) == {**AS_SAID, "di": "juror"}
