"""Rows that contain the words typed into a search field."""

from sqlalchemy import ColumnElement, or_
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
