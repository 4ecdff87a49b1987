"""How long addresses are kept: a number of days after the last event concerning the person.

Then their address becomes a keyed hash, by which a later list still recognizes them. Further
addresses in the list's columns, answers of servers and rehearsal mails are removed. Names, numbers,
statuses and certificates stay, and certificates can still be verified. It is off until an organizer
sets the number of days.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import (
    Select,
    delete,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session

from shared.certificates.designs.designs import layout_of
from shared.errors import EventUnknown, SettingRefused
from shared.events import event_for_change
from shared.language import N_
from shared.log import audit
from shared.mail.accounts.health import forget_addresses
from shared.mail.queue import transitions
from shared.mail.queue.long_commands import in_turns
from shared.privacy.erasure import addresses_of, delete_rehearsal_mails, forget_mails
from shared.storage.database import Database, database_time
from shared.storage.models import Action, AuditEntry, Certificate, Event, Mail, MailState, Volunteer
from shared.storage.models.volunteer import KNOWN
from shared.storage.sealing.address_hashes import address_hashes
from shared.storage.sealing.tokens import Seal
from shared.storage.traits import asked
from shared.volunteers.lists.column_sums import count_in, count_out

SUGGESTED_DAYS = 180
# For some weeks mails still come back, and people still ask.
LEAST_DAYS, MOST_DAYS = 30, 3650
# How long after it was switched on or shortened nothing goes yet; meanwhile, screens show what
# will.
NOTICE = timedelta(days=1)
LOOKED_EVERY = timedelta(hours=1)
# The screen counts no further.
MOST_COUNTED = 10_000


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
    found = _due(event.id, _cut(session, days)).limit(MOST_COUNTED + 1).subquery()
    return session.scalars(select(func.count()).select_from(found)).one()


def upcoming(session: Session, event: Event, days: int, size: int = 50) -> list[Upcoming]:
    """Of the people who came first, whose address goes when; the next to go is first."""
    first = (
        select(Volunteer)
        .where(Volunteer.event_id == event.id, asked(KNOWN))
        .order_by(Volunteer.created_at, Volunteer.id)
        .limit(size)
    )
    people = session.scalars(first).all()
    mailed = _last_mails(session, [one.id for one in people])
    look = event.retention_at if event.retention_days else None
    earliest = look or database_time(session) + NOTICE
    going = [
        Upcoming(one.number, one.name, max(earliest, _last(one, mailed) + timedelta(days=days)))
        for one in people
    ]
    return sorted(going, key=lambda one: one.at)


def carry_out(database: Database, seal: Seal) -> int:
    """Forget the addresses whose time is over, in every event; returns how many.

    A worker calls it repeatedly. Each turn forgets some people completely; after an interruption,
    the next call goes on.
    """
    with database.reading() as session:
        now = database_time(session)
        to_look_at = select(Event.id).where(
            Event.retention_days.is_not(None),
            Event.retention_at <= now,
            Event.deleted_at.is_(None),
        )
        ids = session.scalars(to_look_at.order_by(Event.id)).all()
    return sum(_forget_unless_deleted(database, seal, event_id) for event_id in ids)


def _forget_unless_deleted(database: Database, seal: Seal, event_id: int) -> int:
    """One event that is deleted in the meantime does not hold up the others."""
    try:
        return forget_in_turns(database, seal, event_id)
    except EventUnknown:
        return 0


def forget_in_turns(database: Database, seal: Seal, event_id: int) -> int:
    """Forget the addresses of one event whose time is over, in turns; returns how many."""
    with database.reading() as session:
        event = session.get_one(Event, event_id)
        if event.retention_days is None:
            return 0
        due = _due(event_id, _cut(session, event.retention_days))

    def forget_some(session: Session, ids: Sequence[int]) -> int:
        return _forget(session, seal, event_for_change(session, event_id), ids)

    begin = partial(audit.begin, database, None, Action.RETENTION_DONE, event_id)
    count = in_turns(database, due, forget_some, lambda _: None, begin)
    with database.writing() as session:
        event = event_for_change(session, event_id)
        event.retention_at = database_time(session) + LOOKED_EVERY
    if count:
        database.empty_journal()
    return count


def cut_log(database: Database, days: int) -> int:
    """Delete entries of the log that are older than `days`, in turns; returns how many. 0 days:
    none.

    Nothing else deletes entries.
    """
    if not days:
        return 0
    with database.reading() as session:
        cut = _cut(session, days)
        oldest = session.scalar(select(func.min(AuditEntry.at)))
    # Once a day, so that entries about this do not fill the log.
    if oldest is None or oldest > cut - timedelta(days=1):
        return 0
    old = select(AuditEntry.id).where(AuditEntry.at <= cut)

    def delete_some(session: Session, ids: Sequence[int]) -> int:
        session.execute(delete(AuditEntry).where(AuditEntry.id.in_(ids)))
        return len(ids)

    begin = partial(audit.begin, database, None, Action.LOG_CUT, None)
    return in_turns(database, old, delete_some, lambda _: None, begin)


def _cut(session: Session, days: int) -> datetime:
    return database_time(session) - timedelta(days=days)


def _due(event_id: int, cut: datetime) -> Select[int]:
    """The ids of people concerning whom nothing has happened since `cut`."""
    lately = exists().where(
        Mail.volunteer_id == Volunteer.id,
        or_(
            Mail.created_at > cut,
            Mail.sent_at > cut,
            Mail.state.in_([MailState.QUEUED, MailState.SENDING]),
        ),
    )
    return (
        select(Volunteer.id)
        .where(
            Volunteer.event_id == event_id,
            asked(KNOWN),
            Volunteer.created_at <= cut,
            or_(Volunteer.submitted_at.is_(None), Volunteer.submitted_at <= cut),
            ~lately.correlate(Volunteer),
        )
        .order_by(Volunteer.created_at, Volunteer.id)
    )


def _last_mails(session: Session, ids: Sequence[int]) -> dict[int, datetime]:
    """When each of these people was last written to, or will be next."""
    last = select(Mail.volunteer_id, func.max(Mail.created_at), func.max(Mail.sent_at))
    rows = session.execute(last.where(Mail.volunteer_id.in_(ids)).group_by(Mail.volunteer_id))
    return {person: max(queued, sent or queued) for person, queued, sent in rows if person}


def _last(person: Volunteer, mailed: dict[int, datetime]) -> datetime:
    known = (person.created_at, person.submitted_at, mailed.get(person.id))
    return max(at for at in known if at is not None)


def _forget(session: Session, seal: Seal, event: Event, ids: Sequence[int]) -> int:
    """Forget the addresses of these people if their time is still over; returns how many."""
    if event.retention_days is None:
        return 0
    # Mails before their people, as when an outcome is settled, so the two never deadlock.
    theirs = select(Mail).where(Mail.volunteer_id.in_(ids)).order_by(Mail.id).with_for_update()
    session.execute(theirs)
    due = _due(event.id, _cut(session, event.retention_days)).where(Volunteer.id.in_(ids))
    chosen = select(Volunteer).where(Volunteer.id.in_(due.order_by(None))).with_for_update()
    people = session.scalars(chosen.order_by(Volunteer.id)).all()
    mails = session.scalars(
        select(Mail).where(Mail.volunteer_id.in_([one.id for one in people])).order_by(Mail.id)
    ).all()
    addresses = addresses_of(session, people, mails)
    if held := [mail.id for mail in mails if mail.state is MailState.HELD]:
        transitions.taken_back(session, Mail.id.in_(held))
    forget_mails(session, mails)
    forget_addresses(session)
    delete_rehearsal_mails(session, event.id, addresses)
    _forget_on_certificates(session, [one.id for one in people])
    hashes, now = address_hashes(session, seal), database_time(session)
    for one in people:
        one.email_key = hashes.of(event.id, one.email_key)
        one.email, one.address_forgotten_at = "", now
        count_out(session, event, one)
        one.columns, one.secrets = _without_addresses(one.columns), None
        count_in(session, event, [(one.id, one.columns)])
        transitions.answer_forgotten(one)
    session.flush()
    return len(people)


def _forget_on_certificates(session: Session, ids: Sequence[int]) -> None:
    """Forget addresses in columns that are not drawn; a certificate keeps the look with which it
    was issued."""
    for certificate in session.scalars(
        select(Certificate).where(Certificate.volunteer_id.in_(ids)).order_by(Certificate.id)
    ):
        fields = layout_of(certificate.design).fields
        shown = {title for field in fields for title in field.columns}
        certificate.columns = _without_addresses(certificate.columns, shown)


def _without_addresses(columns: dict[str, str], kept: Collection[str] = ()) -> dict[str, str]:
    return {title: value for title, value in columns.items() if title in kept or "@" not in value}
