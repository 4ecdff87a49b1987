"""A list's columns on the screen: detected, changed, remembered, and uploaded again when
refused."""

import io

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from shared.storage.database import Database
from shared.volunteers.lists.column_mapping import LEFT_OUT
from tests.support.console_screens import Open, people, press, undisturbed
from tests.support.exports_of_others import EXPORTS
from tests.support.organizers_lists import workbook

CHECK = "Check the list"
ANA, BO = "ana@example.org", "bo@example.org"
TEAMS = [["Who", "Mail", "Team", "Email"], ["Ana", ANA, "Water", "w@x.example"],
         ["Bo", BO, "Bread", "b@x.example"]]  # fmt: skip


def upload(screen: AppTest, content: bytes, name: str = "list.xlsx") -> AppTest:
    screen.session_state["volunteers.way"] = "upload"
    screen = undisturbed(screen.run())
    screen.file_uploader[0].set_value((name, content, "application/octet-stream"))
    return undisturbed(screen.run())


def brought(open_screen: Open, event_id: int, rows: list[list[str]]) -> AppTest:
    return upload(
        press(open_screen("volunteers", event_id), "Add or update a list"), workbook({"List": rows})
    )


def say(screen: AppTest, column: str, kind: str) -> AppTest:
    box = next(one for one in screen.selectbox if one.label == f"Meaning of “{column}”")
    return undisturbed(box.select(kind).run())


def said(screen: AppTest) -> dict[str, str]:
    labels = {one.label: one.value for one in screen.selectbox}
    return {k[12:-1]: v for k, v in labels.items() if k.startswith("Meaning of “")}


def test_columns_are_found_and_shown_with_samples(open_screen: Open, event_id: int):
    screen = brought(open_screen, event_id, TEAMS)
    assert said(screen) == {"Who": "kept", "Mail": "email", "Team": "kept", "Email": "kept"}
    assert any("**Team**" in one.value and "Water" in one.value for one in screen.markdown)
    # Which of two addresses it is has to be looked at.
    assert [one.proto.expanded for one in screen.expander if one.label == "4 columns read"] == [
        True
    ]
    assert any("Several columns hold addresses" in one.value for one in screen.warning)


def test_a_column_that_becomes_the_addresses_takes_that_from_the_other(
    open_screen: Open, database: Database, event_id: int
):
    screen = say(say(brought(open_screen, event_id, TEAMS), "Email", "email"), "Who", "name")
    screen = say(screen, "Team", LEFT_OUT)
    assert said(screen) == {"Who": "name", "Mail": "kept", "Team": "", "Email": "email"}
    title = next(one for one in screen.text_input if one.label == "Title for “Mail”")
    title.set_value("Private")
    press(press(undisturbed(screen.run()), CHECK), "Add 2 volunteers")
    assert [(one.email, one.listed_name, one.columns) for one in people(database, event_id)] == [
        ("w@x.example", "Ana", {"Private": ANA}),
        ("b@x.example", "Bo", {"Private": BO}),
    ]


def test_of_many_columns_the_first_are_shown_and_those_of_people_and_nothing_said_is_forgotten(
    open_screen: Open, database: Database, event_id: int
):
    titles = [f"Q{n}" for n in range(30)]
    rows = [[*titles, "Mail"], [*map(str, range(30)), ANA]]
    screen = brought(open_screen, event_id, rows)
    assert list(said(screen)) == [*titles[:12], "Mail"]
    screen = undisturbed(screen.toggle[0].set_value(True).run())
    screen = say(say(screen, "Q20", "name"), "Q3", LEFT_OUT)
    screen = undisturbed(screen.toggle[0].set_value(False).run())
    press(press(screen, CHECK), "Add 1 volunteer")
    [one] = people(database, event_id)
    assert (one.email, one.listed_name) == (ANA, "20")
    assert list(one.columns) == [title for title in titles if title not in ("Q3", "Q20")]


def test_what_was_said_is_remembered_for_the_next_file_with_these_titles(
    open_screen: Open, event_id: int
):
    screen = say(brought(open_screen, event_id, TEAMS), "Who", "name")
    press(press(screen, CHECK), "Add 2 volunteers")
    next_file = [TEAMS[0], ["Cy", "cy@example.org", "Water", ""]]
    screen = brought(open_screen, event_id, next_file)
    assert said(screen)["Who"] == "name"
    assert any("as in the last list" in one.value for one in screen.caption)


def test_without_addresses_one_is_asked_for_them_and_nothing_is_checked(
    open_screen: Open, event_id: int
):
    screen = say(brought(open_screen, event_id, TEAMS), "Mail", LEFT_OUT)
    assert any("Choose the column with the addresses" in one.value for one in screen.warning)
    screen = press(screen, CHECK)
    assert not screen.metric
    assert press(say(screen, "Email", "email"), CHECK).metric[0].value == "2"


def test_another_line_and_another_sheet_can_be_said(open_screen: Open, event_id: int):
    sheets = {"A": [["x", "y"], ["Q", "Z"], ["Ana", ANA]], "B": TEAMS}
    screen = upload(
        press(open_screen("volunteers", event_id), "Add or update a list"),
        workbook(sheets, hidden=["A"]),
    )
    sheet = next(one for one in screen.selectbox if one.label == "Sheet with the list")
    assert (sheet.value, sheet.options) == ("B", ["A (hidden)", "B"])
    screen = undisturbed(sheet.select("A").run())
    line = next(one for one in screen.selectbox if one.label == "Header row")
    screen = say(undisturbed(line.select(1).run()), "Q", "name")
    assert press(screen, CHECK).dataframe[0].value["Full name"].tolist() == ["Ana"]


@pytest.mark.parametrize(
    ("language", "box"), [("en", "Only people who checked in ("), ("zh", "只要已签到的人")]
)
def test_only_those_who_checked_in_are_taken_and_the_others_counted(
    open_screen: Open, event_id: int, language: str, box: str
):
    screen = open_screen("volunteers", event_id, language=language)
    screen = undisturbed(screen.button(key="volunteers.open.list").click().run())
    screen = upload(screen, workbook({"List": EXPORTS["pretix"]}))
    assert any("pretix" in one.value for one in screen.caption)
    only = next(one for one in screen.checkbox if one.label.startswith(box))
    screen = press(undisturbed(only.check().run()), CHECK if language == "en" else "检查名单")
    assert [metric.value for metric in screen.metric] == ["1", "0", "0", "0", "1"]


def test_pasted_addresses_need_no_word_about_columns(open_screen: Open, event_id: int):
    screen = press(open_screen("volunteers", event_id), "Add or update a list")
    screen.text_area[0].set_value(f"{ANA}\n{BO}, 7")
    screen = press(screen, CHECK)
    assert not screen.selectbox or said(screen) == {}
    assert not [one for one in screen.expander if "read" in one.label]


def test_a_pasted_table_is_checked_by_the_same_press_and_its_columns_can_be_changed(
    open_screen: Open, event_id: int
):
    screen = press(open_screen("volunteers", event_id), "Add or update a list")
    screen.text_area[0].set_value(f"邮箱\t小组\n{ANA}\t水站")
    screen = press(screen, CHECK)
    assert screen.metric[0].value == "1"
    screen = say(screen, "小组", "name")
    assert screen.dataframe[0].value["Full name"].tolist() == ["水站"]


def test_rounded_numbers_are_told_by_their_column(open_screen: Open, event_id: int):
    content = workbook({"List": [["身份证号", "邮箱"], [110101199003071234, ANA]]})
    screen = upload(press(open_screen("volunteers", event_id), "Add or update a list"), content)
    assert any("身份证号" in one.value and "15 digits" in one.value for one in screen.warning)


def test_refused_lines_are_offered_in_the_lists_own_columns(open_screen: Open, event_id: int):
    rows = [["Mail", "Team"], [ANA, "Water"], ["bo@", "Bread"]]
    screen = press(brought(open_screen, event_id, rows), CHECK)
    labels = [one.proto.label for one in screen.get("download_button")]
    assert labels[-2:] == ["Download these lines (XLSX)", "Download these lines (CSV)"]


def test_a_damaged_workbook_is_a_sentence(open_screen: Open, event_id: int):
    screen = upload(
        press(open_screen("volunteers", event_id), "Add or update a list"), b"PK\x03\x04 nothing"
    )
    assert any("not a whole" in one.value for one in screen.error)


def test_a_list_without_titles_is_read_line_by_line(open_screen: Open, event_id: int):
    book = openpyxl.Workbook()
    book.active.append(["Ana", ANA])
    content = io.BytesIO()
    book.save(content)
    screen = press(
        upload(
            press(open_screen("volunteers", event_id), "Add or update a list"), content.getvalue()
        ),
        CHECK,
    )
    assert said(screen) == {}
    assert screen.dataframe[0].value["Full name"].tolist() == ["Ana"]


PEOPLE = [["Ana Souza", "0171 2345678", ANA], ["Bo Li", "0171 8765432", BO],
          ["Cy Ng", "0171 5551234", "cy@example.org"]]  # fmt: skip


def test_titles_in_two_lines_are_named_with_their_lines(open_screen: Open, event_id: int):
    rows = [["", "Contact", ""], ["Name", "Phone", "E-mail"], *PEOPLE]
    screen = brought(open_screen, event_id, rows)
    line = next(one for one in screen.selectbox if one.label.startswith("Header row"))
    assert line.options[line.index] == "Lines 1 and 2: Name, Contact · Phone, Contact · E-mail"
    assert said(screen) == {
        "Name": "name", "Contact · Phone": "kept", "Contact · E-mail": "email",
    }  # fmt: skip
    assert [one.proto.expanded for one in screen.expander if one.label == "3 columns read"] == [
        False
    ]
    screen = press(screen, CHECK)
    assert any(one.value == "With a name: 3 of 3" for one in screen.markdown)


@pytest.mark.parametrize("title", ["", "Team member"])
def test_names_that_nobody_took_for_names_are_said_in_amber(
    open_screen: Open, event_id: int, title: str
):
    screen = brought(open_screen, event_id, [[title, "Phone", "E-mail"], *PEOPLE])
    name = title or "Column 1"
    assert [one.value for one in screen.warning if f"“{name}”" in one.value]
    screen = press(screen, CHECK)
    assert any(one.value == "With a name: 0 of 3" for one in screen.markdown)
    screen = say(screen, name, "name")
    assert not [one for one in screen.warning if name in one.value]
    assert any(one.value == "With a name: 3 of 3" for one in screen.markdown)


def test_every_column_that_holds_something_is_listed_and_no_other(open_screen: Open, event_id: int):
    rows = [["E-mail", "", "", ""], *([one[2], "", one[0], "", one[1]] for one in PEOPLE)]
    screen = brought(open_screen, event_id, rows)
    assert said(screen) == {"E-mail": "email", "Column 3": "", "Column 5": ""}


def test_the_choice_of_the_titles_gives_nobody_away(open_screen: Open, event_id: int):
    rows = [["姓名", "证件号", "电话", "邮箱"], ["王小明", "AB-1234", "138 1234 5678", ANA],
            ["李丽", "11010119900307123X", "13912345678", BO]]  # fmt: skip
    screen = brought(open_screen, event_id, rows)
    line = next(one for one in screen.selectbox if one.label.startswith("Header row"))
    told = "\n".join(line.options)
    assert "姓名, 证件号, 电话, 邮箱" in told
    assert "王小明" in told
    for secret in ("1234", "5678", "19900307"):
        assert secret not in told


def names_shown(screen: AppTest) -> list[str]:
    return screen.dataframe[0].value["Full name"].tolist()


def test_untidy_names_are_offered_by_kind_and_taken_by_one_press_each(
    open_screen: Open, database: Database, event_id: int
):
    rows = [["Name", "E-mail"], ["ANNA MEIER", ANA], ["kai lee", BO], ["BO LI", "bl@example.org"],
            ["Mr. Tom Ford (team lead)", "tom@example.org"]]  # fmt: skip
    screen = press(brought(open_screen, event_id, rows), CHECK)
    assert any("ANNA MEIER → Anna Meier" in one.value for one in screen.info)
    assert names_shown(screen) == [row[0] for row in rows[1:]]
    screen = press(screen, "Tidy 2 names in capitals")
    assert names_shown(screen) == ["Anna Meier", "kai lee", "Bo Li", "Mr. Tom Ford (team lead)"]
    screen = press(screen, "Undo")
    assert names_shown(screen)[0] == "ANNA MEIER"
    screen = press(press(screen, "Tidy 2 names in capitals"), "Leave out the title of 1 name")
    screen = press(screen, "Leave out the brackets of 1 name")
    press(screen, "Add 4 volunteers")
    stored = [one.listed_name for one in people(database, event_id)]
    assert stored == ["Anna Meier", "kai lee", "Bo Li", "Tom Ford"]


def test_the_next_list_is_not_tidied_by_itself(open_screen: Open, event_id: int):
    rows = [["Name", "E-mail"], ["ANNA MEIER", ANA]]
    screen = press(brought(open_screen, event_id, rows), CHECK)
    screen = press(screen, "Tidy 1 name in capitals")
    screen = upload(screen, workbook({"List": [rows[0], ["BO LI", BO]]}), "next.xlsx")
    assert names_shown(press(screen, CHECK)) == ["BO LI"]
