"""The further columns of a list: known as a whole, shown wherever they help."""

import csv
import io

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import event as sql_event

from shared.storage.database import Database
from shared.storage.models import Event
from shared.volunteers.lists import list_columns
from shared.volunteers.lists.list_parser import with_addresses
from shared.volunteers.lists.recipients import further_columns
from tests.conftest import OWNER_TOKEN
from tests.support import factories
from tests.support.browser import DESKTOP, PageAt
from tests.support.console_screens import Open, people, press, read, table_of_people, undisturbed
from tests.support.console_server import ServedConsole, console
from tests.support.lists import read_rows

__all__ = ["console"]

FIRST = "email,name,team,hours\nana@example.org,Ana,Water,8\nbo@example.org,Bo,,9"
SECOND = "email,city\ncy@example.org,Xiamen"
SLIPS = "email,name\nana@gmial.com,Ana\nbo@qq.con,Bo\ncy@example.org,Cy"


@pytest.fixture
def two_lists(database: Database, event_id: int) -> int:
    factories.add(database, event_id, FIRST)
    factories.add(database, event_id, SECOND)
    return event_id


def test_columns_of_every_list_are_known_in_their_order(database: Database, two_lists: int):
    factories.add(database, two_lists, "email,city,team\ndi@example.org,Beijing,Tea")
    assert read(database, two_lists).list_columns == ["team", "hours", "city"]


def test_a_list_that_adds_nobody_teaches_no_column(database: Database, two_lists: int):
    factories.add(database, two_lists, "email,shoe size\nana@example.org,42")
    assert "shoe size" not in read(database, two_lists).list_columns


def test_every_column_has_a_sample_and_an_empty_one_its_title(database: Database, two_lists: int):
    factories.add(database, two_lists, "email,badge\ndi@example.org,")
    with database.reading() as session:
        samples = list_columns.sample_columns(session, session.get_one(Event, two_lists))
    assert samples == {"team": "Water", "hours": "8", "city": "Xiamen", "badge": "badge"}


def test_samples_look_at_a_few_people_in_the_order_of_an_index(database: Database, two_lists: int):
    asked: list[str] = []
    sql_event.listen(database.engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
    with database.reading() as session:
        list_columns.sample_columns(session, session.get_one(Event, two_lists))
    [of_people] = [statement for statement in asked if "FROM volunteer" in statement]
    assert "ORDER BY volunteer.email_key" in of_people
    assert "LIMIT" in of_people


# On the screens


def test_the_certificate_offers_the_columns_of_the_whole_list(
    open_screen: Open, database: Database, two_lists: int
):
    factories.design(database, two_lists)
    screen = open_screen("certificate", two_lists)
    offered = next(box for box in screen.selectbox if box.label == "Column of your list")
    assert offered.options == ["team", "hours", "city"]


def test_the_check_shows_the_further_columns(open_screen: Open, event_id: int):
    screen = press(open_screen("volunteers", event_id), "Add or update a list")
    screen.text_area[0].set_value("email,Address,team\nana@example.org,Harbour 1,Water")
    shown = press(screen, "Check the list").dataframe[0].value
    assert shown.columns.tolist() == ["Address", "Number", "Full name", "Address (2)", "team"]
    assert shown["Address (2)"].tolist() == ["Harbour 1"]


def test_the_table_shows_the_columns_that_were_chosen(open_screen: Open, two_lists: int):
    screen = open_screen("volunteers", two_lists)
    assert "city" not in table_of_people(screen)[0]
    screen.multiselect[0].set_value(["city", "team"])
    shown = table_of_people(undisturbed(screen.run()))
    assert [(row["city"], row["team"]) for row in shown] == [
        ("", "Water"), ("", ""), ("Xiamen", ""),
    ]  # fmt: skip


def test_a_persons_window_shows_their_columns(
    open_screen: Open, database: Database, two_lists: int
):
    screen = open_screen("volunteers", two_lists)
    screen.session_state["volunteers.person"] = people(database, two_lists)[0].id
    screen = undisturbed(screen.run())
    assert "**team** Water  \n**hours** 8" in [text.value for text in screen.markdown]


# Suggestions


def test_one_press_takes_a_suggested_address(open_screen: Open, database: Database, event_id: int):
    screen = press(open_screen("volunteers", event_id), "Add or update a list")
    screen.text_area[0].set_value(SLIPS)
    screen = press(press(screen, "Check the list"), "Take ana:small[]@gmail.com")
    assert screen.dataframe[0].value["Address"].tolist() == [
        "ana@gmail.com", "bo@qq.con", "cy@example.org",
    ]  # fmt: skip
    press(screen, "Add 3 volunteers")
    assert people(database, event_id)[0].email == "ana@gmail.com"


def test_all_suggestions_are_taken_at_once_and_given_back(open_screen: Open, event_id: int):
    screen = press(open_screen("volunteers", event_id), "Add or update a list")
    screen.text_area[0].set_value(SLIPS)
    screen = press(press(screen, "Check the list"), "Take all 2 suggestions")
    taken = screen.dataframe[0].value["Address"].tolist()
    assert taken == ["ana@gmail.com", "bo@qq.com", "cy@example.org"]
    assert not [warning for warning in screen.warning if "mistyped" in warning.value]
    screen = press(screen, "Undo")
    assert screen.dataframe[0].value["Address"].tolist()[0] == "ana@gmial.com"


def test_a_corrected_address_that_is_there_already_is_repeated_not_added_twice():
    found = read_rows([["a@gmail.com"], ["a@gmial.com"], ["A@gmai.com"]])
    fixed = with_addresses(found, {"a@gmial.com": "a@gmail.com", "a@gmai.com": "a@gmail.com"})
    assert [(one.line, one.email) for one in fixed.accepted] == [(1, "a@gmail.com")]
    assert [(one.line, one.details) for one in fixed.repeated] == [
        (2, {"first": 1}),
        (3, {"first": 1}),
    ]


# In a browser


@pytest.fixture
def desktop(page_at: PageAt, console: ServedConsole) -> Page:
    page = page_at(DESKTOP, "en")
    page.goto(console.url)
    page.get_by_label("Token").fill(OWNER_TOKEN)
    page.get_by_role("button").click()
    page.goto(f"{console.url}/volunteers?window=list&event=1")
    return page


def test_refused_lines_are_taken_along_as_a_table_without_formulas(desktop: Page):
    lines = ["email,name", "ana@example.org,Ana", "=cmd|' /C calc'!A0,Bo", "合计"]
    desktop.get_by_label("One address per line").fill("\n".join(lines))
    desktop.get_by_role("button", name="Check the list").click()
    expect(desktop.get_by_text("1 line is not a person")).to_be_visible()
    with desktop.expect_download() as download:
        desktop.get_by_role("button", name="Download these lines (CSV)").click()
    content = download.value.path().read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(content.decode("utf-8-sig")))) == [
        ["email", "name", "Why it was not added"],
        ["'=cmd|' /C calc'!A0", "Bo", "There is no “@” in the address."],
    ]


def test_further_columns_are_named_once_in_their_order():
    rows = [["email", "b", "a"], ["ana@example.org", "1", "2"], ["bo@example.org", "3", "4"]]
    assert further_columns(read_rows(rows).accepted) == ["b", "a"]
