"""The tables of an event made at once, which files written page by page have to equal."""

import pandas
from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.settings import Settings
from shared.storage.models import Event, Mail
from shared.volunteers import export


def statuses(session: Session, settings: Settings, event: Event) -> pandas.DataFrame:
    """A row per volunteer; of the list's columns those that anybody has, as they first appear."""
    rows, _ = export.status_page(session, settings, event, after=0, most=10**6)
    table = pandas.DataFrame(rows)
    return table.fillna("") if len(table) else pandas.DataFrame(columns=export.TITLES)


def ledger(session: Session, event: Event) -> pandas.DataFrame:
    """A row per attempt."""
    ids = session.scalars(select(Mail.id).where(Mail.event_id == event.id)).all()
    rows = export.ledger_page(session, event, ids)
    return pandas.DataFrame(rows, columns=export.LEDGER_TITLES, dtype=object).fillna("")
