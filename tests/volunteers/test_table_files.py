"""Tables written page by page: the bytes of one written at once, in memory that stays flat."""

import io
import tracemalloc
from typing import Any

import openpyxl
import pandas
import pytest

from shared.errors import TooLongForExcel
from shared.events.installation import Installation
from shared.storage.models import Event
from shared.volunteers import export, table_files
from tests.support import whole_tables
from tests.support.crowds import crowd
from tests.support.factories import add, small_picture
from tests.support.issued import issue
from tests.support.named_crowds import named_crowd
from tests.support.query_plans import full_scans, plans

# More than two pages.
MANY = 2_300


def people_csv(installation: Installation, event_id: int) -> bytes:
    written = table_files.people_csv(installation.database, installation.settings, event_id)
    return b"".join(written)


def mails_csv(installation: Installation, event_id: int) -> bytes:
    return b"".join(table_files.mails_csv(installation.database, event_id))


def at_once(installation: Installation, event_id: int) -> tuple[pandas.DataFrame, pandas.DataFrame]:
    with installation.database.reading() as session:
        event = session.get_one(Event, event_id)
        people = whole_tables.statuses(session, installation.settings, event)
        return people, whole_tables.ledger(session, event)


def odd_cells(place: int) -> dict[str, Any]:
    """Columns that some people have, in changing order, with all that CSV and formulas know."""
    cells = {"said": f'=1+"{place}",\n', "hours": f"{place % 9},5", "city": "上海" * (place % 3)}
    some = {title: cell for title, cell in cells.items() if place % len(title)}
    return {"columns": some if place % 2 else dict(reversed(some.items()))}


@pytest.fixture
def long(installation: Installation, event_id: int) -> int:
    """An event with some pages of people with odd cells, and a mail to each."""
    with installation.database.writing() as session:
        session.get_one(Event, event_id).list_columns = ["hours", "said", "city", "nobody's"]
    return crowd(installation.database, MANY, event_id=event_id, more=odd_cells)


def test_pages_make_the_bytes_of_a_table_written_at_once(installation: Installation, long: int):
    people, mails = at_once(installation, long)
    assert (len(people), len(mails)) == (MANY, MANY)
    assert people_csv(installation, long) == export.to_csv(people)
    assert mails_csv(installation, long) == export.to_csv(mails)


def test_so_they_do_with_groups_secrets_and_certificates_and_without_anybody(
    installation: Installation, event_id: int
):
    empty = crowd(installation.database, 0)
    grouped = named_crowd(installation.database, 40, small_picture())
    issue(installation, event_id, ["Ana Lima", "=Bo", "'Ed"])
    for one in (empty, grouped, event_id):
        people, mails = at_once(installation, one)
        assert people_csv(installation, one) == export.to_csv(people)
        assert mails_csv(installation, one) == export.to_csv(mails)


def test_the_workbook_has_the_cells_of_one_written_at_once(installation: Installation, long: int):
    people, mails = at_once(installation, long)
    whole, pages = io.BytesIO(), io.BytesIO()
    with pandas.ExcelWriter(
        whole, engine="xlsxwriter", engine_kwargs={"options": export.TEXT_STAYS_TEXT}
    ) as writer:
        people.to_excel(writer, index=False, sheet_name="volunteers")
        mails.to_excel(writer, index=False, sheet_name="mails")
    table_files.write_workbook(installation.database, installation.settings, long, pages)
    assert cells(pages) == cells(whole)


def cells(book: io.BytesIO) -> dict[str, list[list[Any]]]:
    return {
        sheet.title: [[(c.value, c.data_type, c.font.b) for c in row] for row in sheet.iter_rows()]
        for sheet in openpyxl.load_workbook(book)
    }


def test_memory_stays_flat_however_long_the_list_is(installation: Installation):
    database, settings = installation.database, installation.settings

    def peak(count: int) -> int:
        event_id = crowd(database, count)
        tracemalloc.start()
        for _ in table_files.people_csv(database, settings, event_id):
            pass
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)  # Whatever is made once and kept.
    assert peak(12_000) < 1.3 * peak(2_000)


def test_no_page_reads_the_whole_table(installation: Installation, long: int):
    crowd(installation.database, MANY)
    assert not full_scans(installation.database, lambda: people_csv(installation, long))


def test_no_page_of_mails_goes_through_all_mails_of_the_event(
    installation: Installation, long: int
):
    read = plans(installation.database, lambda: mails_csv(installation, long))
    pages = [plan for plan in read if "JOIN attempt" in plan]
    assert len(pages) == 3
    assert not [plan for plan in pages if "ix_mail_event" in plan]


def test_more_lines_than_excel_opens_are_refused_with_a_sentence(
    installation: Installation, event_id: int, monkeypatch: pytest.MonkeyPatch
):
    add(installation.database, event_id, "ana@example.org\nbo@example.org")
    with installation.database.reading() as session:
        # Two people and the titles.
        monkeypatch.setattr(table_files, "MOST_LINES", 3)
        table_files.check_for_excel(session, event_id)
        monkeypatch.setattr(table_files, "MOST_LINES", 2)
        with pytest.raises(TooLongForExcel, match="Download them as CSV"):
            table_files.check_for_excel(session, event_id)
