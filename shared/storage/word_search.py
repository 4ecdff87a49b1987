"""Rows that contain the words typed into a search field, and SQLite's index of words."""

from sqlalchemy import ColumnElement, Connection, or_
from sqlalchemy.orm import InstrumentedAttribute

from shared.addresses import without_invisible


def words_of(search: str) -> list[str]:
    """The words to search for; empty if there is nothing to search for."""
    # PostgreSQL can neither store nor search for text with a NUL.
    return without_invisible(search).replace("\0", " ").split()


def with_words(search: str, *columns: InstrumentedAttribute[str]) -> list[ColumnElement[bool]]:
    """Conditions: each word occurs literally in one of the columns; none if there is no word."""
    return [
        or_(*(column.icontains(word, autoescape=True) for column in columns))
        for word in words_of(search)
    ]


# SQLite's triggers that maintain the search index, and the SQL that fills it. On PostgreSQL, a
# migration created them once.
GRAM = 3

# In hexadecimal, so that FTS5 takes each gram as a word. ROW: new, old, or the table.
_GRAMS = """(
    SELECT group_concat(ROW.event_id || 'g' || hex(substr(words, place, 3)), ' ')
    FROM (
        SELECT lower(
            ROW.email_key || char(10) || ROW.listed_name || char(10)
            || ROW.given_name || char(10) || ROW.number
        ) AS words
    ), search_place
    WHERE place <= length(words)
)"""
# Everybody from one id to another.
FILL = """
    INSERT INTO volunteer_search (rowid, grams)
    SELECT id, GRAMS FROM volunteer WHERE id BETWEEN :first AND :last
""".replace("GRAMS", _GRAMS.replace("ROW", "volunteer"))
_ADD = """
    INSERT INTO volunteer_search (rowid, grams) VALUES (new.id, GRAMS);
""".replace("GRAMS", _GRAMS.replace("ROW", "new"))
# FTS5 stores no text here, so it must be told what to remove.
_FORGET = """
    INSERT INTO volunteer_search (volunteer_search, rowid, grams) VALUES ('delete', old.id, GRAMS);
""".replace("GRAMS", _GRAMS.replace("ROW", "old"))
_IS_INDEXED = "old.id > coalesce((SELECT last_id FROM search_backlog), 0)"
_TRIGGERS = {
    "added": f"AFTER INSERT ON volunteer BEGIN {_ADD} END",
    "removed": f"AFTER DELETE ON volunteer WHEN {_IS_INDEXED} BEGIN {_FORGET} END",
    "changed": f"""
        AFTER UPDATE OF event_id, email_key, listed_name, given_name, number ON volunteer
        WHEN {_IS_INDEXED} BEGIN {_FORGET} {_ADD} END
    """,
}


def follows_changes(connection: Connection) -> bool:
    """Return whether SQLite has all of the triggers."""
    named = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    found = set(connection.exec_driver_sql(named).scalars())
    return found >= {f"volunteer_search_{name}" for name in _TRIGGERS}


def follow_changes(connection: Connection) -> None:
    """Create SQLite's triggers where they are missing.

    A migration that changes the table of volunteers replaces it, and they go with the old one. A
    migration that changes names, addresses or numbers must also fill `search_backlog` again.
    """
    for name, what in _TRIGGERS.items():
        connection.exec_driver_sql(f"CREATE TRIGGER IF NOT EXISTS volunteer_search_{name} {what}")
