"""The table of an event's people, all or filtered, as added or sorted by a column."""

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Self

from sqlalchemy import ColumnElement, Float, Select, asc, cast, column, desc, exists, func, select
from sqlalchemy.orm import Session

from shared.language import N_
from shared.storage.many_values import among
from shared.storage.models import Action, AuditEntry, Event, Status, Volunteer
from shared.storage.models.volunteer import (
    FILTERED,
    HAS_PROBLEM,
    IN_A_GROUP,
    NAME_LENGTH,
    NAME_ORDER,
)
from shared.storage.rows import count_where
from shared.storage.word_search import words_of
from shared.volunteers.people.progress import EventProgress
from shared.volunteers.people.search import MOST_FOUND, find

# In place of a group's id; ids begin at 1.
IN_NO_GROUP = 0
# The most removed people that are looked up in the log.
_FEW_REMOVED = 1_000
_MOST_TRIED = 2


@dataclass(frozen=True)
class Filter:
    """A filter of people: in these statuses, or with none in any, and with this trait."""

    label: str
    statuses: Sequence[Status] = ()
    trait: ColumnElement[bool] | None = None


EVERYBODY = "all"
NEEDS_YOU = "needs"
# By their names in addresses, in the order in which they are offered.
FILTERS = {
    EVERYBODY: Filter(N_("All")),
    # Their name has to be checked, or a mail failed or was returned.
    NEEDS_YOU: Filter(N_("Needs attention"), trait=HAS_PROBLEM),
    "new": Filter(N_("New"), [Status.NEW]),
    "invited": Filter(N_("Invited"), [Status.INVITED]),
    "waits": Filter(N_("Waiting"), [Status.SUBMITTED, Status.PICTURE_MADE]),
    "mailed": Filter(N_("Mailed"), [Status.MAILED]),
    **{name: Filter(title, trait=trait) for (name, title), trait in FILTERED.items()},
}


@dataclass(frozen=True)
class Order:
    """An order of people: by one of our columns, or by a further column of the list, numbers
    first."""

    # One of `OUR_COLUMNS`; empty: by `title`.
    column: str = "added"
    title: str = ""
    is_descending: bool = False


# An index sorts by each.
OUR_COLUMNS: dict[str, ColumnElement[Any]] = {
    "added": Volunteer.id.expression,
    "name": NAME_ORDER,
    "address": Volunteer.email_key.expression,
    "number": Volunteer.number.expression,
    "status": Volunteer.status.expression,
}
AS_ADDED = Order()


@dataclass(frozen=True)
class Selection:
    """A selection of an event's people, as data: everybody, those whom a filter shows, or those
    with these `ids`. People with a higher id than `highest` came later and are left out."""

    search: str = ""
    # One of `FILTERS`.
    filter: str = EVERYBODY
    group_id: int | None = None
    ids: tuple[int, ...] | None = None
    highest: int | None = None

    def listing(self, session: Session, event: Event, **how: Any) -> "Listing":
        """Return the listing of the filter; `how` as for `Listing`."""
        chosen = FILTERS[self.filter]
        return Listing(
            session, event, search=self.search, statuses=chosen.statuses, trait=chosen.trait,
            group_id=self.group_id, **how,
        )  # fmt: skip

    def people(self, session: Session, event: Event) -> Select[int] | None:
        """Return a query of their ids; None for everybody."""
        if self.ids is not None:
            of_event = [Volunteer.event_id == event.id, among(Volunteer.id, self.ids)]
            return select(Volunteer.id).where(*of_event)
        if self == Selection():
            return None
        found = self.listing(session, event).people
        return found if self.highest is None else found.where(Volunteer.id <= self.highest)

    def as_of_now(self, session: Session, event: Event) -> Self:
        """Return the selection without people who are added later."""
        if self.ids is not None:
            return self
        newest = select(func.max(Volunteer.id)).where(Volunteer.event_id == event.id)
        return replace(self, highest=session.scalar(newest))


ALL = Selection()


class Listing:
    """Some people of an event, for as long as `session`.

    `search` has words that each has in name, address or number; at most `MOST_FOUND` are found.
    `group_id` is of their group, or `IN_NO_GROUP`; `trait` is one that they have. `counted` and
    `in_groups` are the counts of the event and its groups (`grouping.count_people`), if known:
    counting a million again takes longer than showing a page of them.
    """

    def __init__(
        self,
        session: Session,
        event: Event,
        *,
        search: str = "",
        statuses: Sequence[Status] = (),
        trait: ColumnElement[bool] | None = None,
        group_id: int | None = None,
        order: Order = AS_ADDED,
        counted: EventProgress | None = None,
        in_groups: Mapping[int, Mapping[Status, int]] | None = None,
    ) -> None:
        self._session, self._event_id, self._order = session, event.id, order
        self._known: int | None = None
        if counted and group_id is None:
            self._known = counted.people(statuses, trait)
        elif counted and in_groups is not None and trait is None:
            counts = {
                id: sum(by_status[status] for status in set(statuses or Status))
                for id, by_status in in_groups.items()
            }
            in_none = (counted.people(statuses) or 0) - sum(counts.values())
            self._known = counts.get(group_id) if group_id else in_none
        narrowed: list[ColumnElement[bool]] = []
        if statuses:
            narrowed.append(Volunteer.status.in_(statuses))
        if trait is not None:
            narrowed.append(trait)
        self._whole = [Volunteer.event_id == event.id, *narrowed]
        self._is_rest = group_id == IN_NO_GROUP
        if group_id is not None:
            in_it = Volunteer.group_id == group_id if group_id else Volunteer.group_id.is_(None)
            narrowed.append(in_it)
        self._is_everybody = not narrowed
        self._chosen = [Volunteer.event_id == event.id, *narrowed]
        self._found = find(session, event, search, narrowed) if words_of(search) else None

    @property
    def has_more(self) -> bool:
        """True if more people match the words than are found."""
        return len(self._found or ()) > MOST_FOUND

    @cached_property
    def count(self) -> int:
        """The number of people on all pages."""
        if self._found is not None:
            return min(len(self._found), MOST_FOUND)
        if self._known is not None:
            return self._known
        if self._is_rest:
            # From two indexes, without reading each row.
            in_groups = count_where(self._session, *self._whole, IN_A_GROUP)
            return count_where(self._session, *self._whole) - in_groups
        return count_where(self._session, *self._chosen)

    @property
    def people(self) -> Select[int]:
        """A query of the ids of all of them."""
        if self._found is not None:
            return select(Volunteer.id).where(Volunteer.id.in_(self._found[:MOST_FOUND]))
        return select(Volunteer.id).where(*self._chosen)

    def page(self, number: int = 1, size: int = 50) -> list[Volunteer]:
        """Return one page of them; `number` counts from 1."""
        before = (max(number, 1) - 1) * size
        shown = max(min(size, self.count - before), 0)
        ids = self._ids(before, shown)
        people = self._session.scalars(select(Volunteer).where(Volunteer.id.in_(ids)))
        rows = {person.id: person for person in people}
        # A count from before somebody was removed may lead beyond the event's people.
        return [rows[id] for id in ids if id in rows and rows[id].event_id == self._event_id]

    def _ids(self, before: int, shown: int) -> Sequence[int]:
        """Return the ids of a page, from an index only, starting at the nearer end."""
        if self._order.column != AS_ADDED.column:
            return self._from_nearer_end(before, shown, self._sorted)
        if self._order.is_descending:
            after = self.count - before - shown
            return self._as_added(after, shown)[::-1] if shown else []
        return self._as_added(before, shown)

    def _from_nearer_end(
        self, before: int, shown: int, entries: Callable[[bool], Select[*tuple[Any, ...]]]
    ) -> Sequence[int]:
        """Return the ids of some entries, which `entries` gives in order or backwards."""
        after = max(self.count - before - shown, 0)
        is_backwards = after < before
        some = entries(is_backwards).offset(after if is_backwards else before).limit(shown)
        found = self._session.execute(some).scalars("id").all()
        return found[::-1] if is_backwards else found

    def _sorted(self, is_backwards: bool) -> Select[*tuple[Any, ...]]:
        """Return a query of ids in the order of a column, equal ones in the order of the list."""
        way = asc if self._order.is_descending == is_backwards else desc
        if self._is_everybody and self._found is None and self._order.column:
            key = OUR_COLUMNS[self._order.column]
            return select(Volunteer.id).where(*self._chosen).order_by(way(key), way(Volunteer.id))
        # Each row's value is read once (OFFSET 0), then sorted. A few people are found first:
        # SQLite would go through everybody by the index of a column.
        found = select(Volunteer.id).where(*self._chosen)
        which: list[ColumnElement[bool]] = [Volunteer.id.in_(found)]
        if self._found is not None:
            which = [among(Volunteer.id, self._found[:MOST_FOUND])]
        elif self._is_everybody:
            which = self._chosen
        value = _value(self._session, self._order).label("value")
        # By id: in the order of another index, SQLite would fetch each page many times.
        values = select(Volunteer.id, value).where(*which).order_by(Volunteer.id)
        rows = values.offset(0).subquery()
        keys: list[ColumnElement[Any]] = [rows.c.value]
        if not self._order.column:
            keys = _number_and_text(self._session, rows.c.value)
        return select(rows.c.id).order_by(*(way(key) for key in (*keys, rows.c.id)))

    def _as_added(self, before: int, shown: int) -> Sequence[int]:
        if self._found is not None:
            return self._found[before : before + shown]
        if self._is_everybody and (ids := self._numbered(before, shown)) is not None:
            return ids
        return self._from_nearer_end(before, shown, self._entries)

    def _numbered(self, before: int, shown: int) -> Sequence[int] | None:
        """Return the ids by arithmetic, if all are consecutive but for a few removed people; None
        if people were added to another event in between."""
        ends = [
            select(end(Volunteer.id)).where(*self._chosen).scalar_subquery()
            for end in (func.min, func.max)
        ]
        first, last = self._session.execute(select(*ends)).one()
        missing = last - first + 1 - self.count if first is not None else -1
        if not 0 <= missing <= _FEW_REMOVED:
            return None
        removed = self._removed(first, last) if missing else []
        # Exactly the missing ones were removed.
        if len(removed) != missing:
            return None
        # Skip the removed ids before the page, and those in it.
        start = first + before
        for gone in removed:
            if gone <= start:
                start += 1
        left_out = set(removed)
        there = (number for number in itertools.count(start) if number not in left_out)
        return list(itertools.islice(there, shown))

    def _removed(self, first: int, last: int) -> Sequence[int]:
        """Return the ids between these two of people who were removed, by the log."""
        gone = AuditEntry.volunteer_id
        removed = select(gone).where(
            AuditEntry.event_id == self._event_id,
            AuditEntry.action == Action.VOLUNTEER_REMOVED,
            ~exists().where(Volunteer.id == gone, Volunteer.event_id == self._event_id),
        )
        # Compared here, since SQLite would go through the log of everybody.
        return sorted({id for id in self._session.scalars(removed) if id and first < id < last})

    def _entries(self, is_backwards: bool) -> Select[*tuple[Any, ...]]:
        """Return a query of index entries with their `id`, in the list's order."""
        id = Volunteer.id.desc() if is_backwards else Volunteer.id
        if not self._is_everybody:
            return select(Volunteer.id).where(*self._chosen).order_by(id)
        # By the count, all of these are in the event. Comparing each entry with the event would
        # take SQLite half the time.
        event_id, here = Volunteer.event_id, self._event_id
        entries = select(event_id, Volunteer.id, Volunteer.status)
        if is_backwards:
            return entries.where(event_id <= here).order_by(event_id.desc(), id)
        return entries.where(event_id >= here).order_by(event_id, id)


def _value(session: Session, order: Order) -> ColumnElement[Any]:
    """Return the expression of the column's value."""
    if order.column:
        return OUR_COLUMNS[order.column]
    if session.get_bind().dialect.name != "sqlite":
        value: ColumnElement[Any] = Volunteer.columns[order.title].as_string()
        return value
    cell = func.json_each(Volunteer.columns).table_valued(column("key"), column("value"))
    return select(cell.c.value).where(cell.c.key == order.title).scalar_subquery()


def _number_and_text(session: Session, value: ColumnElement[Any]) -> list[ColumnElement[Any]]:
    """Return the keys to sort by: the number with which a value begins, then its text."""
    number: ColumnElement[Any] = func.replace(value, ",", ".")
    if session.get_bind().dialect.name != "sqlite":
        number = func.substring(number, "^[+-]?[0-9]+[.]?[0-9]*")
    return [func.coalesce(cast(number, Float), 0), func.coalesce(func.lower(value), "")]


def count_each(session: Session, event: Event, counted: EventProgress) -> dict[str, int]:
    """Count the people whom each of `FILTERS` shows, from indexes alone; `counted` are the event's
    counts."""
    return {
        name: Listing(
            session, event, statuses=chosen.statuses, trait=chosen.trait, counted=counted
        ).count
        for name, chosen in FILTERS.items()
    }


def longest_names(session: Session, event: Event) -> list[str]:
    """Return a few different names, longest first, to try on the certificate, by an index."""
    # People may share a name; only a few rows are read, however many do.
    names = session.scalars(
        select(Volunteer.name)
        .where(Volunteer.event_id == event.id)
        .order_by(desc(NAME_LENGTH))
        .limit(10 * _MOST_TRIED)
    )
    return [name for name in dict.fromkeys(names) if name][:_MOST_TRIED]
