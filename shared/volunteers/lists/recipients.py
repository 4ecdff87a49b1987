"""The result of reading a list: its people, and the lines that are not taken."""

from collections.abc import Iterable
from dataclasses import dataclass, field


# Not frozen: a hundred thousand frozen ones would take ten times as long to create.
@dataclass(slots=True)
class Recipient:
    """One accepted line. `email` can be given to a mail server unchanged."""

    line: int
    email: str
    number: str = ""
    name: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    # The line before its address was corrected or its name tidied.
    before: "Recipient | None" = field(default=None, compare=False, repr=False)

    @property
    def as_listed(self) -> "Recipient":
        """The line as the list has it."""
        return self.before or self

    @property
    def key(self) -> str:
        """The person's address, the same for each of its spellings."""
        return self.email.lower()

    @property
    def keys(self) -> tuple[str, ...]:
        """The person's address, and the list's own if another was meant."""
        return (self.key,) if self.before is None else (self.key, self.before.key)


@dataclass(frozen=True)
class RejectedLine:
    """A line that was not accepted: its number, its text, and why (an English msgid)."""

    line: int
    text: str
    reason: str
    details: dict[str, int | str] = field(default_factory=dict)


@dataclass
class RecipientList:
    accepted: list[Recipient]
    repeated: list[RejectedLine]
    refused: list[RejectedLine]
    # Lines of the table that are not people: sums, signatures, notes above the titles.
    skipped: list[RejectedLine] = field(default_factory=list)
    # The number of those who did not come, if only those who came are wanted.
    absent: int = 0
    # The people of `repeated` lines, by address, each with the text of their line.
    later: dict[str, list[tuple[Recipient, str]]] = field(default_factory=dict)
    # The key under which an event remembers how its columns were read.
    reading: str = field(default="", compare=False)


def further_columns(people: Iterable[Recipient]) -> list[str]:
    """Return the titles of the further columns, in the order in which they appear."""
    return list(dict.fromkeys(title for person in people for title in person.columns))
