"""Presses of the console's buttons: each button, as drawn, acts once, even on a double click or
when an answer was lost.

Presses are kept in the table in which version 0.2.0 kept drafts that waited for confirmation.
"""

from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from shared.storage.database import Database
from shared.storage.models import ConsoleDraft, now

KEPT_FOR = timedelta(hours=1)


def is_taken(session: Session, drawn: str) -> bool:
    """Return whether the button `drawn` was pressed before."""
    return session.get(ConsoleDraft, drawn) is not None


def take(session: Session, drawn: str) -> bool:
    """Note a press of the button `drawn`, in the transaction of its act; False if not the first."""
    if is_taken(session, drawn):
        return False
    session.add(ConsoleDraft(place=drawn, sealed="", expires_at=now() + KEPT_FOR))
    return True


def sweep(database: Database) -> None:
    """Remove presses whose time is over."""
    is_over = ConsoleDraft.expires_at <= now()
    with database.reading() as session:
        if session.scalar(select(ConsoleDraft.place).where(is_over).limit(1)) is None:
            return
    with database.writing() as session:
        session.execute(delete(ConsoleDraft).where(is_over))
