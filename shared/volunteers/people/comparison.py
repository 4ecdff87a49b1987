"""Comparing a list with the one that an event has: who is new, and what is different about whom.

A person is the address, or the one that the list had for them before somebody corrected it; what a
list leaves empty says nothing, unless empty cells are to erase. The same is what equals what is
stored, or what the list said earlier: see `stood`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from operator import itemgetter
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from shared.events.erased_addresses import erased_among, forgotten_among
from shared.events.groups import chooser
from shared.garbage import no_search_for_garbage
from shared.language import N_
from shared.rendering.names import as_compared
from shared.storage.many_values import among
from shared.storage.models import Event, Volunteer
from shared.storage.models.volunteer import KNOWN, NOT_WRITTEN_TO
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
    """What the event's list says about somebody, with secret values opened."""

    id: int
    name: str
    number: str
    columns: dict[str, str]
    # They were written to, or have a link.
    has_fixed_number: bool = False
    # Which they entered themselves.
    given_name: str = ""
    email: str = ""
    stood: Stood = NOTHING


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
    # What it says where somebody corrected what it had said, by title; None for the name.
    met: dict[str | None, str] = field(default_factory=dict)
    # What it says where something else stays, which is only noted: a correction, a tidied name.
    kept: dict[str | None, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return self.name is not None or self.number is not None or bool(self.columns)


def difference(
    known: Known,
    one: Recipient,
    said: Said,
    *,
    secret: Collection[str] = (),
    empty_erases: bool = False,
    keeps_corrected: bool = False,
) -> Difference:
    """What an update would change. What exports have changes nothing, the mask of a secret and the
    name that somebody entered included, and nor does the number of somebody who keeps theirs, white
    space, or what the list said before.

    `keeps_corrected`: what somebody corrected stays, whatever the list says.
    """
    found, stood, names = Difference(), known.stood, (known.name, known.given_name)
    if not known.has_fixed_number and _is_another(one.number, known.number):
        found.number = one.number
    wanted, emptier = _said_anew(known, one, secret), _emptier(known, one, said)
    found.is_emptier = bool(emptier)
    if empty_erases:
        wanted |= dict.fromkeys(emptier, "")
    corrected = stood.corrected if stood is not NOTHING else ()
    for title, value in wanted.items():
        # Only what was tidied may be there already.
        is_tidied = title is None and value and one.before is not None
        is_there = is_tidied and not _is_another(value, *names)
        if is_corrected := not is_there and title in corrected:
            found.met[title] = value
        if is_there or (is_corrected and keeps_corrected):
            found.kept[title] = value if title else one.as_listed.name
        elif title is None:
            found.name = value
        else:
            found.columns[title] = value
    return found


def _said_anew(known: Known, one: Recipient, secret: Collection[str]) -> dict[str | None, str]:
    """What the line says that is neither stored nor what it said before, by title; None for the
    name."""
    stored, stood, wanted = known.columns, known.stood, dict[str | None, str]()
    if _is_another(one.as_listed.name, known.name, known.given_name, stood.name or ""):
        wanted[None] = one.name
    for title, value in one.columns.items():
        is_another = _is_another(value, stored.get(title, ""), stood.columns.get(title, ""))
        if is_another and not (title in secret and is_masked(value)):
            wanted[title] = value
    return wanted


def _emptier(known: Known, one: Recipient, said: Said) -> list[str | None]:
    """Where something is stored and the line is empty, and was not before."""
    stored, stood = known.columns, known.stood
    found: list[str | None] = [
        title
        for title in said.titles
        if stored.get(title) and not one.columns.get(title) and stood.columns.get(title) != ""
    ]
    is_nameless = said.names and known.name and not one.as_listed.name and stood.name != ""
    return [*found, None] if is_nameless else found


def _is_another(said: str, *stored: str) -> bool:
    # Nearly always the very same.
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
        """Whether the list has an address for them that it did not have before."""
        return self.recipient.as_listed.key not in (self.known.email.lower(), self.known.stood.key)


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
    # Who stays as they are, though the list says something else than before.
    kept: list[Changed]
    unchanged: list[Recipient]
    repeated: list[RejectedLine]
    refused: list[RejectedLine]
    # The ids of the people of the event who are on the list.
    there: list[int]
    # How many have something stored where the list is empty.
    emptier: int = 0

    @property
    def erased(self) -> int:
        """How many of the refused were erased from the event earlier."""
        return sum(refusal.reason == ERASED_EARLIER for refusal in self.refused)

    def note(self, change: Changed) -> None:
        """What the list says about somebody who is there."""
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
        return [one for one in self.changed if one.difference.name is not None]

    @cached_property
    def renumbered(self) -> list[Changed]:
        return [one for one in self.changed if one.difference.number is not None]

    @cached_property
    def corrected(self) -> list[Changed]:
        """For whom the list says something else than before where somebody corrected it."""
        return [one for one in (*self.changed, *self.kept) if one.difference.met]

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
    keeps_corrected: bool = False,
) -> Comparison:
    """Compare a list with the event's; asking stores nothing.

    `said`: what the whole of it speaks of, if this is a part of a list. `keeps_corrected`: as for
    `difference`.

    Raises SettingRefused if a secret value cannot be opened.
    """
    # Nothing in a list forms reference cycles.
    with no_search_for_garbage():
        keys = [key for one in pasted.accepted for key in one.keys]
        erased = erased_among(session, seal, event.id, keys)
        forgotten = forgotten_among(session, seal, event.id, keys)
        known = _known_people(session, seal, event, keys)
        found = Comparison([], [], [], [], list(pasted.repeated), list(pasted.refused), [])
        differs = partial(
            difference,
            said=said or said_by(pasted.accepted),
            secret=secret_titles(event),
            empty_erases=empty_erases,
            keeps_corrected=keeps_corrected,
        )
        hashes = cache(lambda: address_hashes(session, seal))
        lines = {known.now[one.key].id: one.line for one in pasted.accepted if one.key in known.now}
        for one in pasted.accepted:
            if stored := known.person(one):
                if (first := lines.setdefault(stored.id, one.line)) != one.line:
                    details: dict[str, int | str] = {"first": first, "address": stored.email}
                    text = one.as_listed.email
                    found.repeated.append(RejectedLine(one.line, text, _SAME_PERSON, details))
                    continue
                if stored.stood.hashes:
                    hashed = partial(hashes().of_value, stored.id)
                    stored.stood = stored.stood.opened(one.columns, hashed)
                found.note(Changed(stored, one, differs(stored, one)))
            elif not forgotten.isdisjoint(one.keys):
                found.unchanged.append(one)
            elif not erased.isdisjoint(one.keys):
                found.refused.append(RejectedLine(one.line, one.email, ERASED_EARLIER))
            else:
                found.new.append(one)
        found.repeated.sort(key=lambda line: line.line)
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
    known = select(func.count()).where(Volunteer.event_id == event.id, KNOWN)
    return (session.scalar(known) or 0) - len(found.there)


def missing_from(event: Event, found: Comparison) -> Select[Volunteer]:
    """The people of the event who are not on the list that was compared with it, in the order in
    which they were added."""
    known = select(Volunteer).where(Volunteer.event_id == event.id, KNOWN)
    if found.there:
        known = known.where(~among(Volunteer.id, found.there))
    return known.order_by(Volunteer.id)


@dataclass(frozen=True)
class _KnownPeople:
    """By the address that each has now, and by the one that the list had for them before."""

    now: dict[str, Known]
    before: dict[str, Known]

    def person(self, one: Recipient) -> Known | None:
        """Whom the line means: who has an address goes before who had it."""
        then = (self.before[key] for key in one.keys if key in self.before)
        return self.now.get(one.key) or next(then, None)


def _known_people(session: Session, seal: Seal, event: Event, keys: Sequence[str]) -> _KnownPeople:
    """The people of the event with these addresses."""
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
    # Of several who had it, it was the last one's most lately.
    had_it = found(Volunteer.stood_key, [key for key in keys if key not in now])
    return _KnownPeople(now, by_address(sorted(had_it, key=itemgetter(1))))


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
        RejectedLine(one.line, f"{one.email},{one.number}", NUMBER_IS_TAKEN) for one in refused
    ]
    found.refused.sort(key=lambda line: line.line)
