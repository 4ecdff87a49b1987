"""Retention of addresses: a number of days after a person was last written to, or submitted.

Then their address becomes a keyed hash, by which a later list still recognizes them. Further
addresses in the list's columns, answers of servers and rehearsal mails are removed. Names, numbers,
statuses and certificates stay, and certificates can still be verified. It is off until an organizer
sets the number of days.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from shared.errors import SettingRefused
from shared.language import N_
from shared.log import audit
from shared.storage.clock import database_time
from shared.storage.database import Database
from shared.storage.models import Action, AuditEntry, Event, Mail, Volunteer
from shared.storage.models.message import OPEN
from shared.storage.models.volunteer import KNOWN
from shared.storage.rows import count_rows, count_where
from shared.storage.turns import delete_in_turns

SUGGESTED_DAYS = 180
# For some weeks mails are still returned, and people still ask.
LEAST_DAYS, MOST_DAYS = 30, 3650
# The delay after it is switched on or shortened, in which screens show whose addresses will go.
NOTICE = timedelta(days=1)
LOOKED_EVERY = timedelta(hours=1)
# The screen counts no further.
MOST_COUNTED = 10_000
_MOST_SHOWN = 50


@dataclass(frozen=True)
class Upcoming:
    """Somebody whose address goes at `at`, unless they are written to or submit before."""

    number: str
    name: str
    at: datetime


def set_retention(session: Session, event: Event, days: int | None) -> None:
    """Keep addresses for this many days, or forever if None; the event is locked.

    Raises SettingRefused.
    """
    if days is not None and not LEAST_DAYS <= days <= MOST_DAYS:
        raise SettingRefused(field="retention_days", reason=N_("must be between 30 and 3650 days"))
    event.retention_days = days
    if changed := audit.changed_fields(event):
        event.retention_at = database_time(session) + NOTICE
        audit.record(session, Action.RETENTION_CHANGED, event.id, fields=changed)


def count_due(session: Session, event: Event, days: int) -> int:
    """Return how many addresses would go next if kept for `days`, at most `MOST_COUNTED` + 1."""
    of_event = [Volunteer.event_id == event.id, *due(cut_of(session, days))]
    found = select(Volunteer.id).where(*of_event).limit(MOST_COUNTED + 1)
    return count_rows(session, found)


def upcoming(session: Session, event: Event, days: int) -> list[Upcoming]:
    """Return when the addresses of the people who came first will go, the next to go first."""
    kept = select(Volunteer).where(Volunteer.event_id == event.id, KNOWN)
    first = kept.order_by(Volunteer.created_at, Volunteer.id).limit(_MOST_SHOWN)
    people = session.scalars(first).all()
    # When each of them was last written to, or will be next.
    ids = [person.id for person in people]
    written = select(Mail.volunteer_id, func.max(Mail.created_at), func.max(Mail.sent_at))
    rows = session.execute(written.where(Mail.volunteer_id.in_(ids)).group_by(Mail.volunteer_id))
    mailed = {person: max(queued, sent or queued) for person, queued, sent in rows if person}
    begins = event.retention_at if event.retention_days else None
    earliest = begins or database_time(session) + NOTICE
    going = []
    for person in people:
        known = (person.created_at, person.submitted_at, mailed.get(person.id))
        last = max(at for at in known if at is not None)
        at = max(earliest, last + timedelta(days=days))
        going.append(Upcoming(person.number, person.name, at))
    return sorted(going, key=lambda upcoming: upcoming.at)


def cut_log(database: Database, days: int) -> int:
    """Delete log entries older than `days`, in turns, and return how many; with 0 days none.

    Nothing else deletes entries.
    """
    if not days:
        return 0
    with database.reading() as session:
        cut = cut_of(session, days)
        oldest = session.scalar(select(func.min(AuditEntry.at)))
        # Once a day, so that entries about the cut do not fill the log.
        if oldest is None or oldest > cut - timedelta(days=1):
            return 0
        count = count_where(session, is_old := AuditEntry.at <= cut)
    if count:
        with database.writing() as session:
            audit.record(session, Action.LOG_CUT, None, count=count)
    return delete_in_turns(database, AuditEntry.id, is_old)


def cut_of(session: Session, days: int) -> datetime:
    """Return the database's time `days` ago."""
    return database_time(session) - timedelta(days=days)


def due(cut: datetime) -> list[ColumnElement[bool]]:
    """Return the conditions of people who neither were written to nor submitted since `cut`."""
    is_recent = or_(Mail.created_at > cut, Mail.sent_at > cut, OPEN)
    lately = exists().where(Mail.volunteer_id == Volunteer.id, is_recent)
    return [
        KNOWN,
        Volunteer.created_at <= cut,
        or_(Volunteer.submitted_at.is_(None), Volunteer.submitted_at <= cut),
        ~lately.correlate(Volunteer),
    ]
