"""Tables written page by page: the bytes of one written at once, in memory that stays flat."""

import io
import tracemalloc
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import openpyxl
import pandas
import pytest
from sqlalchemy import insert, update

from shared.errors import TooLongForExcel
from shared.events.installation import Installation
from shared.log import audit_log
from shared.log.audit_log import EntryFilter
from shared.storage.models import Action, AuditEntry, Event, Role, Status, Volunteer, now
from shared.volunteers import table_files
from shared.volunteers.tables import csv_of, jsonl_of
from tests.support import whole_tables
from tests.support.crowds import crowd
from tests.support.factories import add, small_picture
from tests.support.issued import issue
from tests.support.named_crowds import named_crowd
from tests.support.query_plans import full_scans, plans

# More than two pages.
MANY = 2_300


def people_csv(installation: Installation, event_id: int) -> bytes:
    table = table_files.people(installation.database, installation.settings, event_id)
    return b"".join(csv_of(table))


def people_jsonl(installation: Installation, event_id: int) -> bytes:
    database, settings = installation.database, installation.settings
    table = table_files.people(database, settings, event_id, for_programs=True)
    return b"".join(jsonl_of(table))


def mails_csv(installation: Installation, event_id: int) -> bytes:
    return b"".join(csv_of(table_files.mails(installation.database, event_id)))


def log_csv(installation: Installation, event_id: int) -> bytes:
    with installation.database.reading() as session:
        wanted = EntryFilter(event=session.get_one(Event, event_id))
    return b"".join(csv_of(table_files.log(installation.database, wanted)))


def workbook(installation: Installation, event_id: int) -> bytes:
    database, settings = installation.database, installation.settings
    return b"".join(table_files.workbook_of(database, settings, event_id))


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
    assert people_csv(installation, long) == whole_tables.as_csv(people)
    assert mails_csv(installation, long) == whole_tables.as_csv(mails)


def test_so_they_do_with_groups_secrets_and_certificates_and_without_anybody(
    installation: Installation, event_id: int
):
    empty = crowd(installation.database, 0)
    grouped = named_crowd(installation.database, 40, small_picture())
    issue(installation, event_id, ["Ana Lima", "=Bo", "'Ed"])
    for one in (empty, grouped, event_id):
        people, mails = at_once(installation, one)
        assert people_csv(installation, one) == whole_tables.as_csv(people)
        assert mails_csv(installation, one) == whole_tables.as_csv(mails)


def test_the_workbook_has_the_cells_of_one_written_at_once(installation: Installation, long: int):
    people, mails = at_once(installation, long)
    whole = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with pandas.ExcelWriter(
        whole, engine="xlsxwriter", engine_kwargs={"options": options}
    ) as writer:
        people.to_excel(writer, index=False, sheet_name="volunteers")
        mails.to_excel(writer, index=False, sheet_name="mails")
    assert cells(io.BytesIO(workbook(installation, long))) == cells(whole)


def cells(book: io.BytesIO) -> dict[str, list[list[Any]]]:
    return {
        sheet.title: [[(c.value, c.data_type, c.font.b) for c in row] for row in sheet.iter_rows()]
        for sheet in openpyxl.load_workbook(book)
    }


def acts(installation: Installation, event_id: int, count: int) -> None:
    """Entries of the log about everything that an act can be about, by somebody odd."""
    at = now()
    rows = [
        {"event_id": event_id, "action": Action.VOLUNTEER_CHANGED, "by_name": "=Ana", "network": "",
         "by_role": (Role.HELPER, None)[place % 2], "by_key_id": (70, None)[place % 2],
         "volunteer_id": (place, None)[place % 3 > 0], "key_id": None, "count": None,
         "fields": ["name", "email"], "at": at + timedelta(milliseconds=place)}
        for place in range(count)
    ]  # fmt: skip
    with installation.database.writing() as session:
        session.execute(insert(AuditEntry), rows)


def test_the_log_is_whole_with_whole_numbers_newest_first(
    installation: Installation, event_id: int
):
    acts(installation, event_id, MANY)
    with installation.database.reading() as session:
        wanted = EntryFilter(event=session.get_one(Event, event_id))
        told = [audit_log.as_record(one) for one in audit_log.entries(session, wanted)]
        assert audit_log.count(session, wanted) == len(told) > MANY
    assert {tuple(one) for one in told} == {audit_log.TITLES}
    whole = pandas.DataFrame(
        [one | {"fields": " ".join(one["fields"])} for one in told], dtype=object
    )
    written = log_csv(installation, event_id)
    # Filled, since where some have no number, pandas writes 70 as 70.0.
    assert written == whole_tables.as_csv(whole.fillna(""))
    assert b',"helper",70,' in written


def test_a_log_without_entries_is_a_table_with_titles(installation: Installation):
    wanted = EntryFilter(network="192.0.2.77")
    written = csv_of(table_files.log(installation.database, wanted))
    titles = ",".join(f'"{title}"' for title in audit_log.TITLES)
    assert b"".join(written).decode("utf-8-sig") == f"{titles}\r\n"


def test_memory_stays_flat_however_long_the_list_is(installation: Installation):
    def peaks(count: int) -> list[int]:
        event_id = crowd(installation.database, count)
        acts(installation, event_id, count)
        return [peak(made, event_id) for made in (people_csv, people_jsonl, log_csv, workbook)]

    def peak(made: Callable[[Installation, int], bytes], event_id: int) -> int:
        tracemalloc.start()
        size = len(made(installation, event_id))
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        # Without the pieces and what they were joined to.
        return most - 2 * size

    peaks(10)  # Whatever is made once and kept.
    short, long = peaks(1_000), peaks(3_000)
    assert all(more < 1.3 * less for less, more in zip(short, long, strict=True))


def test_whoever_waits_is_told_how_far_it_is(installation: Installation, long: int):
    told: list[int] = []
    database, settings = installation.database, installation.settings
    for _ in table_files.workbook_of(database, settings, long, told.append):
        pass
    assert told == sorted(told)
    assert told[-1] == 2 * MANY
    assert len(told) == 2 * 3


def test_the_workbook_begins_to_arrive_before_it_is_made(installation: Installation, long: int):
    told: list[int] = []
    database, settings = installation.database, installation.settings
    pieces = table_files.workbook_of(database, settings, long, told.append)
    assert next(pieces).startswith(b"PK")
    assert len(told) <= 1


def test_no_page_reads_the_whole_table(installation: Installation, long: int):
    crowd(installation.database, MANY)
    assert not full_scans(installation.database, lambda: people_csv(installation, long))


def test_no_page_asks_for_each_certificate_nor_goes_through_all_mails(
    installation: Installation, event_id: int, monkeypatch: pytest.MonkeyPatch
):
    issue(installation, event_id, [f"Ana {n}" for n in range(6)])
    with installation.database.writing() as session:
        session.execute(update(Volunteer).values(status=Status.MAILED))
    monkeypatch.setattr(table_files, "_ROWS", 3)
    read = plans(installation.database, lambda: people_csv(installation, event_id))
    of_mails = [plan for plan in read if "FROM mail" in plan]
    assert len(of_mails) == 2
    assert all("ix_mail_certificate" in plan for plan in of_mails)


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
