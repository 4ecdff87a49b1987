"""A group is the people with a value in a column of the list; what it lacks comes from the
event."""

import pytest
from sqlalchemy import select

from shared import events
from shared.errors import ProductError, SettingRefused
from shared.events import groups
from shared.events.settings import set_wording
from shared.storage.models import Action, AuditEntry, ColumnKind, Event, Group
from shared.volunteers.lists.list_columns import ColumnChange, change_column
from tests.support.factories import add
from tests.support.grouped import ROLES, add_group, grouped_event, remove_group


def group(column: str, value: str) -> Group:
    return Group(column_title=column, value=value, name=value, wording={})


@pytest.mark.parametrize(
    "written", ["speaker", " Speaker ", "SPEAKER", "ｓｐｅａｋｅｒ", "speaker\u00a0"]
)
def test_capitals_widths_and_blanks_make_no_other_value(written):
    speakers = group("role", "Speaker")
    assert groups.chooser([speakers])({"role": written}) is speakers


@pytest.mark.parametrize(
    "value", ['l\'équipe "A"', "讲者 🎤", "100 % {role}", "'; DROP TABLE event_group; --"]
)
def test_any_text_can_be_a_value(value):
    one = group('the "role"', value)
    assert groups.chooser([one])({'the "role"': value}) is one


def test_who_has_no_such_value_is_in_no_group():
    choose = groups.chooser([group("role", "speaker")])
    assert [choose(columns) for columns in ({}, {"role": ""}, {"role": "speakers"})] == [None] * 3


def test_who_could_be_in_two_groups_is_in_the_first():
    first, second = group("city", "Oslo"), group("role", "speaker")
    assert groups.chooser([first, second])({"role": "speaker", "city": "Oslo"}) is first
    assert groups.chooser([second, first])({"role": "speaker", "city": "Oslo"}) is second


def test_a_group_needs_a_column_of_the_list_a_value_and_a_name_of_its_own(database, event_id):
    grouped_event(database, event_id)
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        for column, value, name in (
            ("rôle", "juror", ""),
            ("role", "  ", ""),
            ("role", " SPEAKER", ""),
            ("role", "juror", "helper"),
            ("role", "juror", "ＨＥＬＰＥＲ"),
            ("role", "x" * 201, ""),
        ):
            with pytest.raises(SettingRefused):
                groups.add_group(session, event, column, value, name)
        assert [one.name for one in event.groups] == ["speaker", "helper"]
        with pytest.raises(ProductError, match="no such group"):
            groups.find_group(event, "juror")


def test_a_group_that_is_called_by_a_number_is_found_before_one_with_this_id(database, event_id):
    grouped_event(database, event_id)
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        speakers, helpers = event.groups
        seven = groups.add_group(session, event, "role", "juror", str(speakers.id))
        assert groups.find_group(event, str(speakers.id)) is seven
        assert groups.find_group(event, str(helpers.id)) is helpers


def test_nobody_is_grouped_by_a_secret(database, event_id):
    grouped_event(database, event_id)
    secret = ColumnChange(kind=ColumnKind.SECRET)
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        with pytest.raises(SettingRefused, match="Remove them before you make it secret"):
            change_column(session, event, "role", secret)
        for group in list(event.groups):
            groups.remove_group(session, event, group)
        change_column(session, event, "role", secret)
        with pytest.raises(SettingRefused, match="secret"):
            groups.add_group(session, event, "role", "speaker")


def test_there_are_at_most_so_many_groups(database, event_id):
    add(database, event_id, ROLES)
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        for number in range(groups.MOST_GROUPS):
            groups.add_group(session, event, "role", f"role {number}")
        with pytest.raises(SettingRefused, match="200"):
            groups.add_group(session, event, "role", "one more")


def test_texts_of_a_group_stand_above_everybodys_part_by_part(database, event_id):
    grouped_event(database, event_id)
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        speakers = groups.find_group(event, "speaker")
        set_wording(event, "invitation", subject="Hello", body="Come: {link}")
        set_wording(event, "invitation", subject="Dear speaker", body="", group=speakers)
        expected = {"subject": "Dear speaker", "body": "Come: {link}"}
        assert groups.wording_of(event, speakers, "invitation") == expected
        assert groups.wording_of(event, None, "invitation")["subject"] == "Hello"
        set_wording(event, "invitation", subject=" ", body="", group=speakers)
        assert speakers.wording == {}


def test_the_log_says_that_groups_were_added_and_removed(database, event_id):
    grouped_event(database, event_id)
    remove_group(database, event_id, "helper")
    with database.reading() as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    told = [entry.action for entry in entries if "GROUP" in entry.action.name]
    assert told == [Action.GROUP_ADDED, Action.GROUP_ADDED, Action.GROUP_REMOVED]


def test_a_later_group_of_the_same_value_can_be_added_again(database, event_id):
    grouped_event(database, event_id)
    remove_group(database, event_id, "helper")
    add_group(database, event_id, "role", "Helper")
    with database.reading() as session:
        names = [one.name for one in session.get_one(Event, event_id).groups]
    assert names == ["speaker", "Helper"]


def test_the_id_of_a_removed_group_is_never_given_to_another(database, event_id):
    """Certificates, mails and samples that were made for it go on naming it."""
    grouped_event(database, event_id)
    with database.reading() as session:
        removed = session.get_one(Event, event_id).groups[-1].id
    remove_group(database, event_id, "helper")
    assert add_group(database, event_id, "role", "juror") > removed
