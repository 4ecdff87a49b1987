"""What anybody may know about a certificate whose public id they have, also once it is gone: that
it was issued here, and whether it counts."""

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
    """The state of each of these, which are public ids by their form."""
    found = select(Certificate).join(Event, Event.id == Certificate.event_id)
    there = session.scalars(found.where(Certificate.public_id.in_(public_ids), ALIVE))
    known = {one.public_id: state_of(one) for one in there}
    gone = gone_of(session, set(public_ids) - known.keys())
    known |= {id: State(one.state) for id, one in gone.items()}
    return {id: known.get(id, State.UNKNOWN) for id in public_ids}


def gone_of(session: Session, public_ids: Collection[str]) -> dict[str, IssuedId]:
    """What is known of those of these whose certificates are gone, or are about to be, with their
    event."""
    kept = session.scalars(select(IssuedId).where(IssuedId.public_id.in_(public_ids)))
    event = exists().where(Event.id == Certificate.event_id, ~ALIVE)
    going = _records(session, Certificate.public_id.in_(public_ids), event)
    return {one.public_id: one for one in (*going, *kept)}


def keep(session: Session, *which: ColumnElement[bool]) -> None:
    """Write down what stays known of these certificates, which are about to be deleted. Of those
    that are written down already, nothing changes."""
    is_kept = exists().where(IssuedId.public_id == Certificate.public_id)
    session.add_all(_records(session, *which, ~is_kept))
    session.flush()


def let_go(session: Session, event_id: int, which: Select[int]) -> None:
    """Keep what stays known of the event's certificates with these ids, which are about to be
    deleted, count them no more, and let features forget them."""
    keep(session, Certificate.id.in_(which))
    standing = select(Certificate).where(Certificate.id.in_(which), STANDING)
    lost = sums.share_of(session.scalars(standing))
    for feature in hooks.loaded():
        feature.removed(session, which)
    sums.change(session, event_id, sums.SumShare() - lost)


def _records(session: Session, *which: ColumnElement[bool]) -> list[IssuedId]:
    said = (Certificate.public_id, Certificate.event_id, Certificate.created_at)
    ends = (Certificate.replaced_at, Certificate.taken_back_at)
    withdrawal = (Certificate.withdrawn_at, Certificate.withdrawal_reason)
    found = select(Certificate).where(*which).order_by(Certificate.id)
    certificates = session.scalars(found.options(load_only(*said, *ends, *withdrawal))).all()
    if not certificates:
        return []
    places: dict[int, tuple[int, int]] = {}
    for feature in hooks.loaded():
        places |= feature.places(session, [one.id for one in certificates])
    # Each asked apart, and of those that are left: of all at once, PostgreSQL would read whole
    # tables at each turn.
    issued = places.keys() | {one.id for one in certificates if is_live(one)}
    if left := [one.id for one in certificates if one.id not in issued]:
        issued |= mailed_of(session, left) | _passed_on_of(session, left)
    now = database_time(session)
    return [
        _record(one, places.get(one.id, (None, None)), now)
        for one in certificates
        if one.id in issued
    ]


def is_live(certificate: Certificate) -> bool:
    """Whether it was issued while its event mailed to people."""
    live_at = certificate.event.live_at
    return live_at is not None and certificate.created_at >= live_at


def mailed_of(session: Session, ids: Sequence[int]) -> set[int]:
    """Which of the certificates with these ids were mailed to people, not into the rehearsal
    mailbox."""
    found = select(Certificate.id).join(Mail, Mail.volunteer_id == Certificate.volunteer_id)
    found = found.join(Attempt, Attempt.mail_id == Mail.id).where(among(Certificate.id, ids))
    mailed = Mail.certificate_id == Certificate.id, Attempt.account != ""
    return set(session.scalars(found.where(*mailed)))


def _passed_on_of(session: Session, ids: Sequence[int]) -> set[int]:
    """Of which of them an organizer passed on the link or the file."""
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
    # Whoever removes a person withdraws; whoever deletes an event says whether they do.
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
