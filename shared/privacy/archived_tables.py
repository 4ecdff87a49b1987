"""The tables of an event's archive, page by page: titles, and pages of rows."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import inspect, select, tuple_
from sqlalchemy.orm import Session

from shared.settings import Settings
from shared.storage.database import Database
from shared.storage.models import AuditEntry, Event, Mail
from shared.volunteers import export

Row = Sequence[Any]
Pages = tuple[Sequence[str], Iterator[Sequence[Row]]]
# Gives the rows of a page that starts after something, and what the next page starts after.
_Page = tuple[Sequence[Row], Any]

_ROWS = 1_000


def people(database: Database, settings: Settings, event: Event) -> Pages:
    """Everybody on the list, as in the table of statuses."""
    titles = export.titles_of(event)

    def page(session: Session, last: Any) -> _Page:
        # Loaded anew, so that its columns and groups can be loaded as well.
        here = session.get_one(Event, event.id)
        rows, end = export.status_page(session, settings, here, after=last or 0, most=_ROWS)
        return [[row.get(title, "") for title in titles] for row in rows], end

    return titles, _pages(database, page)


def mails(database: Database, event: Event) -> Pages:
    """Every attempt to hand a message over, as in the table of mails."""
    return export.LEDGER_TITLES, _pages_of_mails(database, event)


def _pages_of_mails(database: Database, event: Event) -> Iterator[Sequence[Row]]:
    # No index has them in order, so they are fetched once, not for each page.
    with database.reading() as session:
        of_event = select(Mail.id).where(Mail.event_id == event.id)
        ids = session.scalars(of_event.order_by(Mail.id)).all()
    for start in range(0, len(ids), _ROWS):
        with database.reading() as session:
            yield export.ledger_page(session, event, ids[start : start + _ROWS])


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
