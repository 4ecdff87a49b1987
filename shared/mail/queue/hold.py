"""Mails that wait since the database was restored or moved, until a person says what happened.

What left after the copy was made is not in it. For each event a person decides whether its waiting
mails left then, go out again, or are asked about one by one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from sqlalchemy import ColumnElement, Select, func, select, update
from sqlalchemy.orm import Session

from shared.events import event_for_change
from shared.events.installation import Installation
from shared.language import N_
from shared.log import audit
from shared.log.actor import Actor
from shared.mail.queue import transitions
from shared.mail.queue.claim import sender_of
from shared.mail.queue.due import is_held
from shared.mail.queue.failed_mails import mark_unsure_as_sent
from shared.mail.queue.long_commands import Told, in_turns
from shared.mail.queue.message_ids import MessageIds, message_ids
from shared.storage.database import Database, database_time
from shared.storage.models import Action, Event, Mail, MailState, Owner

HELD = N_(
    "This database is older than what was sent, or was moved. Mails wait until somebody has said, "
    "under “Sending” of each event, what became of those that had not left when the copy was made."
)
_WAITING = (MailState.HELD, MailState.QUEUED, MailState.SENDING)
# What identifies a mail in a Message-ID; mail servers' logs may change the case of the domain.
_IN_A_LOG = re.compile(r"(?<![0-9])([0-9]{1,18}-[0-9a-f]{16})@")


class Answer(StrEnum):
    """What a person says about the mails of an event that wait; the log keeps these values."""

    THEY_LEFT = "they_left"
    SEND_AGAIN = "send_again"
    ASK_FOR_EACH = "ask_for_each"


def hold(session: Session) -> None:
    """From now on, no mail of the events that exist leaves until a person has decided."""
    owner = session.get_one(Owner, 1, with_for_update=True)
    owner.held_at = database_time(session)
    audit.record(session, Action.MAILS_HELD, None)


def end_where_nothing_waits(database: Database) -> None:
    """End the hold of events about which there is nothing to decide (any more)."""
    over = [is_held(), ~_has_waiting()]
    with database.reading() as session:
        if session.scalar(select(Owner.held_at)) is None:
            return
        events = session.scalars(select(Event.id).where(*over)).all()
    if events:
        with database.writing() as session:
            ended = update(Event).where(Event.id.in_(events), *over)
            session.execute(ended.values(hold_ended_at=database_time(session)))


def is_any_held(session: Session) -> bool:
    """Whether a person still has to decide about waiting mails of any event."""
    if session.scalar(select(Owner.held_at)) is None:
        return False
    held = select(Event.id).where(is_held(), Event.deleted_at.is_(None), _has_waiting())
    return session.scalar(held.limit(1)) is not None


def count_held(session: Session, event_id: int) -> int:
    """About how many waiting mails of the event a person still has to decide."""
    if session.scalar(select(Event.id).where(Event.id == event_id, is_held())) is None:
        return 0
    waiting = select(func.count()).select_from(Mail).where(*_waits(), Mail.event_id == event_id)
    return session.scalars(waiting).one()


@dataclass(frozen=True)
class _Decision:
    answer: Answer
    # In Message-IDs; None: all left.
    known_to_have_left: frozenset[str] | None
    ids: MessageIds


def decide_in_turns(
    installation: Installation,
    event_id: int,
    answer: Answer,
    told: Told,
    by: Actor | None = None,
    log_of_what_left: str = "",
) -> int:
    """End the hold of the event as a person says; returns how many mails that concerned.

    `log_of_what_left` is text in which the Message-IDs of the mails stand that left (a mail
    server's log, the sources of a sent folder): only these count as sent, and the others go out.
    Without it, THEY_LEFT means all. Each mail that goes out is marked as a possible duplicate.
    Raises EventUnknown, and SettingRefused when no key opens the Message-IDs' own.
    """
    database = installation.database
    with database.writing() as session:
        ids = message_ids(session, installation.seal)
    named = frozenset(_IN_A_LOG.findall(log_of_what_left))
    decision = _Decision(answer, named if log_of_what_left.strip() else None, ids)

    def decide_some(session: Session, mail_ids: Sequence[int]) -> int:
        event = event_for_change(session, event_id)
        mails = select(Mail).where(Mail.id.in_(mail_ids), Mail.state.in_(_WAITING))
        locked = session.scalars(mails.order_by(Mail.id).with_for_update(of=Mail)).all()
        for mail in locked:
            _decide(session, event, mail, decision)
        return len(locked)

    begin = partial(audit.begin, database, by, Action.HOLD_ENDED, event_id, fields=[answer.value])
    count = in_turns(database, _waiting(event_id), decide_some, told, begin)
    with database.writing() as session:
        event_for_change(session, event_id).hold_ended_at = database_time(session)
    return count


def _decide(session: Session, event: Event, mail: Mail, decision: _Decision) -> None:
    if decision.answer is Answer.ASK_FOR_EACH:
        transitions.asked_since_the_restore(mail)
    elif decision.answer is Answer.THEY_LEFT and _left(event, mail, decision):
        transitions.asked_since_the_restore(mail)
        session.flush()
        mark_unsure_as_sent(session, mail)
    else:
        transitions.outcome_unknown(mail)
        if mail.state is MailState.SENDING:
            # The worker that had it in hand knew another database.
            transitions.given_back(mail, database_time(session))


def _left(event: Event, mail: Mail, decision: _Decision) -> bool:
    if decision.known_to_have_left is None:
        return True
    sender = sender_of(event, event.live_account)
    of_mail = mail.message_id or decision.ids.of(mail, sender.rpartition("@")[2])
    return of_mail.strip("<").partition("@")[0] in decision.known_to_have_left


def _waiting(event_id: int) -> Select[int]:
    """The ids of the event's mails that had not left when the copy was made."""
    return select(Mail.id).where(*_waits(), Mail.event_id == event_id).order_by(Mail.id)


def _has_waiting() -> ColumnElement[bool]:
    one = select(Mail.id).where(*_waits(), Mail.event_id == Event.id).limit(1)
    return one.correlate(Event).scalar_subquery().is_not(None)


def _waits() -> list[ColumnElement[bool]]:
    """To people, from before the restore."""
    since = select(Owner.held_at).where(Owner.id == 1).scalar_subquery()
    return [Mail.state.in_(_WAITING), Mail.volunteer_id.is_not(None), Mail.created_at < since]
