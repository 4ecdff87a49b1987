"""The table of an event's people: all of them, or those whom words, status and problems leave."""

from collections.abc import Sequence
from functools import cached_property

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from shared.storage.models import Event, Status, Volunteer
from shared.storage.word_search import words_of
from shared.volunteers.progress import EventProgress
from shared.volunteers.search import MOST_FOUND, find


class Listing:
    """Some people of an event in the order in which they were added, for as long as `session`.

    `search`: words that each of them has in name, address or number. Words find at most
    `MOST_FOUND` people. `counted`: the event's counts, where they are known already: to count a
    million once more takes longer than to show any page of it.
    """

    def __init__(
        self,
        session: Session,
        event: Event,
        *,
        search: str = "",
        statuses: Sequence[Status] = (),
        problems_only: bool = False,
        counted: EventProgress | None = None,
    ) -> None:
        self._session = session
        self._known = counted.people(statuses, problems_only) if counted else None
        narrowed = []
        if statuses:
            narrowed.append(Volunteer.status.in_(statuses))
        if problems_only:
            narrowed.append(Volunteer.problem.is_not(None))
        self._chosen = [Volunteer.event_id == event.id, *narrowed]
        self._found = find(session, event, search, narrowed) if words_of(search) else None

    @property
    def has_more(self) -> bool:
        """Whether the words mean more people than are found."""
        return len(self._found or ()) > MOST_FOUND

    @cached_property
    def count(self) -> int:
        """How many people there are on all pages."""
        if self._found is not None:
            return min(len(self._found), MOST_FOUND)
        if self._known is not None:
            return self._known
        counted = select(func.count()).select_from(Volunteer).where(*self._chosen)
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
        """First the numbers, from an index alone: from the nearer end."""
        if self._found is not None:
            return self._found[before : before + shown]
        chosen = select(Volunteer.id).where(*self._chosen).limit(shown)
        after = max(self.count - before - shown, 0)
        if after < before:
            found = chosen.order_by(Volunteer.id.desc()).offset(after)
        else:
            found = chosen.order_by(Volunteer.id).offset(before)
        return self._session.scalars(found).all()
