"""What each column of a table is: detected, or set by a person."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.volunteers.lists.column_mapping import (
    FIRST_NAME,
    LAST_NAME,
    NAME,
    NO_TITLES,
    find_mapping,
    joined_name,
    mapping_at,
    with_kinds,
)
from shared.volunteers.lists.list_parser import parse_table
from shared.volunteers.lists.recipients import Recipient

ANA, BO = "ana@example.org", "bo@example.org"


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        ("Ana", "Souza", "Ana Souza"),
        ("小明", "王", "王小明"),
        ("太郎", "山田", "山田太郎"),
        ("Xiaoming", "王", "Xiaoming 王"),
        (" Ana ", "", "Ana"),
        ("", "", ""),
    ],
)
def test_a_name_in_two_columns_is_written_as_its_language_does(first: str, last: str, name: str):
    assert joined_name(first, last) == name


@pytest.mark.parametrize(
    ("titles", "cells", "name"),
    [
        (["First name", "Last name", "Email"], ["Ana", "Souza", ANA], "Ana Souza"),
        (["Nachname", "Vorname", "E-Mail"], ["Souza", "Ana", ANA], "Ana Souza"),
        (["姓", "名", "邮箱"], ["王", "小明", ANA], "王小明"),
        (["First name", "Name", "Email"], ["Ana", "Ana Souza", ANA], "Ana Souza"),
    ],
)
def test_first_and_last_names_are_joined(titles: list[str], cells: list[str], name: str):
    rows = [titles, cells]
    assert [one.name for one in parse_table(rows, find_mapping(rows)).accepted] == [name]


_DIGITS = st.text("0123456789", min_size=6, max_size=11)
_NOBODYS_NAMES = (
    _DIGITS.map("+4917{}".format),
    _DIGITS.map("v{}@example.org".format),
    st.integers(1, 99_999).map("V-{:05}".format),
)


@given(st.data(), st.sampled_from(["Name", "Full name", "姓名", "First name", "Surname"]))
def test_phone_numbers_addresses_and_ids_are_nobodys_name(data: st.DataObject, title: str):
    cells = data.draw(
        st.sampled_from(_NOBODYS_NAMES).flatmap(lambda one: st.lists(one, min_size=1))
    )
    called = ["Volunteer name", "First name", "Last name", "Email"]
    rows = [[title, *called], *([cell, "Ana Souza", "Ana", "Souza", ANA] for cell in cells)]
    found = find_mapping(rows)
    assert found is not None
    assert found.kinds[0] not in (NAME, FIRST_NAME, LAST_NAME)
    assert {one.name for one in parse_table(rows, found).accepted} == {"Ana Souza"}


def test_of_two_columns_with_addresses_it_is_said_that_one_was_guessed():
    rows = [["Name", "Email", "Email 2"], ["Ana", ANA, BO]]
    found = find_mapping(rows)
    assert found is not None
    assert (found.email_title, found.rivals) == ("Email", (1, 2))
    buyers = find_mapping([["Email", "Attendee email"], [BO, ANA]])
    assert buyers is not None
    assert (buyers.email_title, buyers.rivals) == ("Attendee email", ())


def test_columns_are_read_as_a_person_says():
    rows = [["Name", "Email", "Work", "Team", "Shift"], ["Ana", BO, ANA, "Water", "Late"]]
    found = find_mapping(rows)
    assert found is not None
    kinds = {0: "", 1: "column:Private", 2: "email", 3: "number", 4: "column:Private"}
    assert parse_table(rows, with_kinds(found, kinds)).accepted == [
        Recipient(2, ANA, "Water", "", {"Private": BO, "Private (2)": "Late"})
    ]


def test_a_list_without_titles_is_read_by_its_columns_when_a_person_says_what_they_are():
    rows = [["7", "x", ANA], ["8", "y", BO]]
    found = mapping_at(rows, NO_TITLES)
    assert (found.names, found.kinds) == (
        ("A", "B", "C"),
        {0: "column:A", 1: "column:B", 2: "email"},
    )
    said = with_kinds(found, {0: "number", 1: "", 2: "email"})
    assert parse_table(rows, said).accepted == [Recipient(1, ANA, "7"), Recipient(2, BO, "8")]


def test_titles_may_stand_where_nobody_would_look_for_them():
    rows = [["List", ""], ["a", "b"], ["Ana", ANA]]
    assert find_mapping(rows) is None
    found = mapping_at(rows, 1)
    said = with_kinds(found, {0: "name", 1: "email"})
    assert parse_table(rows, said).accepted == [Recipient(3, ANA, "", "Ana")]


def test_who_did_not_come_is_counted_and_not_refused():
    rows = [["Email", "Checked in"], [ANA, "Yes"], [BO, ""], ["no address", "No"], [BO]]
    found = find_mapping(rows)
    assert found is not None
    taken = parse_table(rows, replace(found, only_who_came=True))
    assert [one.email for one in taken.accepted] == [ANA]
    assert (taken.absent, taken.refused) == (3, [])
