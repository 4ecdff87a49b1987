"""States of certificates, which anybody with a public id may know, also after deletion: that it was
issued here, and whether it counts."""

from collections.abc import Collection, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import Session, load_only

from shared.certificates.issuing import sums
from shared.storage import hooks
from shared.storage.clock import database_time
from shared.storage.many_values import among
from shared.storage.models import ALIVE, Attempt, Certificate, Event, IssuedId, Mail, Volunteer
from shared.storage.models.certificate import STANDING, State, state_of
from shared.storage.traits import holds


def states_of(session: Session, public_ids: Collection[str]) -> dict[str, State]:
    """Return the state of each of these public ids."""
    found = select(Certificate).join(Event, Event.id == Certificate.event_id)
    there = session.scalars(found.where(Certificate.public_id.in_(public_ids), ALIVE))
    known = {certificate.public_id: state_of(certificate) for certificate in there}
    gone = gone_of(session, set(public_ids) - known.keys())
    known |= {id: State(row.state) for id, row in gone.items()}
    return {id: known.get(id, State.UNKNOWN) for id in public_ids}


def gone_of(session: Session, public_ids: Collection[str]) -> dict[str, IssuedId]:
    """Return what is known of those of these certificates that are deleted, or are about to be with
    their event, by public id."""
    kept = session.scalars(select(IssuedId).where(IssuedId.public_id.in_(public_ids)))
    event = exists().where(Event.id == Certificate.event_id, ~ALIVE)
    going = _records(session, Certificate.public_id.in_(public_ids), event)
    return {row.public_id: row for row in (*going, *kept)}


def keep(session: Session, *which: ColumnElement[bool]) -> None:
    """Store what remains known of these certificates, which are about to be deleted. Rows that are
    stored already are not changed."""
    is_kept = exists().where(IssuedId.public_id == Certificate.public_id)
    session.add_all(_records(session, *which, ~is_kept))
    session.flush()


def let_go(session: Session, event_id: int, which: Select[int]) -> None:
    """Store what remains known of the event's certificates with these ids, which are about to be
    deleted, no longer count them, and let features forget them."""
    keep(session, Certificate.id.in_(which))
    standing = select(Certificate).where(Certificate.id.in_(which), STANDING)
    lost = sums.share_of(session.scalars(standing))
    hooks.features().removed(session, which)
    sums.change(session, event_id, sums.SumShare() - lost)


def _records(session: Session, *which: ColumnElement[bool]) -> list[IssuedId]:
    said = (Certificate.public_id, Certificate.event_id, Certificate.created_at)
    ends = (Certificate.replaced_at, Certificate.taken_back_at)
    withdrawal = (Certificate.withdrawn_at, Certificate.withdrawal_reason)
    found = select(Certificate).where(*which).order_by(Certificate.id)
    certificates = session.scalars(found.options(load_only(*said, *ends, *withdrawal))).all()
    if not certificates:
        return []
    places = hooks.features().places(session, [certificate.id for certificate in certificates])
    # Separate queries, each for those that are left: for one query, PostgreSQL would read whole
    # tables.
    issued = places.keys() | {
        certificate.id for certificate in certificates if is_live(certificate)
    }
    if left := [certificate.id for certificate in certificates if certificate.id not in issued]:
        issued |= mailed_of(session, left) | _passed_on_of(session, left)
    now = database_time(session)
    return [
        _record(certificate, places.get(certificate.id, (None, None)), now)
        for certificate in certificates
        if certificate.id in issued
    ]


def is_live(certificate: Certificate) -> bool:
    """Return whether it was issued while its event mailed to people."""
    live_at = certificate.event.live_at
    return live_at is not None and certificate.created_at >= live_at


def mailed_of(session: Session, ids: Sequence[int]) -> set[int]:
    """Return which of the certificates with these ids were mailed to people, not into the rehearsal
    mailbox."""
    found = select(Certificate.id).join(Mail, Mail.volunteer_id == Certificate.volunteer_id)
    found = found.join(Attempt, Attempt.mail_id == Mail.id).where(among(Certificate.id, ids))
    mailed = Mail.certificate_id == Certificate.id, Attempt.account != ""
    return set(session.scalars(found.where(*mailed)))


def _passed_on_of(session: Session, ids: Sequence[int]) -> set[int]:
    """Return those of which an organizer passed the link or the file on."""
    found = select(Certificate.id).join(Volunteer, Volunteer.id == Certificate.volunteer_id)
    passed_on = among(Certificate.id, ids), Volunteer.passed_on_at.is_not(None)
    return set(session.scalars(found.where(*passed_on)))


def _record(
    certificate: Certificate, place: tuple[int | None, int | None], now: datetime
) -> IssuedId:
    event, state = certificate.event, state_of(certificate)
    since = {
        State.VALID: certificate.created_at,
        State.REPLACED: certificate.replaced_at,
        State.NEVER_SENT: certificate.taken_back_at,
    }.get(state, certificate.withdrawn_at)
    # Removing a person withdraws; who deletes an event decides that.
    if state is State.VALID and (holds(ALIVE, event) or event.certificates_withdrawn):
        state, since = State.WITHDRAWN, event.deleted_at or now
    assert since is not None
    zone, (of_list, index) = ZoneInfo(event.time_zone), place
    return IssuedId(
        public_id=certificate.public_id,
        state=state.value,
        day=since.astimezone(zone).date(),
        event_deleted=event.deleted_at and event.deleted_at.astimezone(zone).date(),
        status_list_id=of_list,
        index=index,
    )
