"""Groups on the screens: added from the list's values, each with its own design and texts."""

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from shared.access.roles import Role
from shared.events import groups
from shared.events.installation import Installation
from shared.storage.models import Event, Group, Mail
from tests.support.acting import issue_in_turns
from tests.support.colleagues import join
from tests.support.console_screens import Open, fill, people, press, table_of_people, undisturbed
from tests.support.editing import change_a_layout
from tests.support.factories import add, design
from tests.support.grouped import (
    ROLES,
    add_group,
    give_design,
    grouped_event,
    groups_of,
)


@pytest.fixture
def grouped(installation: Installation, event_id: int) -> int:
    grouped_event(installation.database, event_id)
    return event_id


def stored(installation: Installation, event_id: int, name: str) -> Group:
    with installation.database.reading() as session:
        return groups.find_group(session.get_one(Event, event_id), name)


def choose(screen: AppTest, name: str) -> AppTest:
    screen.selectbox(key="group").set_value(name)
    return undisturbed(screen.run())


def test_a_group_is_added_from_the_values_of_the_list(
    open_screen: Open, installation: Installation, event_id: int
):
    design(installation.database, event_id)
    add(installation.database, event_id, ROLES)
    screen = press(open_screen("certificate", event_id), "Groups")
    values = screen.pills(key="group_choice.value.role")
    shown = [one.content for one in values.proto.options]
    assert shown == ["Helper :small[1]", "juror :small[1]", "speaker :small[1]", "Another value"]
    screen = press(undisturbed(values.set_value("speaker").run()), "Add this group")
    assert groups_of(installation.database, event_id)["ana"] == "speaker"
    assert screen.selectbox(key="group").options == ["Everybody", "speaker"]


def test_what_is_no_group_is_refused_in_the_window(
    open_screen: Open, installation: Installation, grouped: int
):
    screen = press(open_screen("certificate", grouped), "Groups")
    assert "- **speaker** :gray-badge[role: speaker :small[1]]" in screen.markdown[-1].value
    values = screen.pills(key="group_choice.value.role")
    screen = press(undisturbed(values.set_value("speaker").run()), "Add this group")
    assert "already has a group" in screen.error[0].value


def test_the_window_says_how_many_a_removal_concerns(
    open_screen: Open, installation: Installation, grouped: int
):
    screen = press(open_screen("certificate", grouped), "Groups")
    assert screen.warning[-1].value.startswith("1 person will get the general certificate")
    press(screen, "Yes, remove speaker")
    expected = {"ana": None, "bo": "helper", "cy": None, "di": None}
    assert groups_of(installation.database, grouped) == expected


def test_without_further_columns_it_says_what_to_bring(open_screen: Open, listed: int):
    screen = press(open_screen("certificate", listed), "Groups")
    assert "The list has no more columns" in screen.info[0].value


def test_a_group_gets_a_certificate_of_its_own_and_gives_it_back(
    open_screen: Open, installation: Installation, grouped: int
):
    screen = choose(open_screen("certificate", grouped), "speaker")
    assert "” gets the general certificate" in screen.info[0].value
    screen = press(screen, "Make its own certificate")
    own = stored(installation, grouped, "speaker").design_id
    change_a_layout(screen)
    screen = undisturbed(screen.run())
    moved = stored(installation, grouped, "speaker").design_id
    with installation.database.reading() as session:
        everybodys = session.get_one(Event, grouped).design
        assert everybodys is not None
        assert everybodys.version == 1
    assert own not in (None, moved)
    press(screen, "Yes, switch")
    assert stored(installation, grouped, "speaker").design_id is None


def test_what_is_moved_for_a_group_that_was_removed_moves_nothing_for_everybody(
    open_screen: Open, installation: Installation, grouped: int
):
    screen = choose(open_screen("certificate", grouped), "speaker")
    screen = press(screen, "Make its own certificate")
    with installation.database.writing() as session:
        event = session.get_one(Event, grouped)
        groups.remove_group(session, event, groups.find_group(event, "speaker"))
    change_a_layout(screen)
    screen.run()
    assert [one.message for one in screen.exception] == ["The event has no such group."]
    with installation.database.reading() as session:
        everybodys = session.get_one(Event, grouped).design
        assert everybodys is not None
        assert everybodys.version == 1
    assert screen.run().selectbox(key="group").value == ""


def test_the_choice_is_in_the_address(open_screen: Open, grouped: int):
    screen = open_screen("messages", grouped)
    screen.query_params["group"] = "helper"
    assert undisturbed(screen.run()).selectbox(key="group").value == "helper"


def test_a_group_is_told_in_its_own_words_and_only_in_those(
    open_screen: Open, installation: Installation, grouped: int
):
    screen = choose(open_screen("messages", grouped), "speaker")
    fill(screen, "Subject", "Dear speaker")
    screen = press(undisturbed(screen.run()), "Use this text")
    expected = {"invitation": {"subject": "Dear speaker", "body": ""}}
    assert stored(installation, grouped, "speaker").wording == expected
    with installation.database.reading() as session:
        assert session.get_one(Event, grouped).wording == {}
    press(screen, "Use the general text")
    assert stored(installation, grouped, "speaker").wording == {}


def test_a_test_mail_is_sent_as_a_group_gets_it(
    open_screen: Open, installation: Installation, grouped: int
):
    screen = open_screen("account", grouped)
    fill(screen, "My address", "me@example.org")
    fill(screen, "Used for", stored(installation, grouped, "speaker").id)
    press(screen, "Send the test mail")
    with installation.database.reading() as session:
        assert session.scalar(select(Mail.group_id)) == stored(installation, grouped, "speaker").id


def test_the_table_shows_groups_and_one_of_them_alone(open_screen: Open, grouped: int):
    screen = open_screen("volunteers", grouped)
    told = {row["Address"].partition("@")[0]: row["Group"] for row in table_of_people(screen)}
    assert told == {"ana": "speaker", "bo": "helper", "cy": "", "di": ""}
    counts = screen.dataframe[0].value.to_dict("records")
    assert [(row["Group"], row["Volunteers"], row["New"]) for row in counts] == [
        ("speaker", 1, 1), ("helper", 1, 1), ("In no group", 2, 2),
    ]  # fmt: skip
    screen = choose(screen, "helper")
    assert [row["Address"] for row in table_of_people(screen)] == ["bo@example.org"]
    screen = choose(screen, " ")
    assert [row["Address"] for row in table_of_people(screen)] == [
        "cy@example.org",
        "di@example.org",
    ]


def test_a_group_that_is_called_as_what_is_in_none_is_counted_by_itself(
    installation: Installation, open_screen: Open, grouped: int
):
    add_group(installation.database, grouped, "role", "In no group")
    counts = open_screen("volunteers", grouped).dataframe[0].value.to_dict("records")
    assert [(row["Group"], row["Volunteers"]) for row in counts] == [
        ("speaker", 1), ("helper", 1), ("In no group", 0), ("In no group", 2),
    ]  # fmt: skip


def test_the_persons_window_says_that_the_certificate_is_of_another_group(
    open_screen: Open, installation: Installation, grouped: int
):
    give_design(installation.database, grouped, "speaker", "gold")
    issue_in_turns(installation, grouped)
    ana = people(installation.database, grouped)[0]
    screen = open_screen("volunteers", grouped)
    screen.session_state["volunteers.person"] = ana.id
    screen = undisturbed(screen.run())
    assert not screen.info
    fill(screen, "role", "helper")
    screen = press(screen, "Save")
    assert groups_of(installation.database, grouped)["ana"] == "helper"
    # The list's screen tells of it, too.
    assert any("issued for: speaker" in one.value for one in screen.info)
    assert any("Not issued yet (newest design)" in one.value for one in screen.caption)


def test_who_may_not_change_the_certificate_makes_no_groups(
    open_screen: Open, installation: Installation, grouped: int
):
    helper = join(installation.database, grouped, "Bo", Role.HELPER)
    screen = open_screen("messages", grouped, token=helper)
    assert "Groups" not in [button.label for button in screen.button]
