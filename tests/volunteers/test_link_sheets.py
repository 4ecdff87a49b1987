"""A table of links for organizers only."""

import io

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from shared.events.installation import Installation
from shared.volunteers import table_files
from tests.support import factories


def links_of(installation: Installation, event_id: int, told: list[int] | None = None) -> bytes:
    database, settings, seal = installation.database, installation.settings, installation.seal
    tell = (told if told is not None else []).append
    return b"".join(table_files.workbook_of_links(database, settings, seal, event_id, tell))


def sheet_of(installation: Installation, event_id: int) -> Worksheet:
    content = links_of(installation, event_id)
    return openpyxl.load_workbook(io.BytesIO(content))["volunteers"]


def test_each_link_of_the_table_opens_the_page_of_its_person(
    installation: Installation, listed: int
):
    tokens = factories.invite(installation, listed)
    titles, *rows = sheet_of(installation, listed).iter_rows(values_only=True)
    assert titles == ("number", "email", "name", "status_text", "link")
    assert {row[1]: row[4].partition("token=")[2] for row in rows} == tokens
    with installation.database.reading() as session:
        assert table_files.count_links(session, listed) == len(rows)


def test_who_was_never_invited_has_no_link_in_it(installation: Installation, listed: int):
    assert sheet_of(installation, listed).max_row == 1
    with installation.database.reading() as session:
        assert table_files.count_links(session, listed) == 0


def test_more_people_than_a_page_are_all_in_it(
    installation: Installation, listed: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(table_files, "_ROWS", 2)
    people = "\n".join(f"reader{number}@example.org" for number in range(5))
    factories.add(installation.database, listed, people)
    tokens = factories.invite(installation, listed)
    told: list[int] = []
    content = links_of(installation, listed, told)
    _, *rows = openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    assert {row[1]: row[4].partition("token=")[2] for row in rows} == tokens
    assert told[-1] == len(tokens) == 7
