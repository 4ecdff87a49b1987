"""Mails that are not sent yet: releasing those that are held, and taking others back.

An invitation or a reminder that is taken back is cancelled. A certificate that an organizer issued,
and that nobody can have seen, is taken back with its mail, and its person is as before: status 0,
with their number, as re-opened. Of other certificates only the mail is held, until it is released.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, union_all, update
from sqlalchemy.orm import Session

from shared.acts import Act, ConcludedAct, Counted, Lock, Tally, Turn
from shared.acts.run import apply, run
from shared.certificates.issuing import sums
from shared.events import event_for_change
from shared.language import N_
from shared.log import audit
from shared.log.actor import Actor
from shared.mail.kinds.certificate import CERTIFICATE
from shared.mail.kinds.registry import may_be_taken_back
from shared.mail.queue import transitions
from shared.mail.queue.attempts import has_begun_to_leave, may_have_left
from shared.storage import hooks
from shared.storage.clock import database_time
from shared.storage.database import Database
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
from shared.storage.models.certificate import STANDING
from shared.storage.models.message import OPEN, UNSEEN
from shared.storage.models.volunteer import MADE_UNSEEN
from shared.storage.rows import change_unread
from shared.storage.turns import Progress, unseen

_TAKING_BACK = N_("Taking back certificates …")
_HELD = Counted(
    "{count} more may have been seen. Only its mail is held.",
    "{count} more may have been seen. Only their mails are held.",
)


@dataclass(frozen=True)
class Release(ConcludedAct):
    """Queue the mails that were held behind the first few; or, with `certificates`, those of
    certificates that are held."""

    certificates: bool = False

    action = Action.RELEASED
    label = N_("Queueing mails …")
    summary = (Counted("{count} held mail is being sent.", "{count} held mails are being sent."),)
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
    """Cancel invitations and reminders that are not sent yet."""

    unit = Mail
    lock = Lock.NONE
    may_grow = True
    label = N_("Taking back the invitations …")
    summary = (N_("Unsent messages are taken back."),)

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
    may_grow = True
    label = _TAKING_BACK
    summary = (
        Counted("{count} certificate was taken back.", "{count} certificates were taken back."),
    )

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
        people = [person.id for person in turn.people(ids)]
        transitions.certificates_taken_back(session, among(Volunteer.id, people))
        taken = set(people)
        event.first_few = [id for id in event.first_few if id not in taken]
        at = database_time(session)
        # With those that later ones have replaced: none of them was sent.
        theirs = among(Certificate.volunteer_id, people)
        standing = session.scalars(select(Certificate).where(theirs, STANDING))
        lost = sums.share_of(standing)
        ended = {"taken_back_at": at, "replaced_at": func.coalesce(Certificate.replaced_at, at)}
        change_unread(session, update(Certificate).where(theirs).values(ended))
        hooks.features().taken_back(session, select(Certificate.id).where(theirs))
        transitions.certificate_mails_cancelled(session, among(Mail.volunteer_id, people))
        sums.change(session, event.id, sums.SumShare() - lost)
        return len(people)


def _waits_unseen() -> list[ColumnElement[bool]]:
    return [UNSEEN, ~has_begun_to_leave()]


def _is_made_without_mail() -> ColumnElement[bool]:
    """Return whether a certificate was not passed on, and no mail to its person was, may have been
    or will be sent."""
    may_leave = Mail.state.in_([*NOT_SENT, MailState.UNSURE])
    theirs = exists().where(Mail.volunteer_id == Volunteer.id, or_(may_have_left(), may_leave))
    return and_(MADE_UNSEEN, ~theirs.correlate(Volunteer))


@dataclass(frozen=True)
class HoldCertificates(Act):
    """Hold the mails of certificates that their people may have seen."""

    unit = Mail
    lock = Lock.NONE
    may_grow = True
    label = _TAKING_BACK
    summary = (_HELD,)

    def which(self, session: Session, event: Event) -> Sequence[ColumnElement[bool]]:
        may_be_seen = Mail.unseen_since.is_(None)
        waits = OPEN, may_be_seen, ~has_begun_to_leave()
        return [Mail.kind == CERTIFICATE.name, *waits]

    def store(self, turn: Turn, ids: Sequence[int]) -> int:
        of_event = [Mail.event_id == turn.event.id, Mail.id.in_(ids)]
        # Locked before they are judged: a worker that is about to hand one over commits first.
        locked = select(Mail.id).where(*of_event).order_by(Mail.id).with_for_update()
        turn.session.execute(locked)
        still = self.which(turn.session, turn.event)
        return transitions.held(turn.session, *of_event, *still)


@dataclass(frozen=True)
class TakenBack:
    """The numbers of certificates that were taken back, and of others whose mail is held."""

    certificates: int
    held: int


def take_back_certificates(
    database: Database, event_id: int, *, by: Actor | None = None, progress: Progress = unseen
) -> TakenBack:
    """Take back the certificates that nobody can have seen, and hold the waiting mails of the
    others. Raises EventUnknown."""
    with database.writing(by=by) as session:
        event = event_for_change(session, event_id)
        acts = begin_taking_back(session, event, certificates=True)
    unseen, held, late = (run(database, act, event_id, progress=progress) for act in acts)
    assert isinstance(late, Late)
    return TakenBack(unseen.done + late.done, held.done + late.held)


def begin_taking_back(session: Session, event: Event, *, certificates: bool) -> list[Act]:
    """Stop the sending of an event, which is locked, and return the acts that take mails back and
    continue.

    It is stopped in a commit of its own, since a long list takes seconds in which nothing may be
    sent. After an interruption it is still stopped, and the same again does the rest.
    """
    was_running = event.sending is Sending.RUNNING
    event.sending = Sending.STOPPED
    # The first one is what was wished.
    acts = _acts(certificates=certificates)
    count, fields = acts[0].count(session, event), acts[0].fields
    audit.record(session, Action.TAKEN_BACK, event.id, count=count, fields=fields)
    return [*acts, GoOnSending(certificates, was_running)]


def _acts(*, certificates: bool) -> list[Act]:
    return [TakeBackCertificates(), HoldCertificates()] if certificates else [TakeBack()]


@dataclass
class Late(Tally):
    """The mails that were queued while others were taken back, with how many of them are held."""

    held: int = 0


@dataclass(frozen=True)
class GoOnSending(ConcludedAct):
    """Take back what was queued in the meantime, too, and continue sending if it was running."""

    certificates: bool
    was_running: bool

    tally = Late
    label = _TAKING_BACK
    summary = (
        Counted(
            "{count} more was queued just now and is taken back, too.",
            "{count} more were queued just now and are taken back, too.",
        ),
        replace(_HELD, of="held"),
    )

    def whom(self, session: Session, event: Event) -> Sequence[int]:
        return ()

    def store(self, turn: Turn, ids: Sequence[int]) -> Late:
        return Late()

    def conclude(self, session: Session, event: Event, collected: Late) -> None:
        acts = _acts(certificates=self.certificates)
        taken, *held = (apply(session, act, event.id).done for act in acts)
        collected.done += taken
        collected.held += sum(held)
        if self.was_running:
            event.sending = Sending.RUNNING
