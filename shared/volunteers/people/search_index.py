"""The search index of names, addresses and numbers, in pieces of three characters.

For each person, every three consecutive characters of what is searched, prefixed with the event's
id; near the end also two and one. On PostgreSQL it is a tsvector per person in a table of its own,
which a change of status does not touch; on SQLite an FTS5 table that stores no text. Triggers
follow every change, whoever makes it.
"""

import threading

from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.storage.database import DATABASE_AWAY, Database, note_fault
from shared.storage.turns import turns
from shared.storage.word_search import FILL

_DATABASE_WAIT_SECONDS = 5.0

_BACKLOG = text("SELECT last_id FROM search_backlog")
# Locked on PostgreSQL: two workers fill one after the other.
_LOCKED_BACKLOG = "SELECT last_id FROM search_backlog"
_SMALLER = text("UPDATE search_backlog SET last_id = :last")
_DONE = text("DELETE FROM search_backlog")
FILL_POSTGRESQL = text(
    """
    INSERT INTO volunteer_search (volunteer_id, grams)
    SELECT id, volunteer_grams(event_id, email_key, listed_name, given_name, number)
    FROM volunteer WHERE id BETWEEN :first AND :last
    ON CONFLICT DO NOTHING
    """
)


class IndexEarlierPeople(threading.Thread):
    """Indexes people who were on a list before there was an index, in turns while everything runs.

    Until that is done, a search goes through everybody.
    """

    def __init__(self, database: Database, stop: threading.Event) -> None:
        super().__init__(name="index earlier people", daemon=True)
        self._database, self._stop_asked = database, stop

    def run(self) -> None:
        while not self._stop_asked.is_set():
            try:
                return index_earlier_people(self._database, self._stop_asked)
            except DATABASE_AWAY as fault:
                note_fault(fault)
                self._stop_asked.wait(_DATABASE_WAIT_SECONDS)


def index_earlier_people(database: Database, stop: threading.Event) -> None:
    """Index everybody missing, from the newest to the oldest, or until `stop` is set.

    After an interruption, the next call continues.
    """
    with database.reading() as session:
        last = backlog(session)
    for part in turns(range(last, 0, -1)):
        if stop.is_set():
            return
        with database.writing() as session:
            is_sqlite = session.get_bind().dialect.name == "sqlite"
            locked = text(_LOCKED_BACKLOG if is_sqlite else f"{_LOCKED_BACKLOG} FOR UPDATE")
            first, newest = min(part), min(max(part), session.scalar(locked) or 0)
            if newest < first:
                continue  # Another worker was faster.
            fill = text(FILL) if is_sqlite else FILL_POSTGRESQL
            session.execute(fill, {"first": first, "last": newest})
            session.execute(_SMALLER, {"last": first - 1})
            if first == 1:
                session.execute(_DONE)


def backlog(session: Session) -> int:
    """Up to this id people are not indexed; 0: everybody is."""
    return session.scalar(_BACKLOG) or 0
