"""Who gets a certificate is said beside the columns, and seen wherever people are shown."""

import pytest
from streamlit.testing.v1 import AppTest

from shared.events import event_for_change
from shared.storage.database import Database
from shared.storage.models import Action, Event, Role, Volunteer
from shared.volunteers.lists.qualifying import Condition, Operator, QualifyingRule, rule_of
from shared.volunteers.people import grouping
from shared.volunteers.people.qualification import set_rule
from tests.support.audited import acts
from tests.support.colleagues import join
from tests.support.console_screens import Open, people, press, read, table_of_people, undisturbed
from tests.support.factories import add, design
from tests.support.one_database import database_url

__all__ = ["database_url"]

LIST = (
    "email,name,hours,team\nana@example.org,Ana,8,Water\nbo@example.org,Bo,5,Bread\n"
    "cy@example.org,Cy,all day,Water"
)
SIX_HOURS = QualifyingRule((Condition("hours", Operator.AT_LEAST, ("6",)),))


@pytest.fixture
def with_list(database: Database, event_id: int) -> int:
    add(database, event_id, LIST)
    return event_id


@pytest.fixture
def ruled(database: Database, with_list: int) -> int:
    design(database, with_list)
    with database.writing() as session:
        set_rule(session, event_for_change(session, with_list), SIX_HOURS)
    assert grouping.go_through(database, with_list)
    return with_list


def said(screen: AppTest) -> str:
    return "\n".join(one.value for one in [*screen.markdown, *screen.caption])


def enter_six_hours(screen: AppTest) -> AppTest:
    screen = press(screen, "Add a condition")
    number = next(one for one in screen.text_input if one.label == "Number (hours)")
    return undisturbed(number.set_value("6").run())


def test_a_condition_is_entered_and_its_effect_seen_before_it_is_saved(
    open_screen: Open, database: Database, with_list: int
):
    screen = enter_six_hours(press(open_screen("volunteers", with_list), "Columns and groups"))
    assert "**1 person qualifies, 2 do not**" in said(screen)
    assert "1 of them misses by 1 or less (hours)" in said(screen)
    assert "1 has no readable value: look" in [one.label for one in screen.expander]
    assert "**Cy**: hours “all day” cannot be read" in said(screen)
    assert rule_of(read(database, with_list)) is None
    press(screen, "Save who gets one")
    assert rule_of(read(database, with_list)) == SIX_HOURS
    marked = [one.unqualified_at is not None for one in people(database, with_list)]
    assert marked == [False, True, True]
    [entry] = [one for one in acts(database) if one.action is Action.COLUMNS_CHANGED]
    assert entry.fields == ["qualifying"]


def test_what_cannot_be_compared_is_told_and_not_saved(open_screen: Open, with_list: int):
    screen = press(open_screen("volunteers", with_list), "Columns and groups")
    screen = press(screen, "Add a condition")
    assert "Save who gets one" not in [one.label for one in screen.button]
    number = next(one for one in screen.text_input if one.label == "Number (hours)")
    screen = undisturbed(number.set_value("many").run())
    assert "is compared with a number or a date" in said(screen)


def test_everybody_gets_one_again(open_screen: Open, database: Database, ruled: int):
    screen = press(open_screen("volunteers", ruled), "Columns and groups")
    assert "**1 person qualifies, 2 do not**" in said(screen)
    screen = press(screen, "Remove this condition")
    assert "Everybody on the list gets one." in said(screen)
    press(screen, "Save who gets one")
    assert read(database, ruled).qualifying is None
    assert [one.unqualified_at for one in people(database, ruled)] == [None] * 3


def test_what_somebody_else_saved_meanwhile_is_not_replaced(
    open_screen: Open, database: Database, with_list: int
):
    screen = enter_six_hours(press(open_screen("volunteers", with_list), "Columns and groups"))
    other = QualifyingRule((Condition("team", Operator.FILLED),))
    with database.writing() as session:
        set_rule(session, event_for_change(session, with_list), other)
    screen = next(one for one in screen.button if one.label == "Save who gets one").click().run()
    assert "Somebody else just saved this" in screen.error[0].value
    assert rule_of(read(database, with_list)) == other


def test_the_table_says_why_and_viewers_are_told_no_reason(
    open_screen: Open, database: Database, ruled: int
):
    rows = table_of_people(open_screen("volunteers", ruled))
    assert [(row["Status"], row["Details"]) for row in rows] == [
        ("New", "Nothing sent yet"),
        ("Does not qualify", "hours 5, of 6"),
        ("Does not qualify", "hours “all day” cannot be read"),
    ]
    viewers = join(database, ruled, "Viewer", Role.VIEWER)
    shown = table_of_people(open_screen("volunteers", ruled, token=viewers))
    assert [row["Status"] for row in shown] == ["New", "Does not qualify", "Does not qualify"]
    assert "of 6" not in str(shown)


def test_an_organizer_decides_that_somebody_gets_one_all_the_same(
    open_screen: Open, database: Database, ruled: int
):
    bo = people(database, ruled)[1].id
    window = open_screen("volunteers", ruled)
    window.session_state["volunteers.person"] = bo
    window = undisturbed(window.run())
    assert any("hours 5, of 6" in one.value for one in window.info)
    assert "Issue a certificate" not in [one.value for one in window.subheader]
    window = press(window, "Issue anyway")
    with database.reading() as session:
        person = session.get_one(Volunteer, bo)
        assert person.unqualified_at is None
        assert person.qualified_by_hand_at is not None
    assert "Issue a certificate" in [one.value for one in window.subheader]
    press(window, "Let the list decide")
    with database.reading() as session:
        assert session.get_one(Volunteer, bo).unqualified_at is not None
        assert session.get_one(Event, ruled).grouped_until is None
