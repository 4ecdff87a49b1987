"""The tables of an event made at once, which files written page by page have to equal."""

import csv
from typing import Any

import pandas
from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.settings import Settings
from shared.storage.models import Event, Mail
from shared.volunteers import table_files
from shared.volunteers.formula_marks import marked
from shared.volunteers.tables import Table


def statuses(session: Session, settings: Settings, event: Event) -> pandas.DataFrame:
    """A row per volunteer; of the list's columns those that anybody has, as they first appear."""
    rows, _ = table_files.status_page(session, settings, event, after=0, most=10**6)
    added = list(table_files.LATER_TITLES)
    table = pandas.DataFrame(rows, columns=[*table_files.TITLES, *added] if not rows else None)
    return table[[*(one for one in table if one not in added), *added]].fillna("")


def ledger(session: Session, event: Event) -> pandas.DataFrame:
    """A row per attempt."""
    ids = session.scalars(select(Mail.id).where(Mail.event_id == event.id)).all()
    rows = table_files.ledger_page(session, event, ids)
    return pandas.DataFrame(rows, columns=table_files.LEDGER_TITLES, dtype=object).fillna("")


def as_csv(table: pandas.DataFrame) -> bytes:
    """The bytes that a table has to be written as."""
    marked_table = table.map(_marked).rename(columns=_marked)
    written = marked_table.to_csv(index=False, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
    return written.encode("utf-8-sig")


def _marked(cell: Any) -> Any:
    return marked(cell) if isinstance(cell, str) else cell


def as_table(table: pandas.DataFrame) -> Table:
    return Table(list(table.columns), [list(table.itertuples(index=False, name=None))])
