"""One line of a list: who it names, whose number it holds, and which slips are refused."""

import pytest

from shared.errors import NameProblem
from shared.rendering.names import new_name
from shared.volunteers.lists.recipients import Recipient, RecipientList
from tests.support.lists import emails, read_call, read_list, read_rows


def test_numbers_names_and_cells_that_are_too_long_are_refused_not_cut():
    rows = [
        ["email", "number", "name", "task"],
        ["a@example.org", "7" * 65, "", ""],
        ["b@example.org", "", "n" * 121, ""],
        ["c@example.org", "", "", "t" * 501],
        ["d@example.org", "7" * 64, "n" * 120, "t" * 500],
    ]
    found = read_rows(rows)
    assert emails(found) == ["d@example.org"]
    assert [r.line for r in found.refused] == [2, 3, 4]


@pytest.mark.parametrize("bad", ["\x00", "\x07", "\u202e", "\u2028x", "\ud800"])
@pytest.mark.parametrize("title", ["number", "name", "task"])
def test_what_cannot_be_printed_is_refused_in_every_column(bad, title):
    found = read_rows([["email", title], ["ana@example.org", f"x{bad}y"]])
    if bad == "\u2028x":  # a line separator is a blank, as in every line that is pasted
        assert emails(found) == ["ana@example.org"]
    else:
        said = "The line contains characters that cannot be printed."
        assert [one.reason == said for one in found.refused] == [title != "name"]


def test_a_name_that_cannot_be_printed_is_refused_as_on_the_volunteers_page():
    names = ["A\u202eB", "A\ue000", "A" * 121]
    rows = [["email", "name"], *([f"a{at}@example.org", name] for at, name in enumerate(names))]
    said = [one.reason.format(**one.details) for one in read_rows(rows).refused]
    for name, sentence in zip(names, said, strict=True):
        with pytest.raises(NameProblem) as refusal:
            new_name(name)
        assert sentence == str(refusal.value)


def test_a_line_break_inside_of_an_excel_cell_stays_in_a_column_and_is_a_blank_in_a_name():
    rows = [
        ["email", "name", "task"],
        ["ana@example.org", "Ana\nLima", " water \r\n\n\n\nbread\ufeff\n"],
    ]
    [ana] = read_rows(rows).accepted
    assert (ana.name, ana.columns) == ("Ana Lima", {"task": "water\n\nbread"})


@pytest.mark.parametrize("name", ["علی\u200cرضا", "ප්\u200dරියංකා", "👩\u200d🚀"])
@pytest.mark.parametrize("title", ["name", "team"])
def test_joiners_that_shape_a_script_stay_in_names_and_columns(name, title):
    [ana] = read_rows(
        [["email", title], ["ana@example.org", f"\ufeff{name}\u200f\u00ad "]]
    ).accepted
    assert (ana.name or ana.columns[title]) == name


def test_marks_alone_that_nobody_sees_are_an_empty_cell():
    [ana] = read_rows([["email", "name", "task"], ["ana@example.org", "\u200b", "\ufeff"]]).accepted
    assert (ana.name, ana.columns["task"]) == ("", "")


@pytest.mark.parametrize(
    ("line", "number", "name"),
    [
        ("ana@example.org", "", ""),
        ("ana@example.org,2026-7", "2026-7", ""),
        ("ana@example.org，证 7", "证 7", ""),
        ("ana@example.org,1,000", "1,000", ""),
        ("ana@example.org, 2026-000011, Judy Zhou", "2026-000011", "Judy Zhou"),
        ("ana@example.org\t7\tJudy Zhou", "7", "Judy Zhou"),
        ("ana@example.org,Alex Chen", "", "Alex Chen"),
        ("ana@example.org,Alex Chen,7", "7", "Alex Chen"),
        ("ana@example.org,,Alex Chen", "", "Alex Chen"),
        ("ana@example.org,-,Alex Chen", "", "Alex Chen"),
        ("王芳，ana@example.org", "", "王芳"),
        ("7;ana@example.org;王芳", "7", "王芳"),
        ("Ana Souza <ana@example.org>", "", "Ana Souza"),
        ("王芳＜ana@example.org＞，7", "7", "王芳"),
        ('"Souza, Ana" <ana@example.org>', "", "Souza, Ana"),
        ("<ana@example.org>", "", ""),
        ("ana@example.org <ana@example.org>", "", ""),
        ("王 芳 ana@example.org", "", "王 芳"),
        ("ana@example.org 2026-7", "2026-7", ""),
    ],
)
def test_of_the_other_cells_one_with_a_digit_is_the_number_and_one_without_the_name(
    line, number, name
):
    assert read_list(line) == RecipientList([Recipient(1, "ana@example.org", number, name)], [], [])


@pytest.mark.parametrize(
    "text",
    [
        "ana@example.org;bo@example.org",
        "ana@example.org, bo@example.org",
        "ana@example.org bo@example.org",
        "Ana <ana@example.org>; Bo <bo@example.org>;",
        "ana@example.org、Bo <bo@example.org>",
        "email\tteam\nana@example.org;bo@example.org\tred",
    ],
)
def test_several_addresses_in_a_line_are_several_people(text):
    assert emails(read_list(text)) == ["ana@example.org", "bo@example.org"]
    assert read_list(text).refused == []


@pytest.mark.parametrize(
    "text", ["a@example.org,7,b@example.org,8", "email\tnumber\na@example.org;b@example.org\t7"]
)
def test_whose_number_it_is_among_several_people_is_not_guessed(text):
    assert [r.reason for r in read_list(text).refused] == [
        "This line has several addresses. Give each person their own line."
    ]


def test_of_several_people_in_a_line_one_may_be_refused_and_one_repeated():
    found = read_list("a@example.org, b@, A@example.org, c@example.org")
    assert emails(found) == ["a@example.org", "c@example.org"]
    assert [r.reason for r in found.refused] == ["This is not an e-mail address."]
    assert [r.details for r in found.repeated] == [{"first": 1}]


@pytest.mark.parametrize(
    "slip", ["ana @example.org", "ana@ example.org", "ana@example.co m", "ana li@example.org"]
)
def test_a_blank_inside_of_an_address_makes_nobody_elses_address(slip):
    assert [r.reason for r in read_list(slip).refused] == ["This is not an e-mail address."]


@pytest.mark.parametrize(
    ("line", "person"),
    [
        ("ana@example.org", Recipient(2, "ana@example.org", columns={"team": ""})),
        ("ana@example.org,7", Recipient(2, "ana@example.org", "7", columns={"team": ""})),
        ("ana@example.org,Ana,red", Recipient(2, "ana@example.org", "", "Ana", {"team": "red"})),
        ("Ana,Ana Li <ana@example.org>", Recipient(2, "ana@example.org", "", "Ana", {})),
    ],
)
def test_an_address_under_another_title_of_ours_is_taken(line, person):
    [found] = read_list(f"name,email,team\n{line}").accepted
    assert (found.line, found.email, found.number, found.name) == (
        person.line, person.email, person.number, person.name,
    )  # fmt: skip
    assert found.columns.get("team", "") == person.columns.get("team", "")


def test_an_address_under_a_title_that_is_not_ours_may_be_anothers_and_is_refused():
    found = read_list("姓名,邮箱,家长\n李丽,,mum@example.org")
    assert [(r.reason, r.details) for r in found.refused] == [
        ("The column “{column}” has no address.", {"column": "邮箱"})
    ]


def test_a_call_of_the_api_finds_addresses_elsewhere_too_but_keeps_its_numbers():
    assert emails(read_call("王芳，ana@example.org\nBo <bo@example.org>")) == [
        "ana@example.org",
        "bo@example.org",
    ]
    assert read_call("ana@example.org,VIP").accepted[0].number == "VIP"
