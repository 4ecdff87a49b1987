"""Rows in which the words stand that somebody types into a field called “Search”."""

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import InstrumentedAttribute

from shared.addresses import without_invisible


def words_of(search: str) -> list[str]:
    """The words of what is searched for; none: nothing is."""
    # PostgreSQL has no text with a NUL in it, nor looks for one.
    return without_invisible(search).replace("\0", " ").split()


def with_words(search: str, *columns: InstrumentedAttribute[str]) -> list[ColumnElement[bool]]:
    """Each word stands, as it is, in one of the columns; nothing when there is no word."""
    return [
        or_(*(column.icontains(word, autoescape=True) for column in columns))
        for word in words_of(search)
    ]
