"""Requesting a job, its progress, stopping it, and its result."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from shared.access.roles import Permission
from shared.access.sessions import same_person
from shared.acts import Act
from shared.acts.data import to_data
from shared.acts.run import said_of
from shared.errors import ProductError
from shared.events import event_for_change
from shared.language import N_
from shared.log import audit
from shared.storage.clock import database_time
from shared.storage.database import Database
from shared.storage.models import Action, ConsoleSession, Event, Job, Owner
from shared.storage.models.job import GOING_ON
from shared.storage.turns import delete_in_turns

# An act on no more people is done at once, while the person waits.
FEW = 500
_KEPT_FOR = timedelta(days=30)
_BUSY = N_(
    "Another bulk action is running for this event. Wait until it is done, or stop it "
    "at the bottom of the screen."
)
_HELD_AT = select(Owner.held_at).where(Owner.id == 1).scalar_subquery()


def ask(
    session: Session,
    event: Event,
    acts: Sequence[Act],
    needed: Permission,
    who: ConsoleSession,
    network: str,
    *,
    few: int = -1,
) -> Job | None:
    """Return a new job of an event, which is locked: these acts, one after the other, on no more
    people than they concern now. It ends once `who` requested it may no longer do what is `needed`.

    If they concern no more than `few`, only log the request and return None. Raises ProductError
    while another job of the event is not done.
    """
    counts = [act.count(session, event) for act in acts]
    at, confirmed = database_time(session), sum(counts)
    if confirmed > few and going_on(session, event.id):
        raise ProductError(_BUSY)
    for act, count in zip(acts, counts, strict=True):
        if act.action is not None and count:
            audit.record(session, act.action, event.id, count=count, fields=said_of(act))
    if confirmed <= few:
        return None
    job = Job(
        event_id=event.id, acts=[to_data(act) for act in acts], needed=needed, confirmed=confirmed,
        secret_hash=who.secret_hash, issuer=who.issuer, subject=who.subject, name=who.name,
        network=network, created_at=at, confirmed_at=at, lease_until=at,
    )  # fmt: skip
    session.add(job)
    session.flush()
    return job


def going_on(session: Session, event_id: int) -> Job | None:
    """Return the event's job that has not ended, which may be held; None without one."""
    return session.scalar(select(Job).where(Job.event_id == event_id, GOING_ON))


def is_held(session: Session, job: Job) -> bool:
    """Return whether the job waits for somebody to confirm it after a restore."""
    held_at = session.scalar(select(_HELD_AT))
    return held_at is not None and job.confirmed_at < held_at


def not_held() -> ColumnElement[bool]:
    """Return the condition that a `Job` does not wait for that."""
    return or_(_HELD_AT.is_(None), Job.confirmed_at >= _HELD_AT)


def stop(session: Session, event_id: int, job_id: int) -> None:
    """Stop the job at its next turn; what was done is kept."""
    if job := _locked(session, event_id, job_id):
        audit.record(session, Action.JOB_STOPPED, event_id)
        job.is_stopped = True
        # A process that carries it out ends it at its next turn; a job that is held has none.
        if job.claimed_by is None or is_held(session, job):
            end(session, job)


def confirm(session: Session, event_id: int, job_id: int) -> None:
    """Let a job that is held after a restore continue."""
    if job := _locked(session, event_id, job_id):
        audit.record(session, Action.JOB_CONFIRMED, event_id)
        job.confirmed_at = job.lease_until = database_time(session)


def _locked(session: Session, event_id: int, job_id: int) -> Job | None:
    event_for_change(session, event_id)
    these = Job.id == job_id, Job.event_id == event_id, GOING_ON
    return session.scalar(select(Job).where(*these).with_for_update())


def end(session: Session, job: Job, refusal: ProductError | None = None) -> None:
    """End the job, and delete its wishes, since they may name people."""
    job.ended_at, job.claimed_by = database_time(session), None
    job.acts = [{"act": data["act"]} for data in job.acts]
    if refusal:
        job.refusal = {"message": refusal.message, "details": _as_json(refusal.details)}


def refused(job: Job) -> ProductError | None:
    """Return why the job ended early, if there is an error to show."""
    if job.refusal is None:
        return None
    details = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in job.refusal["details"].items()
    }
    return ProductError(job.refusal["message"], **details)


def _as_json(details: dict[str, object]) -> dict[str, object]:
    is_plain = (str, int, float, tuple, type(None))
    return {
        name: value if isinstance(value, is_plain) else str(value)
        for name, value in details.items()
    }


def results(session: Session, event_id: int, who: ConsoleSession) -> Sequence[Job]:
    """Return this person's jobs that have ended, and whose result they have not seen, newest
    first."""
    theirs = Job.event_id == event_id, same_person(who, Job)
    ended = select(Job).where(*theirs, Job.ended_at.is_not(None), Job.seen_at.is_(None))
    return session.scalars(ended.order_by(Job.id.desc())).all()


def note_seen(
    database: Database, event_id: int, who: ConsoleSession, shown: Collection[int]
) -> None:
    """Note that this person has seen the results of these jobs of the event."""
    with database.writing() as session:
        for job in results(session, event_id, who):
            if job.id in shown:
                job.seen_at = database_time(session)


def forget_old(database: Database) -> None:
    """Delete jobs that ended long ago."""
    with database.reading() as session:
        is_over = Job.ended_at < database_time(session) - _KEPT_FOR
    delete_in_turns(database, Job.id, is_over)
