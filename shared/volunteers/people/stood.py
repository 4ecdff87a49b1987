"""What the list said of somebody where something else is stored: their address was corrected, their
name tidied, a value changed by hand.

By it a list that is brought again finds whom it means, and only what is different in the file is a
change. Where the list said what is stored, nothing is kept; numbers change by lists alone. Of a
secret value there is a keyed hash.
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
    """Hashes of this person's values. Raises what `address_hashes` raises, once it is asked."""
    return lambda *value: address_hashes(session, seal).of_value(person.id, *value)


# In place of a value of which there is only a hash: no list can say it.
_UNKNOWN = "\0"


@dataclass(frozen=True, slots=True)
class Stood:
    """Values as the list had them. None, or a title that is not there: it said what is stored."""

    key: str | None = None
    name: str | None = None
    # What is stored is that name, tidied: nobody corrected it.
    is_tidied: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)
    hashes: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, key: str | None, said: Mapping[str, Any] | None) -> "Stood":
        """From the columns `stood_key` and `stood`."""
        return NOTHING if key is None and said is None else cls(key, **(said or {}))

    @classmethod
    def of(cls, person: Volunteer) -> "Stood":
        """What stood where this is stored."""
        return cls.read(person.stood_key, person.stood)

    def as_row(self) -> dict[str, Any]:
        """It, as columns of the row."""
        fields = ("name", "is_tidied", "columns", "hashes")
        said = {one: value for one in fields if (value := getattr(self, one)) or value == ""}
        return {"stood_key": self.key, "stood": said or None}

    @property
    def corrected(self) -> set[str | None]:
        """The titles in which somebody corrected what the list said; None for the name."""
        is_renamed = self.name is not None and not self.is_tidied
        return {*self.columns, *self.hashes, *([None] if is_renamed else [])}

    def readdressed(self, before: str, now: str) -> Self:
        """Since their address was corrected."""
        said = self.key or before
        return replace(self, key=None if said == now else said)

    def renamed(self, before: str, now: str) -> Self:
        """Since their name on the list was corrected."""
        return self.with_name(before if self.name is None else self.name, now)

    def with_name(self, said: str, stored: str, *, is_tidied: bool = False) -> Self:
        """Since the list said this name, where that one is stored."""
        name = None if alike(said, stored) else said
        return replace(self, name=name, is_tidied=is_tidied and name is not None)

    def revalued(
        self, title: str, before: str, now: str, hashed: Hashed, *, is_secret: bool
    ) -> Self:
        """Since a value was corrected."""
        if known := self.hashes.get(title):
            return self.without(title) if hashed(title, as_compared(now)) == known else self
        said = self.columns.get(title, before)
        return self.with_value(title, said, now, hashed if is_secret else None)

    def with_value(self, title: str, said: str, stored: str, hashed: Hashed | None) -> Self:
        """Since the list said this in a column, where that is stored; `hashed` if it is secret."""
        rest = self.without(title)
        if alike(said, stored):
            return rest
        if hashed is None:
            return replace(rest, columns={**rest.columns, title: said})
        return replace(rest, hashes={**rest.hashes, title: hashed(title, as_compared(said))})

    def without(self, title: str) -> Self:
        """Without what it said in a column."""
        return replace(
            self,
            columns={one: said for one, said in self.columns.items() if one != title},
            hashes={one: said for one, said in self.hashes.items() if one != title},
        )

    def sealed(self, title: str, hashed: Hashed) -> Self:
        """Since a column is secret."""
        if not (said := self.columns.get(title)):
            return self
        return self.with_value(title, said, _UNKNOWN, hashed)

    def opened(self, values: Mapping[str, str], hashed: Hashed) -> Self:
        """With the values of a list in place of the hashes that they have."""
        said = {
            title: value if hashed(title, as_compared(value)) == known else _UNKNOWN
            for title, known in self.hashes.items()
            for value in [values.get(title, "")]
        }
        return replace(self, columns={**self.columns, **said})


NOTHING = Stood()
