"""The exports of ticket shops and forms are recognized, and read without any help."""

from dataclasses import replace

import pytest

from shared.volunteers.lists.column_mapping import find_mapping
from shared.volunteers.lists.known_exports import KNOWN_EXPORTS
from shared.volunteers.lists.list_parser import parse_table
from tests.support.exports_of_others import EXPORTS


def program(case: str) -> str:
    return case.removesuffix(" (de)").removesuffix(" (UK)")


def test_each_known_program_has_an_example():
    assert {program(case) for case in EXPORTS} == {export.program for export in KNOWN_EXPORTS}


@pytest.mark.parametrize("case", EXPORTS)
def test_an_export_is_known_and_gives_addresses_and_names(case: str):
    found = find_mapping(EXPORTS[case])
    assert found is not None
    assert found.program == program(case)
    people = parse_table(EXPORTS[case], found).accepted
    assert [(one.email, one.number, one.name) for one in people] == [
        ("ana@example.org", "", "Ana Souza"),
        ("bo@example.org", "", "Bo Li"),
    ]


@pytest.mark.parametrize("case", EXPORTS)
def test_only_those_who_checked_in_may_be_taken_and_the_others_are_counted(case: str):
    found = find_mapping(EXPORTS[case])
    assert found is not None
    assert found.came is not None
    taken = parse_table(EXPORTS[case], replace(found, only_who_came=True))
    assert [one.email for one in taken.accepted] == ["ana@example.org"]
    assert (taken.absent, taken.refused, taken.skipped) == (1, [], [])


@pytest.mark.parametrize(
    ("case", "kept"),
    [
        ("pretix", {"Attendee name: Given name", "Product", "Checked in", "Company"}),
        ("Indico", {"Affiliation", "Checked in"}),
        ("WJX (问卷星)", {"3、签到"}),
        ("Tencent Forms (腾讯问卷)", {"签到"}),
    ],
)
def test_what_a_program_says_about_itself_is_not_kept(case: str, kept: set[str]):
    people = parse_table(EXPORTS[case], find_mapping(EXPORTS[case])).accepted
    assert set(people[0].columns) == kept


def test_a_list_of_ones_own_is_nobodys_export():
    found = find_mapping([["Name", "Email", "Status", "Price"], ["Ana", "ana@example.org", "", ""]])
    assert found is not None
    assert found.program == ""
    assert set(found.kinds.values()) == {"name", "email", "column:Status", "column:Price"}
