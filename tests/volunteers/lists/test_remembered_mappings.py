"""How a list was read is remembered for the next file with the same titles, in its event only."""

from dataclasses import replace

from shared.certificates.designs.event_copy import copy_event
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.events.settings import create_event
from shared.storage.database import Database
from shared.storage.models import Event
from shared.volunteers.lists.column_mapping import (
    ColumnMapping,
    find_mapping,
    mapping_at,
    with_kinds,
)
from shared.volunteers.lists.remembered_mappings import MOST_REMEMBERED, recall, remember

ROWS = [["Mail", "Who", "Team", "Checked in"], ["ana@example.org", "Ana", "Water", "Yes"]]
SAID = {0: "email", 1: "name", 2: "", 3: "column:There"}


def keep(database: Database, event_id: int, mapping: ColumnMapping) -> None:
    with database.writing() as session:
        remember(event_for_change(session, event_id), mapping)


def known(database: Database, event_id: int, rows: list[list[str]]) -> ColumnMapping | None:
    with database.reading() as session:
        return recall(session.get_one(Event, event_id), rows)


def said() -> ColumnMapping:
    return replace(with_kinds(mapping_at(ROWS, 0), SAID), only_who_came=True)


def test_the_next_file_with_the_same_titles_is_read_as_the_last(database: Database, event_id: int):
    keep(database, event_id, said())
    again = [
        ["May"],
        ["Checked in", "1、Who?", "Team", "MAIL"],
        ["", "Bo", "Bread", "bo@x.example"],
    ]
    found = known(database, event_id, again)
    assert found is not None
    assert (found.line, found.only_who_came) == (1, True)
    assert found.kinds == {0: "column:There", 1: "name", 2: "", 3: "email"}


def test_other_titles_and_other_events_are_read_as_ever(database: Database, event_id: int):
    keep(database, event_id, said())
    assert known(database, event_id, [["Mail", "Who"], ["ana@example.org", "Ana"]]) is None
    with database.writing() as session:
        other = create_event(session, name="Beach Day", language="en")[0].id
    assert known(database, other, ROWS) is None


def test_a_copy_of_the_event_knows_its_lists_too(installation: Installation, event_id: int):
    keep(installation.database, event_id, said())
    with installation.database.writing() as session:
        source = event_for_change(session, event_id)
        copy = copy_event(session, installation.seal, source, name="Next year").event.id
    assert known(installation.database, copy, ROWS) == said()


def test_columns_of_the_same_title_are_told_apart(database: Database, event_id: int):
    rows = [["Email", "Day", "Day"], ["ana@example.org", "Sat", "Sun"]]
    keep(database, event_id, with_kinds(mapping_at(rows, 0), {0: "email", 1: "", 2: "column:Sun"}))
    found = known(database, event_id, rows)
    assert found is not None
    assert found.kinds == {0: "email", 1: "", 2: "column:Sun"}


def test_of_many_kinds_of_files_the_newest_are_remembered(database: Database, event_id: int):
    tables = [[["Email", f"Q{n}x"], ["ana@example.org", ""]] for n in range(MOST_REMEMBERED + 2)]
    for table in tables:
        found = find_mapping(table)
        assert found is not None
        keep(database, event_id, found)
    remembered = [known(database, event_id, table) is not None for table in tables]
    assert remembered == [False, False, *[True] * MOST_REMEMBERED]
