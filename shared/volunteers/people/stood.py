"""The list's own values of somebody where others are stored: their address was corrected, their
name tidied, a value changed by hand.

By these a list that is added again finds the same people, and only real differences are changes.
Nothing is kept where both are equal; numbers change only by lists. Of a secret value there is a
keyed hash.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from sqlalchemy.orm import Session

from shared.rendering.names import alike, as_compared
from shared.storage.models import Volunteer
from shared.storage.sealing.own_keys import address_hashes
from shared.storage.sealing.tokens import Seal

# Makes the keyed hash of a value in a column.
Hashed = Callable[[str, str], str]


def hashed_for(session: Session, seal: Seal, person: Volunteer) -> Hashed:
    """Return the function that hashes this person's values. It raises what `address_hashes`
    does."""
    return lambda *value: address_hashes(session, seal).of_value(person.id, *value)


# Stands for a value of which there is only a hash; no list has it.
_UNKNOWN = "\0"


@dataclass(frozen=True, slots=True)
class Stood:
    """Values as the list had them; None, or a missing title, if they equal the stored ones."""

    key: str | None = None
    name: str | None = None
    # The stored name is the list's, tidied; nobody corrected it.
    is_tidied: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)
    hashes: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, key: str | None, said: Mapping[str, Any] | None) -> "Stood":
        """Return them from the columns `stood_key` and `stood`."""
        return NOTHING if key is None and said is None else cls(key, **(said or {}))

    @classmethod
    def of(cls, person: Volunteer) -> "Stood":
        """Return the list's values of a person."""
        return cls.read(person.stood_key, person.stood)

    def as_row(self) -> dict[str, Any]:
        """Return them as columns of the row."""
        fields = ("name", "is_tidied", "columns", "hashes")
        said = {name: value for name in fields if (value := getattr(self, name)) or value == ""}
        return {"stood_key": self.key, "stood": said or None}

    @property
    def corrected(self) -> set[str | None]:
        """The titles of values that somebody corrected; None for the name."""
        is_renamed = self.name is not None and not self.is_tidied
        return {*self.columns, *self.hashes, *([None] if is_renamed else [])}

    def readdressed(self, before: str, now: str) -> Self:
        """Return them after a correction of the address."""
        said = self.key or before
        return replace(self, key=None if said == now else said)

    def renamed(self, before: str, now: str) -> Self:
        """Return them after a correction of the name."""
        return self.with_name(before if self.name is None else self.name, now)

    def with_name(self, said: str, stored: str, *, is_tidied: bool = False) -> Self:
        """Return them with the name that the list said, where another is `stored`."""
        name = None if alike(said, stored) else said
        return replace(self, name=name, is_tidied=is_tidied and name is not None)

    def revalued(
        self, title: str, before: str, now: str, hashed: Hashed, *, is_secret: bool
    ) -> Self:
        """Return them after a correction of a value."""
        if known := self.hashes.get(title):
            return self.without(title) if hashed(title, as_compared(now)) == known else self
        said = self.columns.get(title, before)
        return self.with_value(title, said, now, hashed if is_secret else None)

    def with_value(self, title: str, said: str, stored: str, hashed: Hashed | None) -> Self:
        """Return them with the list's value in a column, `hashed` if secret."""
        rest = self.without(title)
        if alike(said, stored):
            return rest
        if hashed is None:
            return replace(rest, columns={**rest.columns, title: said})
        return replace(rest, hashes={**rest.hashes, title: hashed(title, as_compared(said))})

    def without(self, title: str) -> Self:
        """Return them without the value in a column."""
        return replace(
            self,
            columns={other: said for other, said in self.columns.items() if other != title},
            hashes={other: said for other, said in self.hashes.items() if other != title},
        )

    def sealed(self, title: str, hashed: Hashed) -> Self:
        """Return them after a column became secret."""
        if not (said := self.columns.get(title)):
            return self
        return self.with_value(title, said, _UNKNOWN, hashed)

    def opened(self, values: Mapping[str, str], hashed: Hashed) -> Self:
        """Return them with the values of a list in place of equal hashes."""
        said = {
            title: value if hashed(title, as_compared(value)) == known else _UNKNOWN
            for title, known in self.hashes.items()
            for value in [values.get(title, "")]
        }
        return replace(self, columns={**self.columns, **said})


NOTHING = Stood()
