"""Reading the log: one page, newest first, or all of it for a file; and notices to organizers that
others changed permissions or the mail account."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, exists, func, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from shared.log import audit
from shared.log.actor import Actor
from shared.storage.models import AccessKey, Action, AuditEntry, Event
from shared.storage.models.audit_entry import ABOUT_A_VOLUNTEER, NOTICED

PAGE_SIZE = 50
MOST_NOTICES = 5
# Entries that are read at once for a file.
_AT_ONCE = 1_000
_BEFORE_EVERYTHING = datetime(1970, 1, 1, tzinfo=UTC)
_MOST_ABOUT_PEOPLE = 100_000


class Place(NamedTuple):
    """The end of a page, after which the next one begins, whatever is written between."""

    at: datetime
    id: int


@dataclass(frozen=True, kw_only=True)
class EntryFilter:
    """A filter of entries: all of the event's, unless narrowed down.

    `event` None means entries about no event. `who` is the person who acted, identified by key and
    role. `since` is inclusive, `until` exclusive. `volunteer_ids` keeps entries about one of them,
    `network` those that came from it.
    """

    event: Event | None = None
    who: Actor | None = None
    action: Action | None = None
    since: datetime | None = None
    until: datetime | None = None
    volunteer_ids: Sequence[int] | None = field(default=None)
    network: str = ""


def page(
    session: Session, wanted: EntryFilter, before: Place | None = None, size: int = PAGE_SIZE
) -> list[AuditEntry]:
    """Return the newest wanted entries, or those after a place."""
    return list(session.scalars(_found(wanted, before).limit(size)))


def place_of(entry: AuditEntry) -> Place:
    return Place(entry.at, entry.id)


def count(session: Session, wanted: EntryFilter) -> int:
    """Count the wanted entries."""
    found = _found(wanted, None).order_by(None).subquery()
    return session.scalars(select(func.count()).select_from(found)).one()


def entries(session: Session, wanted: EntryFilter) -> Iterator[AuditEntry]:
    """Yield all wanted entries, newest first, with only a part in memory at a time."""
    before = None
    while part := page(session, wanted, before, _AT_ONCE):
        yield from part
        before = place_of(part[-1])
        session.expunge_all()


# An entry for programs: ids, and names from the program.
_SAID: dict[str, Callable[[AuditEntry], Any]] = {
    "at": lambda entry: entry.at.isoformat(timespec="seconds"),
    "event": lambda entry: entry.event_id,
    "action": lambda entry: entry.action.value,
    "by": lambda entry: entry.by_name,
    "role": lambda entry: entry.by_role.value if entry.by_role else None,
    "by_key": lambda entry: entry.by_key_id,
    "network": lambda entry: entry.network,
    "volunteer": lambda entry: entry.volunteer_id,
    "key": lambda entry: entry.key_id,
    "count": lambda entry: entry.count,
    "fields": lambda entry: entry.fields,
}
TITLES = tuple(_SAID)


def as_record(entry: AuditEntry) -> dict[str, Any]:
    """Return an entry by `TITLES`."""
    return {title: said(entry) for title, said in _SAID.items()}


def _found(wanted: EntryFilter, before: Place | None) -> Select[AuditEntry]:
    entry = _about(wanted)
    found = select(entry).where(*_conditions(wanted, entry))
    if before:
        found = found.where(tuple_(entry.at, entry.id) < before)
    return found.order_by(entry.at.desc(), entry.id.desc())


def _about(wanted: EntryFilter) -> type[AuditEntry]:
    """Return the log, or what it says about some people as a subquery, without which SQLite walks
    all entries in order (66 ms for 100 000 instead of 1)."""
    if wanted.volunteer_ids is None:
        return AuditEntry
    about = [ABOUT_A_VOLUNTEER, AuditEntry.volunteer_id.in_(wanted.volunteer_ids)]
    of_event = AuditEntry.event_id == (wanted.event.id if wanted.event else None)
    # A subquery with a limit is evaluated on its own.
    taken = select(AuditEntry).where(of_event, *about).limit(_MOST_ABOUT_PEOPLE)
    return aliased(AuditEntry, taken.subquery())


def _conditions(wanted: EntryFilter, entry: type[AuditEntry]) -> list[ColumnElement[bool]]:
    """Return the conditions, each of which an index of `AuditEntry` serves."""
    if wanted.event is None:
        found: list[ColumnElement[bool]] = [entry.event_id.is_(None)]
    else:
        # SQLite reuses the id of a deleted event: the log of the next begins with its creation.
        found = [entry.event_id == wanted.event.id, entry.at >= wanted.event.created_at]
    if who := wanted.who:
        # Spelled so that PostgreSQL uses an index, which it does not for IS NOT DISTINCT.
        key = entry.by_key_id.is_(None) if who.key_id is None else entry.by_key_id == who.key_id
        found += [key, entry.by_role == who.role]
    if wanted.action:
        found.append(entry.action == wanted.action)
    if wanted.since:
        found.append(entry.at >= wanted.since)
    if wanted.until:
        found.append(entry.at < wanted.until)
    if wanted.network:
        found.append(entry.network == wanted.network)
    return found


def event_that_was(session: Session, event_id: int) -> Event | None:
    """Return a deleted event for reading its log: the id, and a start before everything."""
    was_deleted = exists().where(
        AuditEntry.event_id == event_id, AuditEntry.action == Action.EVENT_DELETED
    )
    found = session.scalar(select(was_deleted))
    return Event(id=event_id, created_at=_BEFORE_EVERYTHING) if found else None


def unread_notices(session: Session, event: Event, reader: Actor) -> list[AuditEntry]:
    """Return the newest acts of others on the event or the installation, at most `MOST_NOTICES`,
    since the reader last dismissed them."""
    wanted = EntryFilter(event=event, who=reader, action=Action.NOTICES_READ)
    if seen := page(session, wanted, size=1):
        since = seen[0].at
    else:  # They never dismissed notices, so since they joined.
        joined = select(AccessKey.created_at).where(AccessKey.id == reader.key_id)
        since = session.scalar(joined) or event.created_at
    found = [
        entry
        for about in (AuditEntry.event_id == event.id, AuditEntry.event_id.is_(None))
        for entry in session.scalars(_newest(about, since, reader))
    ]
    return sorted(found, key=place_of, reverse=True)[:MOST_NOTICES]


def _newest(about: ColumnElement[bool], since: datetime, reader: Actor) -> Select[AuditEntry]:
    of_others = or_(
        AuditEntry.by_key_id.is_distinct_from(reader.key_id),
        AuditEntry.by_role.is_distinct_from(reader.role),
    )
    found = select(AuditEntry).where(about, NOTICED, AuditEntry.at > since, of_others)
    if reader.key_id is not None:
        # That somebody joined is no news to that person.
        found = found.where(AuditEntry.key_id.is_distinct_from(reader.key_id))
    return found.order_by(AuditEntry.at.desc(), AuditEntry.id.desc()).limit(MOST_NOTICES)


def dismiss_notices(session: Session, event: Event) -> None:
    """Note that the actor of `session` has seen everything up to now."""
    audit.record(session, Action.NOTICES_READ, event.id)
