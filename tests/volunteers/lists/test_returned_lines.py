"""Refused lines are downloaded, corrected and uploaded again."""

from collections.abc import Callable

import pytest
from pandas import DataFrame

from shared.language import LANGUAGES, Language
from shared.volunteers import export
from shared.volunteers.lists.column_mapping import NO_TITLES, find_mapping, mapping_at, with_kinds
from shared.volunteers.lists.list_files import read_file
from shared.volunteers.lists.list_parser import Recipient, parse_table, pasted_lines
from shared.volunteers.lists.returned_lines import restored, returned_lines
from tests.support.lists import read_rows

ANA = "ana@example.org"
TITLES = ["Email", "Name", "Number", "Phone"]
Write = Callable[[DataFrame], bytes]


def brought_again(table: DataFrame, write: Write) -> list[list[str]]:
    name = "lines.csv" if write is export.to_csv else "lines.xlsx"
    return restored(read_file(write(table), name).rows)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("write", [export.to_csv, export.to_xlsx])
def test_a_corrected_table_is_read_as_the_list_was(write: Write, language: Language):
    rows = [["May"], TITLES, [ANA, "Ana", "1", "+49 30 1"], ["bo@", "Bo", "2", "+49 30 2", "more"]]
    mapping = find_mapping(rows)
    found = parse_table(rows, mapping)
    table = returned_lines(rows, mapping, found.refused, language)
    assert table.iloc[0, -1]
    again = brought_again(table, write)
    assert again == [TITLES, ["bo@", "Bo", "2", "+49 30 2", "more"]]
    again[1][0] = "bo@example.org"
    corrected = Recipient(2, "bo@example.org", "2", "Bo", {"Phone": "+49 30 2"})
    assert read_rows(again).accepted == [corrected]


@pytest.mark.parametrize("write", [export.to_csv, export.to_xlsx])
def test_a_corrected_line_is_read_as_it_was_typed(write: Write):
    rows = pasted_lines(f"{ANA}\nbo at example.org, 7, Bo Li\n\n{ANA}")
    found = parse_table(rows, None)
    table = returned_lines(rows, None, [*found.refused, *found.repeated], "en")
    again = brought_again(table, write)
    assert again == [["Address"], ["bo at example.org, 7, Bo Li"], [ANA]]
    again[1][0] = again[1][0].replace(" at ", "@")
    assert read_rows(again).accepted == [
        Recipient(2, "bo@example.org", "7", "Bo Li"),
        Recipient(3, ANA),
    ]


def test_columns_without_titles_get_those_of_what_they_are():
    rows = [["7", "Bo", "bo@"], ["8", "Ana", ANA]]
    mapping = with_kinds(mapping_at(rows, NO_TITLES), {0: "number", 1: "column:Team", 2: "email"})
    table = returned_lines(rows, mapping, parse_table(rows, mapping).refused, "en")
    assert list(table.columns)[:3] == ["Number", "Team", "Address"]


def test_a_list_of_somebodys_own_is_left_as_it_is():
    rows = [["Email", "Note"], [ANA, "'+1"]]
    assert restored(rows) == rows
    assert restored([]) == []
