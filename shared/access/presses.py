"""Each button of the console, as it was drawn, does what it says once: a double click, or a press
whose answer was lost, finds that it was taken.

They are kept in the table in which version 0.2.0 kept, sealed and for as long, what waited for its
person to confirm who they are.
"""

from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from shared.storage.database import Database
from shared.storage.models import ConsoleDraft, now

KEPT_FOR = timedelta(hours=1)


def is_taken(session: Session, drawn: str) -> bool:
    """Whether the button `drawn` was pressed before."""
    return session.get(ConsoleDraft, drawn) is not None


def take(session: Session, drawn: str) -> bool:
    """Whether the button `drawn` is pressed for the first time, noted in the transaction of what it
    does."""
    if is_taken(session, drawn):
        return False
    session.add(ConsoleDraft(place=drawn, sealed="", expires_at=now() + KEPT_FOR))
    return True


def sweep(database: Database) -> None:
    """Remove what is over."""
    is_over = ConsoleDraft.expires_at <= now()
    with database.reading() as session:
        if session.scalar(select(ConsoleDraft.place).where(is_over).limit(1)) is None:
            return
    with database.writing() as session:
        session.execute(delete(ConsoleDraft).where(is_over))
