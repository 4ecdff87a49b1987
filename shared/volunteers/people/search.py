"""Searching a list: people whose name, address or number contains the words.

An index has the grams of each person: every three consecutive characters of what is searched,
prefixed with the event's id, and at the end also two and one. On PostgreSQL it is a tsvector per
person in a table of its own, which a change of status does not touch; on SQLite an FTS5 table that
stores no text. Triggers follow every change.
"""

import threading
from collections.abc import Sequence
from itertools import islice

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    cast,
    column,
    func,
    literal,
    literal_column,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.orm import Session

from shared.storage.database import DATABASE_AWAY, Database, note_fault
from shared.storage.models import Event, Volunteer
from shared.storage.rows import count_rows
from shared.storage.turns import turns
from shared.storage.word_search import FILL, GRAM, with_words, words_of

# The most people that are found: nobody turns more pages, and common words stay fast.
MOST_FOUND = 10_000
# Up to this many people who meet the other conditions are examined one by one.
_FEW = 5_000
# The first people who are examined before FTS5 collects everybody with a letter or two: they
# suffice for what half a list has.
_FIRST = 2 * MOST_FOUND
# More grams add nothing, and each has a cost.
_MOST_GRAMS = 40

OF_A_PERSON = (Volunteer.email_key, Volunteer.given_name, Volunteer.listed_name, Volunteer.number)


def find(
    session: Session, event: Event, search: str, conditions: Sequence[ColumnElement[bool]] = ()
) -> list[int]:
    """Return the ids of the event's people who match and meet the conditions, in the list's order,
    at most `MOST_FOUND` + 1."""
    wanted = [Volunteer.event_id == event.id, *conditions]
    meant = [*wanted, *with_words(search, *OF_A_PERSON)]
    goes_through_all = backlog(session) > 0
    if conditions and not goes_through_all:
        some = select(Volunteer.id).where(*wanted).limit(_FEW + 1)
        goes_through_all = count_rows(session, some) <= _FEW
    if goes_through_all:
        everybody = select(Volunteer.id).where(*meant).order_by(Volunteer.id)
        return list(session.scalars(everybody.limit(MOST_FOUND + 1)))
    words = words_of(search)
    if _is_on_sqlite(session) and any(len(word) < GRAM for word in words):
        # The matches among the first of a list; none if the list has no more people than these.
        of_list = select(Volunteer.id).where(Volunteer.event_id == event.id).order_by(Volunteer.id)
        last = of_list.offset(_FIRST).limit(1).scalar_subquery()
        found = select(Volunteer.id).where(*meant, Volunteer.id < last).order_by(Volunteer.id)
        first = list(session.scalars(found.limit(MOST_FOUND + 1)))
        if len(first) > MOST_FOUND:
            return first
    return _find_by_grams(session, event, words, meant)


def _is_on_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def _find_by_grams(
    session: Session, event: Event, words: Sequence[str], meant: Sequence[ColumnElement[bool]]
) -> list[int]:
    """Return the people with all grams of the words who also have the words themselves."""
    # The database folded the grams, and each kind has its own rules for case.
    folded = session.execute(select(*(func.lower(word) for word in words))).one()
    is_sqlite = _is_on_sqlite(session)
    # Every three consecutive characters of each word; a shorter word as it is.
    all_grams = (
        word[place : place + GRAM]
        for word in folded
        for place in range(max(1, len(word) - GRAM + 1))
    )
    grams = list(islice(all_grams, _MOST_GRAMS))
    index, has_grams = (_on_sqlite if is_sqlite else _on_postgresql)(event, grams)
    person = index.c[0]
    # Not a join, whose plan would depend on the number of matches, which is unknown (OFFSET 0).
    is_meant = select(literal(1)).where(Volunteer.id == person, *meant).correlate(index).offset(0)
    found = select(person).where(has_grams, is_meant.exists()).limit(MOST_FOUND + 1)
    # SQLite's full-text index has this order; PostgreSQL would sort all to find the first few.
    return sorted(session.scalars(found.order_by(person) if is_sqlite else found))


def _on_sqlite(event: Event, grams: Sequence[str]) -> tuple[FromClause, ColumnElement[bool]]:
    wanted = " AND ".join(
        f'"{event.id}g{gram.encode().hex()}"{"" if len(gram) == GRAM else " *"}' for gram in grams
    )
    index = table("volunteer_search", column("rowid"))
    return index, literal_column("volunteer_search").op("MATCH", is_comparison=True)(wanted)


def _on_postgresql(event: Event, grams: Sequence[str]) -> tuple[FromClause, ColumnElement[bool]]:
    # As lexemes of a tsquery (PostgreSQL's documentation, 8.11.2).
    quoted = [gram.replace("\\", "\\\\").replace("'", "''") for gram in grams]
    wanted = " & ".join(
        f"'{event.id}:{lexeme}'{'' if len(gram) == GRAM else ':*'}"
        for gram, lexeme in zip(grams, quoted, strict=True)
    )
    grams_of = column("grams", TSVECTOR)
    index = table("volunteer_search", column("volunteer_id"), grams_of)
    return index, grams_of.op("@@", is_comparison=True)(cast(wanted, TSQUERY))


_DATABASE_WAIT_SECONDS = 5.0

_BACKLOG: Select[int] = select(column("last_id")).select_from(table("search_backlog"))
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


def keep_indexing(database: Database, stop: threading.Event) -> None:
    """Run `index_earlier_people`, again whenever the database was away."""
    while not stop.is_set():
        try:
            return index_earlier_people(database, stop)
        except DATABASE_AWAY as fault:
            note_fault(fault)
            stop.wait(_DATABASE_WAIT_SECONDS)


def index_earlier_people(database: Database, stop: threading.Event) -> None:
    """Index people who were listed before there was an index, newest first, in turns, until `stop`.

    Until all are indexed, a search goes through everybody. The next call continues after an
    interruption.
    """
    with database.reading() as session:
        last = backlog(session)

    def index(part: list[int]) -> None:
        with database.writing() as session:
            # Two workers fill one after the other.
            left = session.scalar(_BACKLOG.with_for_update()) or 0
            first, newest = min(part), min(max(part), left)
            if newest < first:
                return  # Another worker was faster.
            fill = text(FILL) if _is_on_sqlite(session) else FILL_POSTGRESQL
            session.execute(fill, {"first": first, "last": newest})
            session.execute(_SMALLER, {"last": first - 1})
            if first == 1:
                session.execute(_DONE)

    for _ in turns(range(last, 0, -1), index):
        if stop.is_set():
            return


def backlog(session: Session) -> int:
    """Return the id up to which people are not indexed; 0 if everybody is."""
    return session.scalar(_BACKLOG) or 0
