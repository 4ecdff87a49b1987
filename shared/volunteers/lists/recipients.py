"""What reading a list finds: its people, and the lines that are not taken."""

from collections.abc import Iterable
from dataclasses import dataclass, field


# Not frozen, which would make it a tenth as fast to make a hundred thousand of them.
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
        """The person's address, alike for each of its spellings."""
        return self.email.lower()

    @property
    def keys(self) -> tuple[str, ...]:
        """The person's address, and what the list has in its place."""
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
    # How many did not come, if only those who came are wanted.
    absent: int = 0
    # What stands in `repeated`, in full, by the address: each person, and the text of their line.
    later: dict[str, list[tuple[Recipient, str]]] = field(default_factory=dict)
    # By which an event remembers how its columns were read.
    reading: str = field(default="", compare=False)


def further_columns(people: Iterable[Recipient]) -> list[str]:
    """The titles of the further columns, in the order in which they appear."""
    return list(dict.fromkeys(title for one in people for title in one.columns))
