"""Comparing a list with the one that an event has: who is new, and what is different about whom.

Nothing here knows a database. A person is the address; what a list leaves empty says nothing,
unless empty cells are to erase.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from shared.language import N_
from shared.rendering.masks import is_masked
from shared.volunteers.lists.list_parser import Recipient, further_columns

NUMBER_IS_TAKEN = N_("The number already belongs to somebody else on the list.")


@dataclass(slots=True)
class Known:
    """What the event's list says about somebody, with secret values opened."""

    id: int
    name: str
    number: str
    columns: dict[str, str]
    # They were written to, or have a link.
    has_fixed_number: bool = False


@dataclass(frozen=True)
class Said:
    """What a list speaks of: where it is empty for somebody, it could erase that."""

    names: bool
    titles: Sequence[str]


def said_by(people: Sequence[Recipient]) -> Said:
    return Said(any(one.name for one in people), further_columns(people))


@dataclass(slots=True)
class Difference:
    """What a list says otherwise about somebody; None, or a missing title: the same."""

    name: str | None = None
    number: str | None = None
    columns: dict[str, str] = field(default_factory=dict)
    # Something is stored where the list is empty.
    is_emptier: bool = False

    def __bool__(self) -> bool:
        return self.name is not None or self.number is not None or bool(self.columns)


def difference(
    known: Known,
    one: Recipient,
    said: Said,
    *,
    secret: Collection[str] = (),
    empty_erases: bool = False,
) -> Difference:
    """What an update would change. The mask of a secret, as exports have it, changes nothing, and
    nor does the number of somebody who keeps theirs."""
    found, stored = Difference(), known.columns
    if one.name and one.name != known.name:
        found.name = one.name
    if one.number and one.number != known.number and not known.has_fixed_number:
        found.number = one.number
    for title, value in one.columns.items():
        if value and value != stored.get(title) and not (title in secret and is_masked(value)):
            found.columns[title] = value
    emptier = [title for title in said.titles if stored.get(title) and not one.columns.get(title)]
    is_nameless = bool(said.names and known.name and not one.name)
    found.is_emptier = is_nameless or bool(emptier)
    if empty_erases:
        found.columns |= dict.fromkeys(emptier, "")
        found.name = "" if is_nameless else found.name
    return found


@dataclass(slots=True)
class Changed:
    """Somebody whom an update would change, and how."""

    known: Known
    recipient: Recipient
    difference: Difference
    is_in_another_group: bool = False


def in_order_of_numbers(
    changed: Sequence[Changed], owner_of: Mapping[str, int]
) -> tuple[list[Changed], list[Changed]]:
    """The changes in an order in which everybody's new number is free, and those for whom it never
    is.

    `owner_of`: who has each of the numbers now, by their ids. Somebody's number is free once they
    have got another; people who would pass theirs round in a circle keep them.
    """
    wishing = {one.known.id: one for one in changed if one.difference.number}
    ordered, refused = list[Changed](), list[Changed]()
    # None: still being followed, so that who meets it goes round in a circle.
    gets_it: dict[int, bool | None] = {}
    for start in wishing.values():
        chain: list[Changed] = []
        one: Changed | None = start
        while one is not None and one.known.id not in gets_it:
            gets_it[one.known.id] = None
            chain.append(one)
            owner = owner_of.get(one.difference.number or "")
            is_free = owner is None or gets_it.get(owner) is True
            one = None if owner is None else wishing.get(owner)
        for one in reversed(chain):
            gets_it[one.known.id] = is_free
            (ordered if is_free else refused).append(one)
    return ordered + [one for one in changed if not one.difference.number], refused
