"""Refused lines are downloaded, corrected and uploaded again."""

from collections.abc import Callable, Iterator

import pytest

from shared.language import LANGUAGES, Language
from shared.volunteers.lists.column_mapping import NO_TITLES, find_mapping, mapping_at, with_kinds
from shared.volunteers.lists.list_files import read_file
from shared.volunteers.lists.list_parser import parse_table, pasted_lines
from shared.volunteers.lists.recipients import Recipient
from shared.volunteers.lists.returned_lines import restored, returned_lines
from shared.volunteers.tables import Table, csv_of, workbook
from tests.support.lists import read_rows

ANA = "ana@example.org"
TITLES = ["Email", "Name", "Number", "Phone"]
Write = Callable[[Table], Iterator[bytes]]


def xlsx_of(table: Table) -> Iterator[bytes]:
    return workbook({"volunteers": table})


def brought_again(table: Table, write: Write) -> list[list[str]]:
    name = "lines.csv" if write is csv_of else "lines.xlsx"
    return restored(read_file(b"".join(write(table)), name).rows)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("write", [csv_of, xlsx_of])
def test_a_corrected_table_is_read_as_the_list_was(write: Write, language: Language):
    rows = [["May"], TITLES, [ANA, "Ana", "1", "+49 30 1"], ["bo@", "Bo", "2", "+49 30 2", "more"]]
    mapping = find_mapping(rows)
    found = parse_table(rows, mapping)
    table = returned_lines(rows, mapping, found.refused, language)
    assert next(row[-1] for page in table.pages for row in page)
    again = brought_again(table, write)
    assert again == [TITLES, ["bo@", "Bo", "2", "+49 30 2", "more"]]
    again[1][0] = "bo@example.org"
    corrected = Recipient(2, "bo@example.org", "2", "Bo", {"Phone": "+49 30 2"})
    assert read_rows(again).accepted == [corrected]


@pytest.mark.parametrize("typed", ["bo at example.org, 7, Bo Li", "bo at example.org;7;Bo Li;;;"])
@pytest.mark.parametrize("write", [csv_of, xlsx_of])
def test_a_corrected_line_is_read_as_it_was_typed(write: Write, typed: str):
    rows = pasted_lines(f"{ANA}\n{typed}\n\n{ANA}")
    found = parse_table(rows, None)
    table = returned_lines(rows, None, [*found.refused, *found.repeated], "en")
    again = brought_again(table, write)
    assert again == [["Address"], [typed], [ANA]]
    again[1][0] = again[1][0].replace(" at ", "@")
    assert read_rows(again).accepted == [
        Recipient(2, "bo@example.org", "7", "Bo Li"),
        Recipient(3, ANA),
    ]


def test_columns_without_titles_get_those_of_what_they_are():
    rows = [["7", "Bo", "bo@"], ["8", "Ana", ANA]]
    mapping = with_kinds(mapping_at(rows, NO_TITLES), {0: "number", 1: "column:Team", 2: "email"})
    table = returned_lines(rows, mapping, parse_table(rows, mapping).refused, "en")
    assert list(table.titles)[:3] == ["Number", "Team", "Address"]


def test_of_a_list_of_somebodys_own_the_marks_alone_go():
    read = read_file(f"Email,Note,status\n{ANA},'+1;'-2,'x\n".encode(), "list.csv").rows
    assert restored(read) == [["Email", "Note", "status"], [ANA, "+1;-2", "'x"]]
    assert restored([]) == []
