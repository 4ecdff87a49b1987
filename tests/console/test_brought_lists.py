"""The list on its screen: pasted as people have it, checked before it counts, and never lost."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from shared.acts.issue import IssueFromList
from shared.acts.rename import Rename
from shared.acts.run import apply_to, run
from shared.events.installation import Installation
from shared.events.settings import create_event
from shared.storage.database import Database
from shared.storage.models import Status, Volunteer
from tests.conftest import OWNER_TOKEN
from tests.support import factories
from tests.support.acting import held
from tests.support.browser import DESKTOP, PageAt
from tests.support.console_screens import Open, fill, go_to_event, people, press, told, undisturbed
from tests.support.console_server import ServedConsole, console

__all__ = ["console"]

CHECK = "Check the list"
PASTED = "bo@example.org\nAna Souza <ana@example.org>, 7"


def check(screen: AppTest, text: str) -> AppTest:
    """Paste and press: the browser sends the field's text together with the press."""
    screen.text_area[0].set_value(text)
    return press(screen, CHECK)


def go(screen: AppTest, name: str) -> AppTest:
    screen._page_hash = calc_hash(name)
    return undisturbed(screen.run())


# Pasting


def test_one_press_checks_what_was_just_pasted(open_screen: Open, event_id: int):
    screen = check(press(open_screen("volunteers", event_id), "Add or update a list"), PASTED)
    assert [metric.value for metric in screen.metric] == ["2", "0", "0", "0"]


@pytest.mark.parametrize("text", ["", " \n "])
def test_an_empty_field_asks_for_the_list(open_screen: Open, event_id: int, text: str):
    screen = check(press(open_screen("volunteers", event_id), "Add or update a list"), text)
    assert [info.value for info in screen.info] == ["Paste the list first."]
    screen = press(open_screen("volunteers", event_id, language="zh"), "添加或更新名单")
    assert [i.value for i in press(screen, "检查名单").info] == ["请先粘贴名单。"]


def test_without_a_file_one_is_asked_for(open_screen: Open, event_id: int):
    screen = press(open_screen("volunteers", event_id), "Add or update a list")
    screen.session_state["volunteers.way"] = "upload"
    screen = press(undisturbed(screen.run()), CHECK)
    assert [info.value for info in screen.info] == ["Choose a file first."]


def test_what_was_pasted_is_there_after_a_look_at_another_screen(open_screen: Open, event_id: int):
    screen = check(press(open_screen("volunteers", event_id), "Add or update a list"), PASTED)
    screen = press(go(go(screen, "log"), "volunteers"), "Add or update a list")
    assert screen.text_area[0].value == PASTED
    assert press(screen, CHECK).metric[0].value == "2"


def test_what_was_pasted_and_added_is_not_offered_once_more(open_screen: Open, event_id: int):
    screen = check(press(open_screen("volunteers", event_id), "Add or update a list"), PASTED)
    screen = press(press(screen, "Add 2 volunteers"), "Add or update a list")
    assert screen.text_area[0].value == ""


def test_what_was_pasted_for_one_event_is_not_offered_to_another(
    open_screen: Open, database: Database, event_id: int
):
    with database.writing() as session:
        other = create_event(session, name="Beach Day", language="en")[0].id
    screen = check(press(open_screen("volunteers", event_id), "Add or update a list"), PASTED)
    screen = press(go_to_event(screen, other), "Add or update a list")
    assert screen.text_area[0].value == ""


def test_another_sign_in_does_not_see_what_was_pasted(open_screen: Open, event_id: int):
    check(press(open_screen("volunteers", event_id), "Add or update a list"), PASTED)
    assert (
        press(open_screen("volunteers", event_id), "Add or update a list").text_area[0].value == ""
    )


# Checking


def test_what_is_taken_for_number_and_name_is_shown_before_it_is_added(
    open_screen: Open, database: Database, event_id: int
):
    lines = [PASTED, "judy@example.org, 2026-11, Judy Zhou", *(f"{n}@x.example" for n in range(4))]
    screen = check(
        press(open_screen("volunteers", event_id), "Add or update a list"), "\n".join(lines)
    )
    assert screen.dataframe[0].value.to_numpy().tolist() == [
        ["bo@example.org", "assigned", ""],
        ["ana@example.org", "7", "Ana Souza"],
        ["judy@example.org", "2026-11", "Judy Zhou"],
        ["0@x.example", "assigned", ""],
        ["1@x.example", "assigned", ""],
    ]
    press(screen, "Add 7 volunteers")
    assert [(one.number, one.name) for one in people(database, event_id)][1:3] == [
        ("7", "Ana Souza"),
        ("2026-11", "Judy Zhou"),
    ]


def test_why_a_line_is_refused_names_its_column(open_screen: Open, event_id: int):
    screen = press(open_screen("volunteers", event_id, language="zh"), "添加或更新名单")
    screen.text_area[0].set_value("邮箱,姓名,家长\n,李丽,mum@example.org")
    refused = press(screen, "检查名单").table[0].value
    assert refused["原因"].tolist() == ["邮箱地址不在“邮箱”一列。"]


def test_addresses_that_look_mistyped_are_told_while_they_can_be_corrected(
    open_screen: Open, event_id: int
):
    lines = [f"bob{n}@gmial.com" for n in range(6)] + ["ana@qq.con", "cy@example.org"]
    screen = check(
        press(open_screen("volunteers", event_id), "Add or update a list"), "\n".join(lines)
    )
    said = screen.warning[-1].value.replace(":small[]", "").split("  \n")
    assert said[0] == "Is bob0@gmial.com a typo for gmail.com?"
    assert len(said) == 6
    assert said[-1] == "2 more may have typos."


def test_names_with_what_says_where_lines_may_end_are_offered_without_and_back(
    open_screen: Open, database: Database, event_id: int
):
    lines = [
        "a@example.org,1,Maxi\u00admilian",
        "b@example.org,2,Ana\u200b Lima",
        "c@example.org,3,Bo",
    ]
    screen = check(
        press(open_screen("volunteers", event_id), "Add or update a list"), "\n".join(lines)
    )
    assert [metric.value for metric in screen.metric] == ["1", "0", "0", "2"]
    assert any(one.value.startswith("2 lines have invisible characters") for one in screen.warning)
    screen = press(press(screen, "Remove them"), "Undo")
    assert [metric.value for metric in screen.metric] == ["1", "0", "0", "2"]
    press(press(screen, "Remove them"), "Add 3 volunteers")
    assert [one.name for one in people(database, event_id)] == ["Maximilian", "Ana Lima", "Bo"]


def test_a_list_without_slips_raises_no_alarm(open_screen: Open, event_id: int):
    screen = check(press(open_screen("volunteers", event_id), "Add or update a list"), PASTED)
    assert not [warning for warning in screen.warning if "mistyped" in warning.value]


def test_chinese_sentences_follow_each_other_without_a_blank(
    open_screen: Open, database: Database, event_id: int
):
    factories.add(database, event_id, "ana@example.org")
    captions = [
        c.value
        for c in press(open_screen("volunteers", event_id, language="zh"), "添加或更新名单").caption
    ]
    assert any("人。同一份名单" in caption for caption in captions)


# Bringing a list again


FIRST = "email,name,hours\n" + "\n".join(f"p{n}@x.org,Name {n},8" for n in range(30))
AGAIN = (
    FIRST.replace("Name", "Person")
    .replace("p29@", "q29@")
    .replace("p0@x.org,Person 0,8", "p0@x.org,,9")
)


def parts(screen: AppTest) -> list[str]:
    """What the comparison counts."""
    return [button.content for button in screen.button_group[-1].proto.options]


def open_part(screen: AppTest, name: str) -> AppTest:
    screen.session_state["volunteers.compared"] = name
    return undisturbed(screen.run())


def test_a_list_that_is_brought_again_is_compared_and_updates(
    open_screen: Open, database: Database, event_id: int
):
    press(
        check(press(open_screen("volunteers", event_id), "Add or update a list"), FIRST),
        "Add 30 volunteers",
    )
    screen = check(press(open_screen("volunteers", event_id), "Add or update a list"), AGAIN)
    assert [metric.value for metric in screen.metric] == ["1", "29", "0", "0"]
    assert parts(screen) == [
        "1 new", "28 with another name", "1 with other “hours”", "1 no longer on it",
    ]  # fmt: skip
    press(screen, "Add 1 and update 29")
    known = {one.email: (one.name, one.columns["hours"]) for one in people(database, event_id)}
    assert (known["p0@x.org"], known["p1@x.org"]) == (("Name 0", "9"), ("Person 1", "8"))
    assert {"p29@x.org", "q29@x.org"} < known.keys()


def test_who_is_no_longer_on_it_and_has_nothing_yet_is_removed_by_typing_their_number(
    open_screen: Open, database: Database, event_id: int
):
    more = FIRST + "".join(f"\nm{n}@x.org,More {n},8" for n in range(60))
    press(
        check(press(open_screen("volunteers", event_id), "Add or update a list"), more),
        "Add 90 volunteers",
    )
    with database.writing() as session:
        asked = session.scalars(select(Volunteer).where(Volunteer.email == "m0@x.org")).one()
        asked.status = Status.INVITED
    screen = check(press(open_screen("volunteers", event_id), "Add or update a list"), FIRST)
    (removing,) = [one for one in screen.button if one.label == "Yes, remove 59 people"]
    assert removing.disabled
    screen = undisturbed(screen.text_input("volunteers.removing.number").set_value("59").run())
    press(screen, "Yes, remove 59 people")
    assert len(people(database, event_id)) == 31


def test_each_part_opens_as_a_table_of_before_and_after(open_screen: Open, event_id: int):
    press(
        check(press(open_screen("volunteers", event_id), "Add or update a list"), FIRST),
        "Add 30 volunteers",
    )
    screen = check(press(open_screen("volunteers", event_id), "Add or update a list"), AGAIN)
    screen = open_part(screen, "name")
    table = screen.table[0].value
    assert table.iloc[0].tolist() == ["p1:small[]@x.org", "Name 1", "Person 1"]
    assert len(table) == 20
    screen = open_part(screen, "missing")
    assert screen.table[0].value.iloc[0].tolist()[1:] == ["2026-000030", "Name 29", "New"]


SHOUTED = """email,name,hours
ana@exmaple.org,ANA MEIER,8
bo@example.org,BO EK,9
cy@example.org,Cy,7
"""


def remembered(open_screen: Open, installation: Installation, event_id: int) -> None:
    """The list, brought with names tidied; then an address and a name are corrected by hand, and
    certificates are issued."""
    factories.design(installation.database, event_id)
    screen = bring(open_screen, event_id, SHOUTED)
    press(press(screen, "Tidy 2 names in capitals"), "Add 3 volunteers")
    ana, _, cy = people(installation.database, event_id)
    screen = open_screen("volunteers", event_id)
    screen.session_state["volunteers.person"] = ana.id
    fill(undisturbed(screen.run()), "Address", "ana@example.org")
    press(screen, "Change the address")
    with installation.database.writing() as session:
        apply_to(session, Rename("Cy", "Cy Young", only=cy.id), session.get_one(Volunteer, cy.id))
    run(installation.database, IssueFromList(), event_id, held(installation))


def bring(open_screen: Open, event_id: int, text: str) -> AppTest:
    return check(press(open_screen("volunteers", event_id), "Add or update a list"), text)


def test_the_very_same_list_is_unchanged_and_one_other_line_is_one_change(
    open_screen: Open, installation: Installation, event_id: int
):
    remembered(open_screen, installation, event_id)
    before = people(installation.database, event_id)
    screen = bring(open_screen, event_id, SHOUTED)
    assert [metric.value for metric in screen.metric] == ["0", "3", "0", "0"]
    assert parts(screen) == ["3 unchanged"]
    assert not [one.label for one in screen.button if one.label.startswith(("Add 3", "Update"))]
    assert [info.value for info in screen.info] == ["This list has nobody new."]
    screen = bring(open_screen, event_id, SHOUTED.replace("EK,9", "EK,10"))
    assert parts(screen) == ["1 with other “hours”", "2 unchanged"]
    press(screen, "Update 1 volunteer")
    after = people(installation.database, event_id)
    assert [one.name for one in after] == ["Ana Meier", "Bo Ek", "Cy Young"]
    assert [one.email for one in after] == [one.email for one in before]
    assert [one.columns["hours"] for one in after] == ["8", "10", "7"]


def test_where_a_list_meets_a_correction_both_are_shown_and_the_correction_is_kept(
    open_screen: Open, installation: Installation, event_id: int
):
    remembered(open_screen, installation, event_id)
    other = SHOUTED.replace("Cy,", "CY YOUNGER,")
    screen = bring(open_screen, event_id, other)
    assert parts(screen) == ["1 corrected by hand", "2 unchanged"]
    assert screen.table[0].value.iloc[0].tolist()[1:] == ["Full name", "Cy Young", "CY YOUNGER"]
    kept = press(screen, "Keep 1 as stored")
    assert "0 volunteers were added." in told(kept)[0]
    assert parts(bring(open_screen, event_id, other)) == ["3 unchanged"]
    # Or the list replaces it, tidied if that is wished.
    other = other.replace("CY YOUNGER", "CY YOUNGEST")
    screen = bring(open_screen, event_id, other)
    (replaces,) = [
        one for one in screen.checkbox if one.label.startswith("Replace manual corrections of")
    ]
    screen = undisturbed(replaces.check().run())
    screen = press(screen, "Tidy 1 name in capitals")
    press(screen, "Update 1 volunteer")
    assert people(installation.database, event_id)[2].name == "Cy Youngest"
    assert parts(bring(open_screen, event_id, other)) == ["3 unchanged"]


def test_a_list_is_undone_where_its_result_is_said(
    open_screen: Open, database: Database, event_id: int
):
    press(
        check(press(open_screen("volunteers", event_id), "Add or update a list"), FIRST),
        "Add 30 volunteers",
    )
    press(
        check(press(open_screen("volunteers", event_id), "Add or update a list"), AGAIN),
        "Add 1 and update 29",
    )
    screen = press(
        press(open_screen("volunteers", event_id), "Add or update a list"), "Undo this list"
    )
    told = [one.value for one in screen.warning]
    goes, returns = "1 person it added is removed.", "29 people get their earlier data back."
    assert any(one.startswith(f"{goes} {returns}") for one in told)
    press(screen, "Yes, undo it for 30 people")
    names = [one.name for one in people(database, event_id)]
    assert names == [f"Name {n}" for n in range(30)]


# In a browser


@pytest.fixture
def desktop(page_at: PageAt, console: ServedConsole) -> Page:
    page = page_at(DESKTOP, "en")
    page.goto(console.url)
    page.get_by_label("Token").fill(OWNER_TOKEN)
    page.get_by_role("button").click()
    page.goto(f"{console.url}/recipients?event=1")
    return page


def test_a_list_is_pasted_checked_and_kept_when_the_language_is_switched(desktop: Page):
    desktop.get_by_label("One address per line").fill(PASTED)
    desktop.get_by_role("button", name=CHECK).click()
    expect(desktop.get_by_role("button", name="Add 2 volunteers")).to_be_visible()
    desktop.get_by_label("One address per line").fill(f"{PASTED}\ncy@example.org")
    desktop.keyboard.press("Tab")
    desktop.get_by_role("dialog").get_by_label("Close", exact=True).click()
    # Before the address says so, the window would be open on the next page, too.
    expect(desktop).not_to_have_url(re.compile("window="))
    desktop.get_by_role("link", name="中文").click()
    desktop.get_by_role("button", name="添加或更新名单").click()
    expect(desktop.get_by_label("每行一个邮箱地址")).to_have_value(f"{PASTED}\ncy@example.org")
    desktop.get_by_role("button", name="检查名单").click()
    expect(desktop.get_by_role("button", name="添加 3 位志愿者")).to_be_visible()


def test_a_suspicious_address_is_shown_as_text_that_is_copied_as_it_is(desktop: Page):
    desktop.get_by_label("One address per line").fill("www.a_b*@gmial.com")
    desktop.get_by_role("button", name=CHECK).click()
    warning = desktop.get_by_text("a typo for")
    expect(warning).to_have_text("Is www.a_b*@gmial.com a typo for gmail.com?")
    expect(warning.get_by_role("link")).to_have_count(0)
