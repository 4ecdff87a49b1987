"""Facts of people, as data: what each hides them from, its sentences, and what ends it.

What may be asked, mailed and issued is made of the facts that hide. The window and the history of a
person, filters, people's own data, exports and the log are loops over all facts.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import InstrumentedAttribute


class Hides(Enum):
    """The things from which a fact hides people. They still get what they have and ask for."""

    # From being asked for their name: invitations and reminders.
    ASKED = auto()
    # From other mails that they can unsubscribe from.
    NOTIFIED = auto()
    # From mails that they ask for or are owed, such as their certificate.
    MAILED = auto()
    # From getting a certificate by the name on the list.
    ISSUED = auto()


class Ended(Enum):
    """The acts that end a fact."""

    NEW_ADDRESS = auto()
    BEGIN_FOR_REAL = auto()


@dataclass(frozen=True, eq=False)
class Fact:
    """Something that is true of a person while its column is filled, usually with a time."""

    column: InstrumentedAttribute[Any]
    # The column that says why, if there are several reasons.
    reason: InstrumentedAttribute[Any] | None = field(default=None, kw_only=True)
    # The column with what the person wrote then, if they did.
    text: InstrumentedAttribute[Any] | None = field(default=None, kw_only=True)
    # Sentences (msgids) by reason; exports name the reasons. {text} is what the person wrote.
    words: Mapping[str, str] = field(default_factory=dict)
    # The same for many people in the preview of a sending: who they are, and what they get.
    crowds: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    hides: Collection[Hides] = ()
    ended_by: Collection[Ended] = ()
    # The names in people's own data, where they differ from the columns'.
    told_as: Mapping[str, str] = field(default_factory=dict)
    # The name and the title of the filter of lists that shows who has it.
    filter: tuple[str, str] | None = None
    # What is lost with the row of somebody who has it, as a msgid.
    loss: str = ""
    # What a list brought before can no longer be undone.
    ends_undo: bool = False

    @cached_property
    def trait(self) -> ColumnElement[bool]:
        """The trait of people of whom it is true."""
        return self.column.is_not(None)

    @property
    def columns(self) -> list[InstrumentedAttribute[Any]]:
        return [column for column in (self.column, self.reason, self.text) if column is not None]

    def why(self, row: Any) -> str | None:
        """Return its reason, one of `words`; None if it is not true of the row or has no
        sentence."""
        if getattr(row, self.column.key) is None:
            return None
        why: str | None = next(iter(self.words), None)
        return why if self.reason is None else getattr(row, self.reason.key)

    def said(self, row: Any) -> str:
        """Return its sentence, a msgid; empty if there is none."""
        return self.words[why] if (why := self.why(row)) else ""

    def details(self, row: Any) -> dict[str, str]:
        """Return the values for its sentence."""
        return {} if self.text is None else {"text": getattr(row, self.text.key) or ""}


def hiding(facts: Iterable[Fact], *whence: Hides) -> list[Fact]:
    """Return the facts that hide somebody from all of this."""
    return [fact for fact in facts if set(whence) <= set(fact.hides)]


def hidden_by_none(facts: Iterable[Fact]) -> ColumnElement[bool]:
    """Return the trait of people of whom none of these facts is true."""
    return and_(*(~fact.trait for fact in facts))


def without(facts: Iterable[Fact], ended: Ended) -> dict[str, None]:
    """Return the columns of the facts that this ends, with None as their new values."""
    ending = (fact.columns for fact in facts if ended in fact.ended_by)
    return {column.key: None for columns in ending for column in columns}
