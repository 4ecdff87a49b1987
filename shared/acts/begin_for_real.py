"""Counting and removing what a rehearsal left behind, once the event is live."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, exists, func, select, update
from sqlalchemy.orm import Session

from shared.acts import Act, ConcludedAct, Lock, Tally, Turn
from shared.certificates.issuing import states
from shared.language import N_
from shared.log import audit
from shared.mail.kinds.registry import is_to_people
from shared.mail.queue.transitions import rehearsal_forgotten
from shared.storage.facts import Ended, without
from shared.storage.models import (
    NOT_SENT,
    Action,
    Attempt,
    Certificate,
    Event,
    Mail,
    MailState,
    RehearsalMail,
    Status,
    Volunteer,
)
from shared.storage.models.message import OPEN
from shared.storage.models.volunteer import FACTS
from shared.storage.rows import change_unread, count_where

_FORGETTING = N_("Deleting the rehearsal …")


def count_rehearsed(session: Session, event: Event) -> int:
    """Return how many people only got mails in rehearsal, now that the event is live.

    0 once a real mail was tried, and while rehearsal mails are on their way. After an interrupted
    removal, those who are left, whatever has happened since.
    """
    if event.live_account is None:
        return 0
    if not event.is_forgetting_rehearsal and _has_begun(session, event):
        return 0
    rehearsed = (
        select(func.count(Mail.volunteer_id.distinct()))
        .join(Volunteer, Volunteer.id == Mail.volunteer_id)
        .where(Mail.event_id == event.id, Mail.state == MailState.SENT, *_only_rehearsed())
    )
    return session.scalars(rehearsed).one()


@dataclass(frozen=True)
class Left:
    """Counts of what `begin_forgetting` would remove."""

    people: int
    names: int
    certificates: int
    mails: int


def count_left(session: Session, event: Event) -> Left:
    """Return the counts for the person who decides. That takes as long as the rehearsal was
    large."""

    rehearsed = Volunteer.event_id == event.id, *_only_rehearsed()
    issued = Certificate.volunteer_id.in_(select(Volunteer.id).where(*rehearsed))
    return Left(
        people=count_rehearsed(session, event),
        names=count_where(session, *rehearsed, Volunteer.given_name != ""),
        certificates=count_where(session, Certificate.event_id == event.id, issued),
        mails=count_where(session, RehearsalMail.event_id == event.id),
    )


def _has_begun(session: Session, event: Event) -> bool:
    """Return whether there was a real mail to somebody, or any is on its way."""
    to_people = [Mail.event_id == event.id, is_to_people()]
    was_real = exists().where(
        Attempt.mail_id.in_(select(Mail.id).where(*to_people)), Attempt.account != ""
    )
    is_busy = exists().where(Mail.event_id == event.id, Mail.volunteer_id.is_not(None), OPEN)
    return bool(session.scalar(select(was_real)) or session.scalar(select(is_busy)))


def begin_forgetting(session: Session, event: Event) -> list[Act]:
    """Return the acts that put everybody back to status 0, as if nothing had been sent; none if
    `count_rehearsed` is 0. The event is locked.

    Mails, entered names and certificates of the rehearsal are removed, and so are the mails in its
    mailbox: their links stop working, and everybody gets a new one. Names that came with the list
    are kept. After an interruption, the same acts remove the rest, except people invited for real
    in the meantime.
    """
    count = count_rehearsed(session, event)
    if not count:
        return []
    event.is_forgetting_rehearsal = True
    audit.record(session, Action.BEGUN_FOR_REAL, event.id, count=count)
    return [EmptyMailbox(), ForgetRehearsal()]


@dataclass(frozen=True)
class EmptyMailbox(Act):
    """Delete the mails in the rehearsal mailbox."""

    unit = RehearsalMail
    lock = Lock.NONE
    may_grow = True
    label = _FORGETTING

    def store(self, turn: Turn, ids: Sequence[int]) -> int:
        change_unread(turn.session, delete(RehearsalMail).where(RehearsalMail.id.in_(ids)))
        return len(ids)


@dataclass(frozen=True)
class ForgetRehearsal(ConcludedAct):
    """Remove the rehearsal of everybody who only rehearsed, which a turn judges with them
    locked."""

    may_grow = True
    label = _FORGETTING
    summary = (N_("The list is ready. Now send the invitations."),)

    def store(self, turn: Turn, ids: Sequence[int]) -> int:
        session = turn.session
        # Somebody who pressed at the same time may be done with it, and then these are real mails.
        if not turn.event.is_forgetting_rehearsal:
            return 0
        # Locked before they are judged, so that nobody submits and no mail is added.
        locked = select(Volunteer.id).where(Volunteer.id.in_(ids)).order_by(Volunteer.id)
        session.execute(locked.with_for_update())
        rehearsed = select(Volunteer.id).where(Volunteer.id.in_(ids), *_only_rehearsed())
        people = session.scalars(rehearsed).all()
        mails = select(Mail.id).where(Mail.volunteer_id.in_(people))
        change_unread(session, delete(Attempt).where(Attempt.mail_id.in_(mails)))
        change_unread(session, delete(Mail).where(Mail.volunteer_id.in_(people)))
        theirs = select(Certificate.id).where(Certificate.volunteer_id.in_(people))
        states.let_go(session, turn.event.id, theirs)
        change_unread(session, delete(Certificate).where(Certificate.volunteer_id.in_(people)))
        everybody = update(Volunteer).where(Volunteer.id.in_(people))
        # An organizer may have issued a certificate with another name than the list's, too.
        named = everybody.where(Volunteer.given_name != "")
        change_unread(session, named.values(given_name=""))
        ended = without(FACTS, Ended.BEGIN_FOR_REAL)
        change_unread(session, everybody.values(**ended, token=None, status=Status.NEW))
        rehearsal_forgotten(session, people)
        return len(people)

    def conclude(self, session: Session, event: Event, collected: Tally) -> None:
        event.is_forgetting_rehearsal, event.first_few = False, []


def _only_rehearsed() -> list[ColumnElement[bool]]:
    """Return the conditions that nothing real was sent to a volunteer, is about to be, or was
    issued to be handed over."""
    theirs = Mail.volunteer_id == Volunteer.id
    is_real = exists().where(theirs, Attempt.mail_id == Mail.id, Attempt.account != "")
    will_be = exists().where(theirs, Mail.state.in_(NOT_SENT))
    is_handed_over = exists().where(
        Certificate.volunteer_id == Volunteer.id,
        Certificate.by_organizer.is_(True),
        Certificate.event_id == Event.id,
        Certificate.created_at >= Event.live_at,
    )
    return [~real.correlate(Volunteer) for real in (is_real, will_be, is_handed_over)]
