"""Mails that have not left: releasing those that are held, taking the others back.

Taking back an invitation or a reminder is an end of it. A certificate that an organizer issued, and
that nobody can have seen, goes with its mail, and its person is as before: status 0, with their
number, as re-opened. Of other certificates only the mail is held, until it is released.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, union_all, update
from sqlalchemy.orm import Session

from shared.acts import Act, ConcludedAct, Lock, Tally, Turn
from shared.acts.run import apply, run
from shared.events import event_for_change
from shared.log import audit
from shared.log.actor import Actor
from shared.mail.kinds.certificate import CERTIFICATE
from shared.mail.kinds.registry import may_be_taken_back
from shared.mail.queue import transitions
from shared.mail.queue.attempts import has_begun_to_leave, may_have_left
from shared.storage import hooks
from shared.storage.database import Database, database_time
from shared.storage.many_values import among
from shared.storage.models import (
    NOT_SENT,
    Action,
    Certificate,
    Event,
    Mail,
    MailState,
    Sending,
    Volunteer,
)
from shared.storage.models.message import OPEN, UNSEEN
from shared.storage.models.volunteer import MADE_UNSEEN
from shared.storage.traits import literal_sql
from shared.storage.turns import Progress, unseen


@dataclass(frozen=True)
class Release(ConcludedAct):
    """Let the others leave after the first few; or, with `certificates`, those that are held."""

    certificates: bool = False

    action = Action.RELEASED
    unit = Mail
    lock = Lock.NONE

    def which(self, session: Session, event: Event) -> Sequence[ColumnElement[bool]]:
        kind = Mail.kind == CERTIFICATE.name
        return [kind if self.certificates else ~kind, Mail.state == MailState.HELD]

    def store(self, turn: Turn, ids: Sequence[int]) -> int:
        return transitions.released(turn.session, Mail.id.in_(ids))

    def conclude(self, session: Session, event: Event, collected: Tally) -> None:
        if not self.certificates:
            event.first_few = []


@dataclass(frozen=True)
class TakeBack(Act):
    """Cancel invitations and reminders that have not left."""

    unit = Mail
    lock = Lock.NONE

    def which(self, session: Session, event: Event) -> Sequence[ColumnElement[bool]]:
        return [may_be_taken_back(), Mail.state.in_(NOT_SENT)]

    def store(self, turn: Turn, ids: Sequence[int]) -> int:
        return transitions.taken_back(turn.session, Mail.id.in_(ids))


@dataclass(frozen=True)
class TakeBackCertificates(Act):
    """Take back certificates that nobody can have seen: their mail waits (see `Mail.unseen_since`),
    or they were made without one, as for an address that gets no mail."""

    fields = (CERTIFICATE.name,)
    mails_first = True

    def which(self, session: Session, event: Event) -> Sequence[ColumnElement[bool]]:
        waits = exists().where(Mail.volunteer_id == Volunteer.id, *_waits_unseen())
        return [or_(waits.correlate(Volunteer), _is_made_without_mail())]

    def whom(self, session: Session, event: Event) -> Select[int]:
        waiting = select(Mail.volunteer_id).where(Mail.event_id == event.id, *_waits_unseen())
        without_mail = Volunteer.event_id == event.id, _is_made_without_mail()
        people = union_all(waiting, select(Volunteer.id).where(*without_mail)).subquery()
        return select(people.c[0]).order_by(people.c[0])

    def store(self, turn: Turn, ids: Sequence[int]) -> int:
        session, event = turn.session, turn.event
        people = [one.id for one in turn.people(ids)]
        transitions.certificates_taken_back(session, among(Volunteer.id, people))
        taken = set(people)
        event.first_few = [id for id in event.first_few if id not in taken]
        at = database_time(session)
        # Also those that later ones have replaced: none of them was sent.
        theirs = among(Certificate.volunteer_id, people)
        issued = update(Certificate).where(theirs)
        issued = issued.values(
            taken_back_at=at, replaced_at=func.coalesce(Certificate.replaced_at, at)
        )
        session.execute(issued.execution_options(synchronize_session=False))
        for feature in hooks.loaded():
            feature.taken_back(session, select(Certificate.id).where(theirs))
        transitions.certificate_mails_cancelled(session, among(Mail.volunteer_id, people))
        return len(people)


def _waits_unseen() -> list[ColumnElement[bool]]:
    return [literal_sql(UNSEEN), ~has_begun_to_leave()]


def _is_made_without_mail() -> ColumnElement[bool]:
    """Whether theirs was not passed on, and no mail has left to them, may have, or waits."""
    may_leave = Mail.state.in_([*NOT_SENT, MailState.UNSURE])
    theirs = exists().where(Mail.volunteer_id == Volunteer.id, or_(may_have_left(), may_leave))
    return and_(literal_sql(MADE_UNSEEN), ~theirs.correlate(Volunteer))


@dataclass(frozen=True)
class HoldCertificates(Act):
    """Hold the mails of certificates that their people may have seen."""

    unit = Mail
    lock = Lock.NONE

    def which(self, session: Session, event: Event) -> Sequence[ColumnElement[bool]]:
        may_be_seen = Mail.unseen_since.is_(None)
        waits = literal_sql(OPEN), may_be_seen, ~has_begun_to_leave()
        return [Mail.kind == CERTIFICATE.name, *waits]

    def store(self, turn: Turn, ids: Sequence[int]) -> int:
        of_event = [Mail.event_id == turn.event.id, Mail.id.in_(ids)]
        # Locked before they are judged: a worker that is about to hand one over finishes its
        # commit.
        locked = select(Mail.id).where(*of_event).order_by(Mail.id).with_for_update()
        turn.session.execute(locked)
        still = self.which(turn.session, turn.event)
        return transitions.held(turn.session, *of_event, *still)


def take_back_invitations(
    database: Database, event_id: int, *, by: Actor | None = None, progress: Progress = unseen
) -> int:
    """Cancel invitations and reminders that have not left; returns how many mails.

    Promised certificates leave afterwards, unless the organizer had already stopped everything.
    Raises EventUnknown.
    """
    [taken] = _while_stopped(database, event_id, [TakeBack()], by, progress)
    return taken


@dataclass(frozen=True)
class TakenBack:
    """How many certificates were taken back, and of how many others the mail is held."""

    certificates: int
    held: int


def take_back_certificates(
    database: Database, event_id: int, *, by: Actor | None = None, progress: Progress = unseen
) -> TakenBack:
    """Take back the certificates that nobody can have seen, and hold the mails of the others that
    wait. Raises EventUnknown."""
    acts = [TakeBackCertificates(), HoldCertificates()]
    return TakenBack(*_while_stopped(database, event_id, acts, by, progress))


def _while_stopped(
    database: Database, event_id: int, acts: Sequence[Act], by: Actor | None, progress: Progress
) -> list[int]:
    """Stop the event's sending, do this, and also to what was queued in the meantime, then go on as
    before; to how many each act was done.

    It is stopped in a commit of its own, since a long list takes seconds in which nothing may
    leave. After an interruption it stays stopped, and the same again does the rest.
    """
    with database.writing(by=by) as session:
        event = event_for_change(session, event_id)
        was_running = event.sending is Sending.RUNNING
        event.sending = Sending.STOPPED
        # The first one says what was wished.
        count, fields = acts[0].count(session, event), acts[0].fields
        audit.record(session, Action.TAKEN_BACK, event_id, count=count, fields=fields)
    done = [run(database, act, event_id, progress=progress).done for act in acts]
    with database.writing() as session:
        done = [
            before + apply(session, act, event_id).done
            for before, act in zip(done, acts, strict=True)
        ]
        if was_running:
            event_for_change(session, event_id).sending = Sending.RUNNING
    return done
