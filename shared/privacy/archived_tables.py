"""The tables of an event's archive, page by page: titles, and pages of rows."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import inspect, select, tuple_
from sqlalchemy.orm import Session

from shared.settings import Settings
from shared.storage.database import Database
from shared.storage.models import AuditEntry, Event
from shared.volunteers import export, table_files

Row = Sequence[Any]
Pages = tuple[Sequence[str], Iterator[Sequence[Row]]]
# Gives the rows of a page that starts after something, and what the next page starts after.
_Page = tuple[Sequence[Row], Any]

_ROWS = 1_000


def people(database: Database, settings: Settings, event: Event) -> Pages:
    """Everybody on the list, as in the table of statuses."""
    titles = export.titles_of(event)
    pages = table_files.pages_of_people(database, settings, event.id)
    return titles, ([[row.get(title, "") for title in titles] for row in page] for page in pages)


def mails(database: Database, event: Event) -> Pages:
    """Every attempt to hand a message over, as in the table of mails."""
    return export.LEDGER_TITLES, table_files.pages_of_mails(database, event.id)


def log(database: Database, event: Event) -> Pages:
    """Who did what."""
    columns = [column.key for column in inspect(AuditEntry).column_attrs]
    place = tuple_(AuditEntry.at, AuditEntry.id)

    def page(session: Session, last: Any) -> _Page:
        found = select(AuditEntry).where(AuditEntry.event_id == event.id)
        if last:
            found = found.where(place > last)
        entries = session.scalars(found.order_by(AuditEntry.at, AuditEntry.id).limit(_ROWS)).all()
        rows = [[_plain(getattr(entry, column)) for column in columns] for entry in entries]
        return rows, (entries[-1].at, entries[-1].id) if entries else None

    return columns, _pages(database, page)


def _plain(value: Any) -> Any:
    return " ".join(map(str, value)) if isinstance(value, list) else value


def _pages(database: Database, page: Callable[[Session, Any], _Page]) -> Iterator[Sequence[Row]]:
    """Each page is a read of its own, so a slow download keeps nothing in the database open."""
    last = None
    while True:
        with database.reading() as session:
            rows, last = page(session, last)
        if not rows:
            return
        yield rows
