"""The tables of an event as files, written page by page: memory stays flat, however long it is."""

from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

import pandas
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shared.errors import TooLongForExcel
from shared.settings import Settings
from shared.storage.database import Database
from shared.storage.models import Attempt, Event, Mail, Volunteer
from shared.volunteers import export

# The most that a sheet holds, titles included (ECMA-376 leaves it open, Excel does not).
MOST_LINES = 1_048_576
_ROWS = 1_000


def people_csv(database: Database, settings: Settings, event_id: int) -> Iterator[bytes]:
    """A row per volunteer."""
    return _csv(_people(database, settings, event_id))


def mails_csv(database: Database, event_id: int) -> Iterator[bytes]:
    """A row per attempt to hand a mail over; the counts are sums of these."""
    return _csv(_mails(database, event_id))


def write_workbook(database: Database, settings: Settings, event_id: int, file: BinaryIO) -> None:
    """XLSX of the people with their numbers as numbers, the mails, and the sums, if there are any.

    Every text stays text, whatever it begins with. Ask `check_for_excel` first.
    """
    # Written row by row, to files that are gone afterwards.
    options = {"options": export.TEXT_STAYS_TEXT | {"constant_memory": True}}
    with database.reading() as session:
        event = session.get_one(Event, event_id)
        sums = export.sums(event)
        numbers = export.number_units(event)
    people = _people(database, settings, event_id)
    with pandas.ExcelWriter(file, engine="xlsxwriter", engine_kwargs=options) as writer:
        _write_sheet(writer, "volunteers", (export.with_numbers(page, numbers) for page in people))
        _write_sheet(writer, "mails", _mails(database, event_id))
        if len(sums):
            _write_sheet(writer, "sums", iter([sums]))


def count_people(session: Session, event_id: int) -> int:
    """How many rows the table of people has."""
    return session.scalars(
        select(func.count()).select_from(Volunteer).where(Volunteer.event_id == event_id)
    ).one()


def count_tries(session: Session, event_id: int) -> int:
    """How many rows the table of mails has."""
    of_event = select(func.count()).select_from(Mail).where(Mail.event_id == event_id)
    tries = of_event.outerjoin(Attempt, Attempt.mail_id == Mail.id)
    return session.scalars(tries).one()


def check_for_excel(session: Session, event_id: int) -> None:
    """Raises TooLongForExcel if a sheet of the workbook would have more lines than Excel opens."""
    if max(count_people(session, event_id), count_tries(session, event_id)) >= MOST_LINES:
        raise TooLongForExcel()


def pages_of_people(
    database: Database, settings: Settings, event_id: int
) -> Iterator[list[dict[str, Any]]]:
    """Rows by title; each page is a read of its own, so a slow download keeps nothing open."""
    after = 0
    while True:
        with database.reading() as session:
            event = session.get_one(Event, event_id)
            rows, after = export.status_page(session, settings, event, after=after, most=_ROWS)
        if not rows:
            return
        yield rows


def pages_of_mails(database: Database, event_id: int) -> Iterator[list[tuple[Any, ...]]]:
    """Rows of the table of mails."""
    # No index has them in order, so they are fetched once, not for each page.
    with database.reading() as session:
        of_event = select(Mail.id).where(Mail.event_id == event_id)
        ids = session.scalars(of_event.order_by(Mail.id)).all()
    for start in range(0, len(ids), _ROWS):
        with database.reading() as session:
            event = session.get_one(Event, event_id)
            yield export.ledger_page(session, event, ids[start : start + _ROWS])


def _people(database: Database, settings: Settings, event_id: int) -> Iterator[pandas.DataFrame]:
    titles = _titles(database, event_id)
    yield _table(titles)
    for page in pages_of_people(database, settings, event_id):
        yield _table(titles, [[row.get(title, "") for title in titles] for row in page])


def _mails(database: Database, event_id: int) -> Iterator[pandas.DataFrame]:
    yield _table(export.LEDGER_TITLES)
    for page in pages_of_mails(database, event_id):
        yield _table(export.LEDGER_TITLES, page).fillna("")


def _table(titles: Sequence[str], rows: Sequence[Sequence[Any]] = ()) -> pandas.DataFrame:
    return pandas.DataFrame(rows, columns=list(titles), dtype=object)


def _titles(database: Database, event_id: int) -> list[str]:
    """Ours, then those of the list that anybody has, in the order in which people have them.

    The first few people usually have them all, and the others are not looked at.
    """
    with database.reading() as session:
        event = session.get_one(Event, event_id)
        titles, known = dict.fromkeys(export.own_titles(event)), set(export.titles_of(event))
        of_event = select(Volunteer.columns).where(Volunteer.event_id == event_id)
        columns = of_event.order_by(Volunteer.id).execution_options(yield_per=_ROWS)
        with session.scalars(columns) as found:
            for one in found if event.list_columns else ():
                titles |= dict.fromkeys(one)
                if known <= titles.keys():
                    break
    return list(titles)


def _csv(pages: Iterator[pandas.DataFrame]) -> Iterator[bytes]:
    """The first page, of titles alone, also stands where there is no row."""
    for place, page in enumerate(pages):
        yield export.to_csv(page, is_first=place == 0)


def _write_sheet(writer: pandas.ExcelWriter, name: str, pages: Iterator[pandas.DataFrame]) -> None:
    """pandas writes only the titles: it goes column by column, while rows leave in their order."""
    at = 1
    for page in pages:
        if at == 1:
            page.iloc[:0].to_excel(writer, index=False, sheet_name=name)
        for row in page.itertuples(index=False, name=None):
            writer.sheets[name].write_row(at, 0, row)
            at += 1
