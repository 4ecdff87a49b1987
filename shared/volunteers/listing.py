"""The table of an event's people: all, or those selected by words, status and problems."""

from collections.abc import Sequence
from functools import cached_property

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from shared.storage.models import Event, Status, Volunteer
from shared.storage.partial_indexes import IN_A_GROUP, asked
from shared.storage.word_search import words_of
from shared.volunteers.progress import EventProgress
from shared.volunteers.search import MOST_FOUND, find

# Instead of a group's id, which begin at 1.
IN_NO_GROUP = 0


class Listing:
    """Some people of an event in the order in which they were added, for as long as `session`.

    `search`: words that each has in name, address or number; at most `MOST_FOUND` people are found.
    `counted`: the event's counts, if already known: counting a million again takes longer than
    showing a page of them. `group_id`: people in that group; `IN_NO_GROUP`: people in none.
    """

    def __init__(
        self,
        session: Session,
        event: Event,
        *,
        search: str = "",
        statuses: Sequence[Status] = (),
        problems_only: bool = False,
        group_id: int | None = None,
        counted: EventProgress | None = None,
    ) -> None:
        self._session = session
        is_counted = counted is not None and group_id is None
        self._known = counted.people(statuses, problems_only) if counted and is_counted else None
        narrowed: list[ColumnElement[bool]] = []
        if statuses:
            narrowed.append(Volunteer.status.in_(statuses))
        if problems_only:
            narrowed.append(Volunteer.problem.is_not(None))
        self._whole = [Volunteer.event_id == event.id, *narrowed]
        self._is_rest = group_id == IN_NO_GROUP
        narrowed += _of_group(group_id)
        self._chosen = [Volunteer.event_id == event.id, *narrowed]
        self._found = find(session, event, search, narrowed) if words_of(search) else None

    @property
    def has_more(self) -> bool:
        """Whether more people match the words than are found."""
        return len(self._found or ()) > MOST_FOUND

    @cached_property
    def count(self) -> int:
        """How many people there are on all pages."""
        if self._found is not None:
            return min(len(self._found), MOST_FOUND)
        if self._known is not None:
            return self._known
        if self._is_rest:
            # From two indexes, without reading each row.
            return self._count(*self._whole) - self._count(*self._whole, asked(IN_A_GROUP))
        return self._count(*self._chosen)

    def _count(self, *which: ColumnElement[bool]) -> int:
        counted = select(func.count()).select_from(Volunteer).where(*which)
        return self._session.scalars(counted).one()

    @property
    def people(self) -> Select[int]:
        """The ids of all of them."""
        if self._found is not None:
            return select(Volunteer.id).where(Volunteer.id.in_(self._found[:MOST_FOUND]))
        return select(Volunteer.id).where(*self._chosen)

    def page(self, number: int = 1, size: int = 50) -> list[Volunteer]:
        """One page of them; `number` counts from 1."""
        before = (max(number, 1) - 1) * size
        shown = max(min(size, self.count - before), 0)
        ids = self._ids(before, shown)
        rows = select(Volunteer).where(Volunteer.id.in_(ids)).order_by(Volunteer.id)
        return list(self._session.scalars(rows))

    def _ids(self, before: int, shown: int) -> Sequence[int]:
        """First the numbers, from an index only, starting at the nearer end."""
        if self._found is not None:
            return self._found[before : before + shown]
        chosen = select(Volunteer.id).where(*self._chosen).limit(shown)
        after = max(self.count - before - shown, 0)
        if after < before:
            found = chosen.order_by(Volunteer.id.desc()).offset(after)
        else:
            found = chosen.order_by(Volunteer.id).offset(before)
        return self._session.scalars(found).all()


def _of_group(group_id: int | None) -> list[ColumnElement[bool]]:
    if group_id is None:
        return []
    return [Volunteer.group_id == group_id if group_id else Volunteer.group_id.is_(None)]
