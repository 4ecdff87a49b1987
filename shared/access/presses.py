"""Presses of the console's buttons: each button, as drawn, acts once, even on a double click or
when an answer was lost.

Presses are kept in the table in which version 0.2.0 kept drafts that waited for confirmation.
"""

from datetime import timedelta

from sqlalchemy.orm import Session

from shared.storage.database import Database
from shared.storage.models import ConsoleDraft, now
from shared.storage.turns import delete_in_turns

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
    delete_in_turns(database, ConsoleDraft.place, ConsoleDraft.expires_at <= now())
