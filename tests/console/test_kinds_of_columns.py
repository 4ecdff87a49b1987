"""What a list's columns hold is set in a window, and shown where it helps."""

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextInput

from shared.acts.change_value import change_value
from shared.certificates.designs.designs import layout_of
from shared.events.installation import Installation
from shared.storage.database import Database
from shared.storage.models import Action, Role, Volunteer
from shared.storage.sealing.secret_values import open_values
from shared.volunteers.lists.masks import masked
from tests.support.audited import acts
from tests.support.colleagues import join
from tests.support.console_screens import (
    Open,
    people,
    press,
    read,
    table_of_people,
    told,
    undisturbed,
)
from tests.support.factories import add, design
from tests.support.list_columns import add_sealed, column, known, sums
from tests.support.one_database import database_url

__all__ = ["database_url"]

CARD = "110101199003074234"
LIST = "email,name,hours,team\nana@example.org,Ana,8,Water\nbo@example.org,Bo,all day,Bread"
HOURS = "email,name,hours\na@x.org,Ana Silva,8\nb@x.org,Bo Li,all day\nc@x.org,Cy Wu,much\n"


@pytest.fixture
def with_list(database: Database, event_id: int) -> int:
    add(database, event_id, LIST)
    return event_id


@pytest.fixture
def window(open_screen: Open, with_list: int) -> AppTest:
    return press(open_screen("volunteers", with_list), "Columns and groups")


def switch_on(window: AppTest, label: str, place: int = 0) -> AppTest:
    switches = [one for one in window.toggle if one.label == label]
    return undisturbed(switches[place].set_value(True).run())


def test_the_window_shows_each_column_with_samples_and_what_it_was_found_to_be(window: AppTest):
    shown = {box.label: box.value for box in window.selectbox if box.label.startswith("Type of")}
    assert shown == {"Type of “hours”": "number", "Type of “team”": "text"}
    told = [one.value for one in window.markdown]
    assert "**hours**  \n:small[8 · all day]" in told
    assert "**team**  \n:gray-badge[Bread :small[1]] :gray-badge[Water :small[1]]" in told
    assert [one.value for one in window.text_input if one.label == "Unit"] == ["hours"]


def test_a_column_is_said_to_be_secret_and_sealed_at_once(
    window: AppTest, database: Database, with_list: int
):
    window = switch_on(window, "Secret", 1)
    assert any("encrypted" in one.value for one in window.warning)
    press(window, "Save")
    assert [one.columns["team"] for one in people(database, with_list)] == ["*****", "*****"]
    assert column(database, with_list, "team").backlog == 0
    [entry] = [one for one in acts(database) if one.action is Action.COLUMNS_CHANGED]
    assert entry.fields == ["kind"]


def test_a_column_is_made_public_with_another_unit(
    window: AppTest, database: Database, with_list: int
):
    next(one for one in window.text_input if one.label == "Unit").set_value("h")
    press(switch_on(window, "Public"), "Save")
    stored = column(database, with_list, "hours")
    assert (stored.unit, stored.is_public) == ("h", True)


def test_a_value_that_is_no_number_is_corrected_there(
    window: AppTest, database: Database, with_list: int
):
    field = next(one for one in window.text_input if one.label.startswith("Bo"))
    assert field.value == "all day"
    field.set_value("7,5 h")
    window = press(window, "Save the corrections")
    assert sums(database, with_list, "hours") == ("15.5", 2, 0)
    assert "Values corrected by somebody else" not in [one.label for one in window.expander]


def test_of_a_value_that_a_colleague_has_corrected_meanwhile(
    open_screen: Open, installation: Installation, event_id: int
):
    add(installation.database, event_id, HOURS)
    screen = press(open_screen("volunteers", event_id), "Columns and groups")
    of_person(screen, "Bo Li").set_value("7")
    of_person(screen, "Cy Wu").set_value("6")
    store_value(installation, event_id, 1, "9")
    screen = press(screen, "Save the corrections")
    assert hours(installation, event_id) == ["8", "9", "6"]
    assert told(screen) == ["Saved, except what somebody else changed."]
    assert of_person(screen, "Bo Li").value == "7"
    assert told_beside_the_field(screen) == ["9"]
    press(screen, "Save the corrections")
    assert hours(installation, event_id) == ["8", "7", "6"]


def test_a_value_that_only_a_colleague_corrected_leaves_the_window(
    open_screen: Open, installation: Installation, event_id: int
):
    add(installation.database, event_id, HOURS)
    screen = press(open_screen("volunteers", event_id), "Columns and groups")
    for place in (1, 2):
        store_value(installation, event_id, place, "9")
    screen = undisturbed(screen.run())
    assert told_beside_the_field(screen) == ["9", "9"]
    screen = press(screen, "Save the corrections")
    assert hours(installation, event_id) == ["8", "9", "9"]
    assert not [one for one in screen.button if one.label == "Save the corrections"]


def of_person(screen: AppTest, name: str) -> TextInput:
    return next(one for one in screen.text_input if one.label.startswith(name))


def store_value(installation: Installation, event_id: int, place: int, value: str) -> None:
    found = people(installation.database, event_id)[place]
    with installation.database.writing() as session:
        person = session.get_one(Volunteer, found.id)
        change_value(session, installation.seal, person, "hours", value)


def hours(installation: Installation, event_id: int) -> list[str]:
    return [one.columns["hours"] for one in people(installation.database, event_id)]


def told_beside_the_field(screen: AppTest) -> list[str]:
    told = [one.value for one in screen.caption if "Somebody else saved “" in one.value]
    return [one.split("“")[1].split("”")[0] for one in told]


def test_the_overview_shows_the_sum_and_what_is_not_in_it(open_screen: Open, with_list: int):
    shown = [one.value for one in open_screen("overview", with_list).markdown]
    assert any(
        one.startswith("**hours** 8 hours") and "1 value is not a number" in one for one in shown
    )


def test_who_helps_sees_the_columns_and_changes_nothing(
    open_screen: Open, database: Database, with_list: int
):
    helper = join(database, with_list, "Mei", Role.HELPER)
    window = press(open_screen("volunteers", with_list, token=helper), "Columns and groups")
    kinds = [box.disabled for box in window.selectbox if box.label.startswith("Type of")]
    switches = [one.disabled for one in window.toggle]
    assert set(kinds) == set(switches) == {True}


def test_a_secret_is_masked_on_every_screen_before_and_after_it_is_stored(
    installation: Installation, open_screen: Open, event_id: int
):
    text = f"email,ID number\nana@example.org,{CARD}"
    screen = press(open_screen("volunteers", event_id), "Add or update a list")
    screen.text_area[0].set_value(text)
    screen = press(screen, "Check the list")
    assert screen.dataframe[0].value["ID number"].tolist() == [masked(CARD)]
    assert any(
        "shown as a mask" in one.value and "ID number" in one.value for one in screen.caption
    )
    assert CARD not in repr([one.value for one in (*screen.markdown, *screen.caption)])
    press(screen, "Add 1 volunteer")
    assert known(installation.database, event_id) == {"ID number": ("secret", "")}
    assert people(installation.database, event_id)[0].columns == {"ID number": masked(CARD)}
    table = open_screen("volunteers", event_id)
    assert [row["ID number"] for row in table_of_people(table)] == [masked(CARD)]


def test_the_window_of_a_person_shows_the_mask_and_takes_another_value(
    installation: Installation, open_screen: Open, event_id: int
):
    database = installation.database
    add_sealed(installation, event_id, f"email,ID number,hours\nana@example.org,{CARD},8")
    screen = open_screen("volunteers", event_id)
    screen.session_state["volunteers.person"] = people(database, event_id)[0].id
    screen = undisturbed(screen.run())
    told = [text.value for text in screen.markdown]
    assert any("ID number" in text and "234" in text for text in told)
    assert CARD not in "".join(told)
    secret, hours = (
        next(one for one in screen.text_input if one.label == title)
        for title in ("ID number", "hours")
    )
    assert (secret.value, secret.placeholder) == ("", masked(CARD))
    hours.set_value("9")
    press(screen, "Save")
    ana = people(database, event_id)[0]
    assert ana.columns == {"ID number": masked(CARD), "hours": "9"}
    assert open_values(installation.seal, event_id, ana.secrets or {}) == {"ID number": CARD}
    assert sums(database, event_id, "hours") == ("9", 1, 0)


def test_a_column_of_numbers_is_placed_with_its_unit(
    open_screen: Open, database: Database, with_list: int
):
    design(database, with_list)
    press(open_screen("certificate", with_list), "Add this column")
    placed = read(database, with_list).design
    assert placed is not None
    added = layout_of(placed).fields[-1]
    assert (added.content, added.after) == ("hours", " hours")


def test_a_column_is_forgotten_after_it_was_said_for_how_many(
    window: AppTest, database: Database, with_list: int
):
    window = undisturbed(window.button(key=f"volunteers.forget.{with_list}.team.ask").click().run())
    assert any("of 2 people" in one.value for one in window.warning)
    button = next(one for one in window.button if one.label == "Delete “team”")
    assert button.disabled
    sure = next(one for one in window.checkbox if one.label == "Yes, permanently")
    window = press(undisturbed(sure.check().run()), "Delete “team”")
    assert [one.columns for one in people(database, with_list)] == [
        {"hours": "8"}, {"hours": "all day"},
    ]  # fmt: skip
    assert read(database, with_list).list_columns == ["hours"]
    [entry] = [one for one in acts(database) if one.action is Action.COLUMN_FORGOTTEN]
    assert (entry.count, entry.by_role) == (2, Role.OWNER)


def test_who_thinks_better_of_it_keeps_the_column(
    window: AppTest, database: Database, with_list: int
):
    asked = window.button(key=f"volunteers.forget.{with_list}.team.ask")
    press(undisturbed(asked.click().run()), "Cancel")
    assert read(database, with_list).list_columns == ["hours", "team"]
