"""The tables of an event as files, written page by page: memory stays flat, however long it is."""

import csv
import io
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from shared.errors import ProductError, TooLongForExcel
from shared.events.links import volunteer_link
from shared.language import N_, translate
from shared.log import audit_log
from shared.log.audit_log import Wanted
from shared.settings import Settings
from shared.storage.database import Database
from shared.storage.models import Attempt, Event, Mail, Volunteer
from shared.storage.sealing.tokens import Seal
from shared.storage.turns import CountProgress, unseen
from shared.volunteers import export
from shared.volunteers.people.progress import STATUS_NAMES
from shared.volunteers.streamed_workbook import StreamedSheet, streamed

# The most lines of a sheet, titles included (Excel's limit; ECMA-376 has none).
MOST_LINES = 1_048_576
_ROWS = 1_000

Page = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Table:
    """Titles, and rows in pages, each of which is read when it is asked for."""

    titles: Sequence[str]
    pages: Iterator[Page]

    def counted(self, progress: CountProgress) -> "Table":
        """The same table; `progress` is called with the number of rows that were read."""

        def counted() -> Iterator[Page]:
            done = 0
            for page in self.pages:
                yield page
                done += len(page)
                progress(done)

        return replace(self, pages=counted())


def people(database: Database, settings: Settings, event_id: int) -> Table:
    """A row per volunteer."""
    titles = _titles(database, event_id)
    pages = pages_of_people(database, settings, event_id)
    return Table(titles, ([[row.get(one, "") for one in titles] for row in page] for page in pages))


def mails(database: Database, event_id: int) -> Table:
    """A row per attempt to hand a mail over; the counts are sums of these."""
    return Table(export.LEDGER_TITLES, pages_of_mails(database, event_id))


def log(database: Database, wanted: Wanted) -> Table:
    """A row per wanted entry of the log of who did what, newest first."""
    return Table(audit_log.TITLES, _pages_of_log(database, wanted))


def csv_of(table: Table) -> Iterator[bytes]:
    """CSV as `export.to_csv` writes it, with the titles even if there is no row."""
    yield csv_lines([table.titles]).encode("utf-8-sig")
    for page in table.pages:
        yield csv_lines(page).encode()


def workbook_of(
    database: Database, settings: Settings, event_id: int, progress: CountProgress = unseen
) -> Iterator[bytes]:
    """XLSX of the people with their numbers as numbers, the mails, and the sums, if there are any.

    Every text stays text, whatever it begins with. Ask `check_for_excel` first.
    """
    with database.reading() as session:
        event = session.get_one(Event, event_id)
        sums, units = export.sums(event), export.number_units(event)
        counts = count_people(session, event_id), count_tries(session, event_id)
    of_people = people(database, settings, event_id).counted(progress)
    of_mails = mails(database, event_id).counted(lambda done: progress(counts[0] + done))
    numbered = _with_numbers(of_people, units)
    sheets = [
        StreamedSheet("volunteers", numbered.titles, numbered.pages, counts[0]),
        StreamedSheet("mails", of_mails.titles, of_mails.pages, counts[1]),
    ]
    if sums:
        sheets.append(StreamedSheet("sums", export.SUM_TITLES, [sums], len(sums)))
    return streamed(sheets)


def workbook_of_links(
    database: Database,
    settings: Settings,
    seal: Seal,
    event_id: int,
    progress: CountProgress = unseen,
) -> Iterator[bytes]:
    """XLSX with a row per person who has a link, as everybody has after the first invitation.

    Anybody with a link is taken for its person, so log who downloads them.
    """
    with database.reading() as session:
        count = count_people(session, event_id)
    titles = ("number", "email", "name", "status_text", "link")
    table = Table(titles, _pages_of_links(database, settings, seal, event_id)).counted(progress)
    return streamed([StreamedSheet("volunteers", titles, table.pages, count)])


def count_people(session: Session, event_id: int) -> int:
    """How many rows the table of people has."""
    of_event = select(func.count()).where(Volunteer.event_id == event_id)
    return session.scalars(of_event).one()


def count_tries(session: Session, event_id: int) -> int:
    """How many rows the table of mails has."""
    of_event = select(func.count()).select_from(Mail).where(Mail.event_id == event_id)
    tries = of_event.outerjoin(Attempt, Attempt.mail_id == Mail.id)
    return session.scalars(tries).one()


def check_for_excel(session: Session, event_id: int) -> None:
    """Raises TooLongForExcel if a sheet of the workbook would have more lines than Excel opens."""
    if max(count_people(session, event_id), count_tries(session, event_id)) >= MOST_LINES:
        raise TooLongForExcel()


def count_links(session: Session, event_id: int) -> int:
    """How many rows the table of links has. Raises ProductError if Excel does not open so many."""
    with_link = select(func.count()).where(*_with_link(event_id))
    if (count := session.scalars(with_link).one()) >= MOST_LINES:
        raise ProductError(
            N_("Excel opens no more than 1 048 576 lines, and this table would have more.")
        )
    return count


def pages_of_people(
    database: Database, settings: Settings, event_id: int
) -> Iterator[list[dict[str, Any]]]:
    """Rows by title; each page is read by itself, so a slow download keeps nothing open."""
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
    # No index has them in this order, so the ids are fetched once, not for each page.
    with database.reading() as session:
        of_event = select(Mail.id).where(Mail.event_id == event_id)
        in_order = of_event.order_by(Mail.id).execution_options(yield_per=_ROWS)
        with session.scalars(in_order) as found:
            # As machine numbers: as a list, a million would take twenty times the memory.
            ids = array("q", found)
    for start in range(0, len(ids), _ROWS):
        with database.reading() as session:
            event = session.get_one(Event, event_id)
            yield export.ledger_page(session, event, ids[start : start + _ROWS].tolist())


def _pages_of_log(database: Database, wanted: Wanted) -> Iterator[Page]:
    """Each page is read by itself, too."""
    before = None
    while True:
        with database.reading() as session:
            entries = audit_log.page(session, wanted, before, _ROWS)
        if not entries:
            return
        records = map(audit_log.as_record, entries)
        yield [list((one | {"fields": " ".join(one["fields"])}).values()) for one in records]
        before = audit_log.place_of(entries[-1])


def _pages_of_links(
    database: Database, settings: Settings, seal: Seal, event_id: int
) -> Iterator[Page]:
    """Each page is read by itself, too."""
    found = (Volunteer.id, Volunteer.number, Volunteer.email, Volunteer.name, Volunteer.status)
    of_event = select(*found, Volunteer.token).where(*_with_link(event_id)).order_by(Volunteer.id)
    after = 0
    while True:
        with database.reading() as session:
            people = session.execute(of_event.where(Volunteer.id > after).limit(_ROWS)).all()
            event = session.get_one(Event, event_id)
            page = [
                (
                    *(one.number, one.email, one.name),
                    translate(STATUS_NAMES[one.status], event.language),
                    volunteer_link(settings, event, seal.open_token(one.token)),
                )
                for one in people
            ]
        if not people:
            return
        yield page
        after = people[-1].id


def _with_link(event_id: int) -> list[ColumnElement[bool]]:
    return [Volunteer.event_id == event_id, Volunteer.token.is_not(None)]


def _with_numbers(table: Table, units: Mapping[str, str]) -> Table:
    """The table with columns of numbers as numbers; unreadable values stay text."""
    numbers = [(place, units[title]) for place, title in enumerate(table.titles) if title in units]

    def page_with_numbers(page: Page) -> Page:
        rows = [list(row) for row in page]
        for row in rows:
            for place, unit in numbers:
                row[place] = export.as_number(row[place], unit)
        return rows

    return replace(table, pages=map(page_with_numbers, table.pages)) if numbers else table


def csv_lines(page: Page) -> str:
    """Rows as CSV, without formulas."""
    text = io.StringIO(newline="")
    lines = csv.writer(text, lineterminator="\r\n")
    lines.writerows([export.harmless(cell) for cell in row] for row in page)
    return text.getvalue()


def _titles(database: Database, event_id: int) -> list[str]:
    """Ours, then those of the list, in the order in which people have them.

    Usually the first few people have them all, and nobody else is looked at.
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
