"""What earlier attempts left to a claim: a worker that died, an unknown outcome."""

import logging
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shared.mail.kinds.registry import kinds
from shared.mail.queue import attempts, transitions
from shared.storage.models import Event, Mail, MailState, Verdict
from shared.storage.models.message import OPEN
from shared.storage.traits import asked

log = logging.getLogger(__name__)

# How often a mail may be lost during the hand-over before a person decides. Without a limit, a
# defect in settling would send it again and again.
_UNKNOWN_OUTCOMES = 3
_LOOK_AGAIN = timedelta(minutes=10)


def may_be_taken(session: Session, mail: Mail, is_wanted: bool) -> bool:
    """Drop mails that are no longer wanted, and those that a dead worker left with an unknown
    outcome."""
    if not is_wanted:
        transitions.overtaken(mail)
    elif mail.state is MailState.SENDING and attempts.was_handed_over(session, mail):
        transitions.outcome_unknown(mail)
        if mail.event.ask_when_unsure or (
            attempts.count_unknown_outcomes(session, mail) >= _UNKNOWN_OUTCOMES
        ):
            transitions.worker_vanished(mail)
    elif (
        # Its last outcome is unknown; a person who sends it again clears that.
        mail.state is MailState.QUEUED
        and mail.verdict == Verdict.UNSURE
        and mail.event.ask_when_unsure
    ):
        transitions.left_to_a_person(mail)
    return mail.state in (MailState.QUEUED, MailState.SENDING)


def set_aside(session: Session, mails: Collection[int]) -> None:
    """Let a person decide about mails on which workers got stuck, unless they began to leave."""
    waiting = Mail.id.in_(mails), Mail.state.in_([MailState.QUEUED, MailState.SENDING])
    for mail in session.scalars(select(Mail).where(*waiting).order_by(Mail.id).with_for_update()):
        if not attempts.was_handed_over(session, mail):
            log.error("mail %d is put aside: workers got stuck on it twice in a row", mail.id)
            transitions.set_aside(mail)


def leave_unknown(session: Session, event: Event, now: datetime) -> None:
    """Put off due messages of kinds that this program does not know.

    They stay queued: the newer version that queued them sends them.
    """
    unknown = [
        Mail.event_id == event.id,
        asked(OPEN),
        Mail.due_at <= now,
        Mail.kind.not_in([kind.name for kind in kinds()]),
    ]
    counted = select(Mail.kind, func.count()).where(*unknown).group_by(Mail.kind)
    for kind, count in session.execute(counted):
        log.error("event %d: %d messages of the unknown kind %r stay queued", event.id, count, kind)
    transitions.left_alone(session, now + _LOOK_AGAIN, *unknown)
