"""Comparing a list with the one that an event has: who is new, and what is different about whom.

A person is the address; what a list leaves empty says nothing, unless empty cells are to erase.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from shared.events.erased_addresses import erased_among, forgotten_among
from shared.events.groups import chooser
from shared.garbage import no_search_for_garbage
from shared.rendering.names import as_compared
from shared.storage.many_values import among
from shared.storage.models import Event, Volunteer
from shared.storage.models.volunteer import KNOWN, NOT_WRITTEN_TO
from shared.storage.sealing.secret_values import open_values
from shared.storage.sealing.tokens import Seal
from shared.storage.traits import literal_sql
from shared.volunteers.lists.list_columns import secret_titles
from shared.volunteers.lists.list_parser import Recipient, RecipientList, Refusal, further_columns
from shared.volunteers.lists.masks import is_masked
from shared.volunteers.people.roster import ERASED_EARLIER, NUMBER_IS_TAKEN, owners_of, rows_with


@dataclass(slots=True)
class Known:
    """What the event's list says about somebody, with secret values opened."""

    id: int
    name: str
    number: str
    columns: dict[str, str]
    # They were written to, or have a link.
    has_fixed_number: bool = False
    # Which they entered themselves.
    given_name: str = ""


@dataclass(frozen=True)
class Said:
    """What a list speaks of: where it is empty for somebody, it could erase that."""

    names: bool
    titles: Sequence[str]


def said_by(people: Sequence[Recipient]) -> Said:
    """What a list with these people says anything about."""
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
    """What an update would change. What exports have changes nothing, the mask of a secret and the
    name that somebody entered included, and nor does the number of somebody who keeps theirs, or
    white space."""
    found, stored = Difference(), known.columns
    if _is_another(one.name, known.name, known.given_name):
        found.name = one.name
    if not known.has_fixed_number and _is_another(one.number, known.number):
        found.number = one.number
    for title, value in one.columns.items():
        is_another = _is_another(value, stored.get(title, ""))
        if is_another and not (title in secret and is_masked(value)):
            found.columns[title] = value
    emptier = [title for title in said.titles if stored.get(title) and not one.columns.get(title)]
    is_nameless = bool(said.names and known.name and not one.name)
    found.is_emptier = is_nameless or bool(emptier)
    if empty_erases:
        found.columns |= dict.fromkeys(emptier, "")
        found.name = "" if is_nameless else found.name
    return found


def _is_another(said: str, *stored: str) -> bool:
    # Nearly always the very same.
    return bool(said) and said not in stored and as_compared(said) not in map(as_compared, stored)


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


# With the database


@dataclass
class Comparison:
    """What would become of each line if a list updated the event's.

    `changed` is in the order in which numbers become free.
    """

    new: list[Recipient]
    changed: list[Changed]
    unchanged: list[Recipient]
    repeated: list[Refusal]
    refused: list[Refusal]
    # The ids of the people of the event who are on the list.
    there: list[int]
    # How many have something stored where the list is empty.
    emptier: int = 0

    @property
    def erased(self) -> int:
        """How many of the refused were erased from the event earlier."""
        return sum(refusal.reason == ERASED_EARLIER for refusal in self.refused)

    @cached_property
    def renamed(self) -> list[Changed]:
        return [one for one in self.changed if one.difference.name is not None]

    @cached_property
    def renumbered(self) -> list[Changed]:
        return [one for one in self.changed if one.difference.number is not None]

    @cached_property
    def regrouped(self) -> list[Changed]:
        return [one for one in self.changed if one.is_in_another_group]

    @cached_property
    def by_column(self) -> dict[str, list[Changed]]:
        """Who has another value in which column."""
        found: dict[str, list[Changed]] = {}
        for one in self.changed:
            for title in one.difference.columns:
                found.setdefault(title, []).append(one)
        return found


def compare(
    session: Session,
    seal: Seal,
    event: Event,
    pasted: RecipientList,
    *,
    said: Said | None = None,
    empty_erases: bool = False,
) -> Comparison:
    """Compare a list with the event's; asking stores nothing.

    `said`: what the whole of it speaks of, if this is a part of a list.

    Raises SettingRefused if a secret value cannot be opened.
    """
    # Nothing in a list forms reference cycles.
    with no_search_for_garbage():
        keys = [one.key for one in pasted.accepted]
        erased = erased_among(session, seal, event.id, keys)
        forgotten = forgotten_among(session, seal, event.id, keys)
        known, said = _known_people(session, seal, event, keys), said or said_by(pasted.accepted)
        found = Comparison([], [], [], pasted.repeated, list(pasted.refused), [])
        secret = secret_titles(event)
        for one in pasted.accepted:
            if stored := known.get(one.key):
                found.there.append(stored.id)
                other = difference(stored, one, said, secret=secret, empty_erases=empty_erases)
                found.emptier += other.is_emptier
                if other:
                    found.changed.append(Changed(stored, one, other))
                else:
                    found.unchanged.append(one)
            elif one.key in forgotten:
                found.unchanged.append(one)
            elif one.key in erased:
                found.refused.append(Refusal(one.line, one.email, ERASED_EARLIER))
            else:
                found.new.append(one)
        _refuse_taken_numbers(session, event, found)
        if event.groups_version:
            choose = chooser(event.groups)
            for change in found.changed:
                before = change.known.columns
                after = before | change.difference.columns
                change.is_in_another_group = choose(before) != choose(after)
        return found


def count_missing(session: Session, event: Event, found: Comparison) -> int:
    """How many people of the event are not on the list that was compared with it."""
    known = select(func.count()).where(Volunteer.event_id == event.id, literal_sql(KNOWN))
    return (session.scalar(known) or 0) - len(found.there)


def missing_from(event: Event, found: Comparison) -> Select[Volunteer]:
    """The people of the event who are not on the list that was compared with it, in the order in
    which they were added."""
    known = select(Volunteer).where(Volunteer.event_id == event.id, literal_sql(KNOWN))
    if found.there:
        known = known.where(~among(Volunteer.id, found.there))
    return known.order_by(Volunteer.id)


def _known_people(
    session: Session, seal: Seal, event: Event, keys: Sequence[str]
) -> dict[str, Known]:
    """The people of the event with these addresses, by address."""
    said = Volunteer.id, Volunteer.listed_name, Volunteer.number, Volunteer.columns
    more = Volunteer.secrets, literal_sql(NOT_WRITTEN_TO), Volunteer.given_name
    rows = rows_with(session, event, Volunteer.email_key, keys, *said, *more)
    return {
        key: Known(
            id,
            name,
            number,
            columns | open_values(seal, event.id, secrets) if secrets else columns,
            not is_free,
            given_name,
        )
        for key, id, name, number, columns, secrets, is_free, given_name in rows
    }


def _refuse_taken_numbers(session: Session, event: Event, found: Comparison) -> None:
    """Refuse everybody whose number on the list is somebody else's, and will be."""
    wished = [one.recipient.number for one in found.changed if one.difference.number]
    wished += [one.number for one in found.new if one.number]
    owners = owners_of(session, event, wished)
    found.changed, without_number = in_order_of_numbers(found.changed, owners)
    given_up = {one.known.id for one in found.changed if one.difference.number}
    taken = {number for number, id in owners.items() if id not in given_up}
    refused = [one.recipient for one in without_number] + [
        one for one in found.new if one.number in taken
    ]
    found.new = [one for one in found.new if one.number not in taken]
    found.refused += [
        Refusal(one.line, f"{one.email},{one.number}", NUMBER_IS_TAKEN) for one in refused
    ]
    found.refused.sort(key=lambda line: line.line)
