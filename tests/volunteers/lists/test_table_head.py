"""Titles in two lines, as spreadsheets with merged cells have them."""

import io
import string
from itertools import zip_longest

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.volunteers.lists.column_mapping import LEFT_OUT, find_mapping, mapping_at
from shared.volunteers.lists.list_files import read_file
from shared.volunteers.lists.recipients import Recipient
from shared.volunteers.lists.returned_lines import returned_lines
from shared.volunteers.lists.titles import titles_in
from tests.support.examples import examples
from tests.support.lists import read_call, read_list, read_rows

ANA, BO = "ana@example.org", "bo@example.org"
ONES = [["Ana Souza", "0171 2345678", ANA, "Water"], ["Bo Li", "0171 8765432", BO, "Bread"]]
# “Contact” over two columns, the other titles over both lines.
ABOVE = [["Name", "Contact", "", "Team"], ["", "Phone", "E-mail", ""]]
READ_AS = ("Name", "Contact · Phone", "Contact · E-mail", "Team")


def merged_workbook(rows: list[list[str]], *merged: str) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([cell or None for cell in row])
    for cells in merged:
        book.active.merge_cells(cells)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("head", "titles"),
    [
        (ABOVE, READ_AS),
        # All titles are in the second line, with one over two of them, or over all.
        (
            [["", "Contact", "", ""], ["Name", "Phone", "E-mail", ""]],
            ("Name", "Contact · Phone", "Contact · E-mail", ""),
        ),
        (
            [["Person", "", "Contact", ""], ["Name", "Phone", "E-mail", "Team"]],
            ("Person · Name", "Person · Phone", "Contact · E-mail", "Contact · Team"),
        ),
        # The addresses' title is in the first line, and the second says more about another one.
        (
            [["Name", "Hours", "", "E-mail"], ["", "Saturday", "Sunday", ""]],
            ("Name", "Hours · Saturday", "Hours · Sunday", "E-mail"),
        ),
        (
            [["姓名", "联系方式", "", "小组"], ["", "电话", "邮箱", ""]],
            ("姓名", "联系方式 · 电话", "联系方式 · 邮箱", "小组"),
        ),
    ],
)
def test_titles_in_two_lines_are_joined(head: list[list[str]], titles: tuple[str, ...]):
    ones = ONES if "Hours" not in head[0] else [["Ana", "3", "4", ANA], ["Bo", "5", "6", BO]]
    found = find_mapping([*head, *ones])
    assert found is not None
    assert (found.line, found.names) == (1, titles)


def people_read(found: list[Recipient]) -> list[tuple[int, str, str, dict[str, str]]]:
    return [(one.line, one.email, one.name, one.columns) for one in found]


def test_files_and_pasted_text_with_such_titles_are_read_alike():
    rows = [["2026 Harbour Run"], [], *ABOVE, *ONES, *ABOVE]
    workbook = merged_workbook(rows, "A1:D1", "A3:A4", "B3:C3", "D3:D4")
    text = "\n".join("\t".join(row) for row in rows)
    expected = [
        (line, email, name, {"Contact · Phone": phone, "Team": team})
        for line, (name, phone, email, team) in enumerate(ONES, start=5)
    ]
    for found in (
        read_rows(read_file(workbook, "list.xlsx").rows),
        read_rows(read_file(text.replace("\t", ",").encode(), "list.csv").rows),
        read_list(text),
    ):
        assert people_read(found.accepted) == expected
        # The heading, and both lines where they stand again.
        assert (found.refused, [one.line for one in found.skipped]) == ([], [1, 7, 8])


def test_a_call_reads_such_titles_like_a_file():
    rows = [*ABOVE, *ONES]
    assert read_call("\n".join(map(",".join, rows))) == read_rows(rows)
    rows = [["Name", "Email", "Hours", "", "Emergency contact"], ["", "", "Sat", "Sun", ""],
            ["Ana", ANA, "3", "4", "0171 2345678"]]  # fmt: skip
    [ana] = read_call("\n".join(map(",".join, rows))).accepted
    assert (ana.name, ana.columns) == ("Ana", {"Hours · Sat": "3", "Hours · Sun": "4"})
    first_alone = read_call("email,name,remarks,\n,Ana,likes,tea\nbo@example.org,Bo,,")
    assert [one.line for one in first_alone.refused] == [2]


def test_a_name_in_two_columns_under_one_title_is_one_name():
    rows = [["Name", "", "E-mail"], ["First", "Last", ""], ["Ana", "Souza", ANA]]
    [ana] = read_rows(rows).accepted
    assert (ana.name, ana.columns) == ("Ana Souza", {})


def test_the_name_of_a_team_is_nobodys_while_there_is_another():
    rows = [["Team", "", "Name", "E-mail"], ["Name", "Size", "", ""], ["Water", "4", "Ana", ANA]]
    [ana] = read_rows(rows).accepted
    assert (ana.name, ana.columns) == ("Ana", {"Team · Name": "Water", "Team · Size": "4"})


@pytest.mark.parametrize(
    "head",
    [
        [["2026 Harbour Run: volunteers"], ["Name", "Phone", "E-mail", "Team"]],
        [["Harbour Run", "", "", ""], ["Name", "Phone", "E-mail", "Team"]],
        [["Harbour Run", "", "May 2026", ""], ["Name", "Phone", "E-mail", "Team"]],
        [["Harbour Run", "", "In an emergency: 110", ""], ["Name", "Phone", "E-mail", "Team"]],
    ],
)
def test_headings_and_notes_are_no_titles(head: list[list[str]]):
    found = find_mapping([*head, *ONES])
    assert found is not None
    assert found.names == ("Name", "Phone", "E-mail", "Team")


@pytest.mark.parametrize(
    "first",
    [
        ["Ana Souza", "", "likes tea", ""],
        ["", "0171 2345678", "", ""],
        ["Ana Souza", "", "", ""],
    ],
)
def test_a_person_without_an_address_is_no_second_line_of_titles(first: list[str]):
    rows = [["Name", "Remarks", "", "E-mail"], first, ["Bo", "", "", BO]]
    found = find_mapping(rows)
    assert found is not None
    assert found.line == 0
    assert [one.line for one in read_rows(rows).refused] == [2]


def test_whoever_takes_the_first_line_alone_gets_it_with_every_column_that_holds_something():
    found = mapping_at([*ABOVE, *([*row, "", "late"] for row in ONES)], 0)
    assert found.names == ("Name", "Contact", "", "Team", "", "")
    assert list(found.kinds) == [0, 1, 2, 3, 4, 5]


def test_lines_to_correct_are_returned_under_titles_that_are_read_the_same():
    rows = [*ABOVE, *ONES, ["Cy", "", "cy@", "Bread"]]
    mapping = find_mapping(rows)
    table = returned_lines(rows, mapping, read_rows(rows).refused, "en")
    titles, corrected = list(table.titles)[:4], ["Cy", "", "cy@example.org", "Bread"]
    assert titles == list(READ_AS)
    [cy] = read_rows([titles, corrected]).accepted
    assert (cy.email, cy.name, cy.columns["Team"]) == ("cy@example.org", "Cy", "Bread")


@pytest.mark.parametrize(
    ("title", "cells"),
    [
        ("Emergency contact", ["Mum, 0171 2345678", "+44 20 7946 0000"]),
        ("Emergency contact · Phone", ["0171 2345678", "13812345678"]),
        ("紧急联系人邮箱", ["mum@example.org", ""]),
        ("家长电话", ["13812345678", "无"]),
    ],
)
def test_how_to_reach_a_third_person_is_left_out_at_first(title: str, cells: list[str]):
    rows = [["Name", "E-mail", title], ["Ana", ANA, cells[0]], ["Bo", BO, cells[1]]]
    found = find_mapping(rows)
    assert found is not None
    assert found.kinds[2] == LEFT_OUT
    assert [one.columns for one in read_rows(rows).accepted] == [{}, {}]


def test_what_else_is_said_of_a_third_person_is_kept():
    rows = [["Name", "E-mail", "Parents come along"], ["Ana", ANA, "yes"], ["Bo", BO, "no"]]
    assert read_rows(rows).accepted[0].columns == {"Parents come along": "yes"}


TITLES = st.text(string.ascii_letters + " 姓名邮箱组", min_size=1, max_size=12).filter(str.strip)


@examples(200)
@given(st.lists(st.lists(st.one_of(st.just(""), TITLES), max_size=6), min_size=2, max_size=2))
def test_no_title_of_the_second_line_is_lost_and_none_is_made_up(head: list[list[str]]):
    joined = titles_in(head, 1)
    upper, lower = ([" ".join(cell.split()) for cell in row] for row in head)
    assert len(joined) >= len(lower)
    for title, under in zip_longest(joined, lower, fillvalue=""):
        above = title.removesuffix(under).removesuffix(" · ")
        assert title.endswith(under)
        assert above in {"", *upper}


@examples(200)
@given(st.lists(TITLES, min_size=1, max_size=5, unique=True), st.lists(TITLES, max_size=3))
def test_a_head_in_one_line_stays_as_it_is(titles: list[str], heading: list[str]):
    table = [["E-mail", *titles], [ANA, *titles]]
    assert titles_in(table, 0) == ("E-mail", *(" ".join(title.split()) for title in titles))
    assert titles_in([heading[:1], *table], 1) == titles_in(table, 0)
