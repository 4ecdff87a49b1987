"""How long addresses are kept: a number of days after the last event concerning the person.

Then their address becomes a keyed hash, by which a later list still recognizes them. Further
addresses in the list's columns, answers of servers and rehearsal mails are removed. Names, numbers,
statuses and certificates stay, and certificates can still be verified. It is off until an organizer
sets the number of days.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    delete,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session

from shared.errors import SettingRefused
from shared.language import N_
from shared.log import audit
from shared.storage.database import Database, database_time
from shared.storage.models import Action, AuditEntry, Event, Mail, Volunteer
from shared.storage.models.message import OPEN
from shared.storage.models.volunteer import KNOWN
from shared.storage.turns import write_in_turns

SUGGESTED_DAYS = 180
# For some weeks mails still come back, and people still ask.
LEAST_DAYS, MOST_DAYS = 30, 3650
# How long after it was switched on or shortened nothing goes yet; meanwhile, screens show what
# will.
NOTICE = timedelta(days=1)
LOOKED_EVERY = timedelta(hours=1)
# The screen counts no further.
MOST_COUNTED = 10_000
_MOST_SHOWN = 50


@dataclass(frozen=True)
class Upcoming:
    """Somebody whose address goes at `at`, unless something concerning them happens before."""

    number: str
    name: str
    at: datetime


def set_retention(session: Session, event: Event, days: int | None) -> None:
    """Keep addresses for this many days, or forever if None; the event is locked. Raises
    SettingRefused."""
    if days is not None and not LEAST_DAYS <= days <= MOST_DAYS:
        raise SettingRefused(field="retention_days", reason=N_("must be between 30 and 3650 days"))
    event.retention_days = days
    if changed := audit.changed_fields(event):
        event.retention_at = database_time(session) + NOTICE
        audit.record(session, Action.RETENTION_CHANGED, event.id, fields=changed)


def count_due(session: Session, event: Event, days: int) -> int:
    """How many addresses would go next if kept for `days`; counts to one more than
    `MOST_COUNTED`."""
    of_event = [Volunteer.event_id == event.id, *due(cut_of(session, days))]
    found = select(Volunteer.id).where(*of_event).limit(MOST_COUNTED + 1).subquery()
    return session.scalars(select(func.count()).select_from(found)).one()


def upcoming(session: Session, event: Event, days: int) -> list[Upcoming]:
    """Of the people who came first, whose address goes when; the next to go is first."""
    kept = select(Volunteer).where(Volunteer.event_id == event.id, KNOWN)
    first = kept.order_by(Volunteer.created_at, Volunteer.id).limit(_MOST_SHOWN)
    people = session.scalars(first).all()
    # When each of these people was last written to, or will be next.
    ids = [one.id for one in people]
    written = select(Mail.volunteer_id, func.max(Mail.created_at), func.max(Mail.sent_at))
    rows = session.execute(written.where(Mail.volunteer_id.in_(ids)).group_by(Mail.volunteer_id))
    mailed = {person: max(queued, sent or queued) for person, queued, sent in rows if person}
    look = event.retention_at if event.retention_days else None
    earliest = look or database_time(session) + NOTICE
    going = []
    for one in people:
        known = (one.created_at, one.submitted_at, mailed.get(one.id))
        last = max(at for at in known if at is not None)
        going.append(Upcoming(one.number, one.name, max(earliest, last + timedelta(days=days))))
    return sorted(going, key=lambda one: one.at)


def cut_log(database: Database, days: int) -> int:
    """Delete entries of the log that are older than `days`, in turns; returns how many. 0 days:
    none.

    Nothing else deletes entries.
    """
    if not days:
        return 0
    with database.reading() as session:
        cut = cut_of(session, days)
        oldest = session.scalar(select(func.min(AuditEntry.at)))
        # Once a day, so that entries about this do not fill the log.
        if oldest is None or oldest > cut - timedelta(days=1):
            return 0
        old = session.scalars(select(AuditEntry.id).where(AuditEntry.at <= cut)).all()
    audit.begin(database, None, Action.LOG_CUT, None, len(old))

    def delete_some(session: Session, ids: Sequence[int]) -> int:
        session.execute(delete(AuditEntry).where(AuditEntry.id.in_(ids)))
        return len(ids)

    return write_in_turns(database, old, delete_some)


def cut_of(session: Session, days: int) -> datetime:
    """Where so many days ago was."""
    return database_time(session) - timedelta(days=days)


def due(cut: datetime) -> list[ColumnElement[bool]]:
    """What is true of people concerning whom nothing has happened since `cut`."""
    is_recent = or_(Mail.created_at > cut, Mail.sent_at > cut, OPEN)
    lately = exists().where(Mail.volunteer_id == Volunteer.id, is_recent)
    return [
        KNOWN,
        Volunteer.created_at <= cut,
        or_(Volunteer.submitted_at.is_(None), Volunteer.submitted_at <= cut),
        ~lately.correlate(Volunteer),
    ]
