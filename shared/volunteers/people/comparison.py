"""Comparing a list with an event's: who is new, and what differs for whom.

A person is known by their address, or by the one that the list had before somebody corrected it.
Empty cells say nothing, unless they are to erase. A value is the same if it equals the stored one,
or what the list said earlier: see `stood`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from operator import itemgetter
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from shared.events.erased_addresses import erased_among, forgotten_among
from shared.events.groups import chooser
from shared.garbage import no_search_for_garbage
from shared.language import N_
from shared.rendering.names import as_compared
from shared.storage.many_values import among
from shared.storage.models import Event, Volunteer
from shared.storage.models.volunteer import KNOWN, NOT_WRITTEN_TO
from shared.storage.rows import count_where
from shared.storage.sealing.own_keys import address_hashes
from shared.storage.sealing.secret_values import open_values
from shared.storage.sealing.tokens import Seal
from shared.volunteers.lists.list_columns import secret_titles
from shared.volunteers.lists.masks import is_masked
from shared.volunteers.lists.recipients import (
    Recipient,
    RecipientList,
    RejectedLine,
    further_columns,
)
from shared.volunteers.people.roster import (
    ERASED_EARLIER,
    NUMBER_IS_TAKEN,
    Address,
    owners_of,
    rows_with,
)
from shared.volunteers.people.stood import NOTHING, Stood

_SAME_PERSON = N_("The same person as in line {first}: {address}.")


@dataclass(slots=True)
class Known:
    """A person on the event's list, with secret values opened."""

    id: int
    name: str
    number: str
    columns: dict[str, str]
    # They were written to, or have a link.
    has_fixed_number: bool = False
    # Entered by themselves.
    given_name: str = ""
    email: str = ""
    stood: Stood = NOTHING


@dataclass(frozen=True)
class Said:
    """The columns that a list fills for anybody: an empty cell in one could erase a value."""

    names: bool
    titles: Sequence[str]


def said_by(people: Sequence[Recipient]) -> Said:
    """Return the columns that a list with these people fills."""
    return Said(any(person.name for person in people), further_columns(people))


@dataclass(slots=True)
class Difference:
    """The values in which a list differs for somebody; None, or a missing title, is the same."""

    name: str | None = None
    number: str | None = None
    columns: dict[str, str] = field(default_factory=dict)
    # Something is stored where the list is empty.
    is_emptier: bool = False
    # The list's values where somebody had corrected it, by title; None for the name.
    met: dict[str | None, str] = field(default_factory=dict)
    # The list's values that are only noted, as another one is kept: a correction, a tidied name.
    kept: dict[str | None, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return self.name is not None or self.number is not None or bool(self.columns)


def difference(
    known: Known,
    recipient: Recipient,
    said: Said,
    *,
    secret: Collection[str] = (),
    empty_erases: bool = False,
    keeps_corrected: bool = False,
) -> Difference:
    """Return what an update would change.

    Values as our exports write them change nothing, such as masks of secrets and names that people
    entered; nor do white space, what the list said before, or another number for somebody who keeps
    theirs. With `keeps_corrected`, corrected values stay, whatever the list says.
    """
    found, stood, names = Difference(), known.stood, (known.name, known.given_name)
    if not known.has_fixed_number and _is_another(recipient.number, known.number):
        found.number = recipient.number
    wanted, emptier = _said_anew(known, recipient, secret), _emptier(known, recipient, said)
    found.is_emptier = bool(emptier)
    if empty_erases:
        wanted |= dict.fromkeys(emptier, "")
    corrected = stood.corrected if stood is not NOTHING else ()
    for title, value in wanted.items():
        # A tidied name may be stored already.
        is_tidied = title is None and value and recipient.before is not None
        is_there = is_tidied and not _is_another(value, *names)
        if is_corrected := not is_there and title in corrected:
            found.met[title] = value
        if is_there or (is_corrected and keeps_corrected):
            found.kept[title] = value if title else recipient.as_listed.name
        elif title is None:
            found.name = value
        else:
            found.columns[title] = value
    return found


def _said_anew(
    known: Known, recipient: Recipient, secret: Collection[str]
) -> dict[str | None, str]:
    """Return the values of the line that are neither stored nor were there before, by title; None
    for the name."""
    stored, stood, wanted = known.columns, known.stood, dict[str | None, str]()
    if _is_another(recipient.as_listed.name, known.name, known.given_name, stood.name or ""):
        wanted[None] = recipient.name
    for title, value in recipient.columns.items():
        is_another = _is_another(value, stored.get(title, ""), stood.columns.get(title, ""))
        if is_another and not (title in secret and is_masked(value)):
            wanted[title] = value
    return wanted


def _emptier(known: Known, recipient: Recipient, said: Said) -> list[str | None]:
    """Return the titles where something is stored and the line is newly empty; None for the
    name."""
    stored, stood = known.columns, known.stood
    found: list[str | None] = [
        title
        for title in said.titles
        if stored.get(title) and not recipient.columns.get(title) and stood.columns.get(title) != ""
    ]
    is_nameless = said.names and known.name and not recipient.as_listed.name and stood.name != ""
    return [*found, None] if is_nameless else found


def _is_another(said: str, *stored: str) -> bool:
    # Nearly always identical.
    if not said or said in stored:
        return False
    return as_compared(said) not in map(as_compared, filter(None, stored))


@dataclass(slots=True)
class Changed:
    """Somebody whom an update would change, and how."""

    known: Known
    recipient: Recipient
    difference: Difference
    is_in_another_group: bool = False

    @property
    def is_readdressed(self) -> bool:
        """True if the list has an address for them that it did not have before."""
        return self.recipient.as_listed.key not in (self.known.email.lower(), self.known.stood.key)


def in_order_of_numbers(
    changed: Sequence[Changed], owner_of: Mapping[str, int]
) -> tuple[list[Changed], list[Changed]]:
    """Return the changes in an order in which each new number is free, and those that never get it.

    `owner_of` has the id of each number's present owner. A number is free once its owner has got
    another; people who would exchange theirs in a circle keep them.
    """
    wishing = {change.known.id: change for change in changed if change.difference.number}
    ordered, refused = list[Changed](), list[Changed]()
    # None while a chain is followed: meeting it again is a circle.
    gets_it: dict[int, bool | None] = {}
    for start in wishing.values():
        chain: list[Changed] = []
        change: Changed | None = start
        while change is not None and change.known.id not in gets_it:
            gets_it[change.known.id] = None
            chain.append(change)
            owner = owner_of.get(change.difference.number or "")
            is_free = owner is None or gets_it.get(owner) is True
            change = None if owner is None else wishing.get(owner)
        for change in reversed(chain):
            gets_it[change.known.id] = is_free
            (ordered if is_free else refused).append(change)
    return ordered + [change for change in changed if not change.difference.number], refused


@dataclass
class Comparison:
    """The effect of each line if a list updated the event's.

    `changed` is in the order in which numbers become free.
    """

    new: list[Recipient]
    changed: list[Changed]
    # People who do not change, though the list differs from before.
    kept: list[Changed]
    unchanged: list[Recipient]
    repeated: list[RejectedLine]
    refused: list[RejectedLine]
    # The ids of the people of the event who are on the list.
    there: list[int]
    # The number of people with something stored where the list is empty.
    emptier: int = 0

    @property
    def erased(self) -> int:
        """The number of the refused who were erased from the event earlier."""
        return sum(refusal.reason == ERASED_EARLIER for refusal in self.refused)

    def note(self, change: Changed) -> None:
        """Sort in what the list says about somebody who is on the event's."""
        self.there.append(change.known.id)
        self.emptier += change.difference.is_emptier
        if change.difference:
            self.changed.append(change)
        elif change.difference.kept or change.is_readdressed:
            self.kept.append(change)
        else:
            self.unchanged.append(change.recipient)

    @cached_property
    def renamed(self) -> list[Changed]:
        return [change for change in self.changed if change.difference.name is not None]

    @cached_property
    def renumbered(self) -> list[Changed]:
        return [change for change in self.changed if change.difference.number is not None]

    @cached_property
    def corrected(self) -> list[Changed]:
        """The people for whom the list differs where somebody had corrected it."""
        return [change for change in (*self.changed, *self.kept) if change.difference.met]

    @cached_property
    def regrouped(self) -> list[Changed]:
        return [change for change in self.changed if change.is_in_another_group]

    @cached_property
    def by_column(self) -> dict[str, list[Changed]]:
        """The people with another value, by column."""
        found: dict[str, list[Changed]] = {}
        for change in self.changed:
            for title in change.difference.columns:
                found.setdefault(title, []).append(change)
        return found


def compare(
    session: Session,
    seal: Seal,
    event: Event,
    pasted: RecipientList,
    *,
    said: Said | None = None,
    empty_erases: bool = False,
    keeps_corrected: bool = False,
) -> Comparison:
    """Compare a list with the event's, without storing anything.

    `said` is of the whole list, if this is a part of it. `keeps_corrected` is as for `difference`.

    Raises SettingRefused if a secret value cannot be opened.
    """
    # Nothing in a list forms reference cycles.
    with no_search_for_garbage():
        keys = [key for person in pasted.accepted for key in person.keys]
        erased = erased_among(session, seal, event.id, keys)
        forgotten = forgotten_among(session, seal, event.id, keys)
        now, before = _known_people(session, seal, event, keys)
        found = Comparison([], [], [], [], list(pasted.repeated), list(pasted.refused), [])
        differs = partial(
            difference,
            said=said or said_by(pasted.accepted),
            secret=secret_titles(event),
            empty_erases=empty_erases,
            keeps_corrected=keeps_corrected,
        )
        hashes = cache(lambda: address_hashes(session, seal))
        lines = {now[person.key].id: person.line for person in pasted.accepted if person.key in now}
        for person in pasted.accepted:
            # The owner of the address, or else a former one.
            had_it = (before[key] for key in person.keys if key in before)
            if stored := now.get(person.key) or next(had_it, None):
                if (first := lines.setdefault(stored.id, person.line)) != person.line:
                    details: dict[str, int | str] = {"first": first, "address": stored.email}
                    text = person.as_listed.email
                    found.repeated.append(RejectedLine(person.line, text, _SAME_PERSON, details))
                    continue
                if stored.stood.hashes:
                    hashed = partial(hashes().of_value, stored.id)
                    stored.stood = stored.stood.opened(person.columns, hashed)
                found.note(Changed(stored, person, differs(stored, person)))
            elif not forgotten.isdisjoint(person.keys):
                found.unchanged.append(person)
            elif not erased.isdisjoint(person.keys):
                found.refused.append(RejectedLine(person.line, person.email, ERASED_EARLIER))
            else:
                found.new.append(person)
        found.repeated.sort(key=lambda line: line.line)
        _refuse_taken_numbers(session, event, found)
        if event.groups_version:
            choose = chooser(event.groups)
            for change in found.changed:
                columns = change.known.columns
                after = columns | change.difference.columns
                change.is_in_another_group = choose(columns) != choose(after)
        return found


def count_missing(session: Session, event: Event, found: Comparison) -> int:
    """Count the people of the event who are not on the list that was compared with it."""
    known = count_where(session, Volunteer.event_id == event.id, KNOWN)
    return known - len(found.there)


def missing_from(event: Event, found: Comparison) -> Select[Volunteer]:
    """Return a query of the people who are not on the list that was compared with the event's, in
    the order in which they were added."""
    known = select(Volunteer).where(Volunteer.event_id == event.id, KNOWN)
    if found.there:
        known = known.where(~among(Volunteer.id, found.there))
    return known.order_by(Volunteer.id)


def _known_people(
    session: Session, seal: Seal, event: Event, keys: Sequence[str]
) -> tuple[dict[str, Known], dict[str, Known]]:
    """Return the people of the event with these addresses: by the one that each has now, and by
    the one that the list had before."""
    said = Volunteer.id, Volunteer.listed_name, Volunteer.number, Volunteer.columns
    more = Volunteer.secrets, NOT_WRITTEN_TO, Volunteer.given_name, Volunteer.email
    stood = Volunteer.stood_key, Volunteer.stood

    def found(column: Address, keys: Sequence[str]) -> Iterator[Sequence[Any]]:
        return rows_with(session, event, column, keys, *said, *more, *stood)

    def by_address(rows: Iterable[Sequence[Any]]) -> dict[str, Known]:
        return {
            key: Known(
                id,
                name,
                number,
                columns | open_values(seal, event.id, secrets) if secrets else columns,
                not is_free,
                given_name,
                email,
                Stood.read(*old),
            )
            for key, id, name, number, columns, secrets, is_free, given_name, email, *old in rows
        }

    now = by_address(found(Volunteer.email_key, keys))
    # Of several former owners the last one counts.
    had_it = found(Volunteer.stood_key, [key for key in keys if key not in now])
    return now, by_address(sorted(had_it, key=itemgetter(1)))


def _refuse_taken_numbers(session: Session, event: Event, found: Comparison) -> None:
    """Refuse everybody whose number on the list is somebody else's and stays so."""
    wished = [change.recipient.number for change in found.changed if change.difference.number]
    wished += [person.number for person in found.new if person.number]
    owners = owners_of(session, event, wished)
    found.changed, without_number = in_order_of_numbers(found.changed, owners)
    given_up = {change.known.id for change in found.changed if change.difference.number}
    taken = {number for number, id in owners.items() if id not in given_up}
    refused = [change.recipient for change in without_number]
    refused += [person for person in found.new if person.number in taken]
    found.new = [person for person in found.new if person.number not in taken]
    found.refused += [
        RejectedLine(person.line, f"{person.email},{person.number}", NUMBER_IS_TAKEN)
        for person in refused
    ]
    found.refused.sort(key=lambda line: line.line)
