"""A fact of a person: from what it hides them, what is said of it, and what ends it, as a row.

Facts stand below the model. What may be asked, mailed and issued is made of those that hide; the
window and the history of a person, filters, what people read of their own data, exports and the log
are loops over all of them.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import InstrumentedAttribute


class Hides(Enum):
    """From what people are hidden. What somebody has stays theirs: who asks for it gets it."""

    # From being asked for their name: invitations and reminders.
    ASKED = auto()
    # From other mails that they can unsubscribe from.
    NOTIFIED = auto()
    # From mails that they ask for or are owed, such as their certificate.
    MAILED = auto()
    # From getting a certificate by the name on the list.
    ISSUED = auto()


class Ended(Enum):
    """What ends a fact."""

    NEW_ADDRESS = auto()
    BEGIN_FOR_REAL = auto()


@dataclass(frozen=True, eq=False)
class Fact:
    """Something that is so of a person as long as its column is filled: usually, since a time."""

    column: InstrumentedAttribute[Any]
    # The column that says why, if there are several reasons.
    reason: InstrumentedAttribute[Any] | None = field(default=None, kw_only=True)
    # The column with what the person wrote then, if they did.
    text: InstrumentedAttribute[Any] | None = field(default=None, kw_only=True)
    # What is said of it, as msgids, by its reasons; exports name these. {text} is what they wrote.
    words: Mapping[str, str] = field(default_factory=dict)
    # The same for many, in a sending's offer: who they are, and what they get.
    crowds: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    hides: Collection[Hides] = ()
    ended_by: Collection[Ended] = ()
    # Other names than the columns' under which people read it of themselves.
    told_as: Mapping[str, str] = field(default_factory=dict)
    # The name and the title of the filter of lists that shows who has it.
    filter: tuple[str, str] | None = None
    # What is lost with the row of somebody who has it, as a msgid.
    loss: str = ""
    # What a list brought before can no longer be undone.
    ends_undo: bool = False

    @cached_property
    def trait(self) -> ColumnElement[bool]:
        """The trait of those of whom it is so."""
        return self.column.is_not(None)

    @property
    def columns(self) -> list[InstrumentedAttribute[Any]]:
        return [one for one in (self.column, self.reason, self.text) if one is not None]

    def why(self, row: Any) -> str | None:
        """Its reason, one of `words`; None if it is not so of the row, or nothing is said of it."""
        if getattr(row, self.column.key) is None:
            return None
        why: str | None = next(iter(self.words), None)
        return why if self.reason is None else getattr(row, self.reason.key)

    def said(self, row: Any) -> str:
        """What is said of it, as a msgid; empty if there is nothing to say."""
        return self.words[why] if (why := self.why(row)) else ""

    def details(self, row: Any) -> dict[str, str]:
        """What fills in what is said of it."""
        return {} if self.text is None else {"text": getattr(row, self.text.key) or ""}


def hiding(facts: Iterable[Fact], *whence: Hides) -> list[Fact]:
    """The facts that hide somebody from all of this."""
    return [fact for fact in facts if all(one in fact.hides for one in whence)]


def hidden_by_none(facts: Iterable[Fact]) -> ColumnElement[bool]:
    """The trait of those of whom none of these is so."""
    return and_(*(~fact.trait for fact in facts))


def without(facts: Iterable[Fact], ended: Ended) -> dict[str, None]:
    """The columns of what this ends, emptied."""
    ending = (fact.columns for fact in facts if ended in fact.ended_by)
    return {column.key: None for columns in ending for column in columns}
