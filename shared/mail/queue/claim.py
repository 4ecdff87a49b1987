"""The queue: which mail is sent next, and by which worker, so that no other sends it too.

Exactly-once is impossible over SMTP: the server may accept a mail and its answer be lost. The
promise is that no mail is lost, that none counts as sent before the server said so, and that every
one that may arrive twice is marked (`maybe_duplicate`) and has the same Message-ID both times.
"""

import logging
import random
import time
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shared.mail.accounts import health
from shared.mail.kinds.registry import is_known, kind_of, kinds
from shared.mail.queue import attempts, transitions
from shared.mail.queue.claimed import Claimed
from shared.mail.queue.due import EVENTS_WITH_DUE_MAIL, Statements, values_of, ways_out
from shared.mail.queue.message_ids import MessageIds
from shared.storage.database import database_time
from shared.storage.models import Event, Mail, MailState, SendingAccount, Verdict
from shared.storage.models.message import OPEN
from shared.storage.traits import holds, literal_sql

log = logging.getLogger(__name__)

# How often a mail may be lost during the hand-over before a person decides. Without a limit, a
# defect in settling would send it again and again.
_UNKNOWN_OUTCOMES = 3
_LOOK_AGAIN = timedelta(minutes=10)
# Mails of an event in rehearsal go nowhere, so any domain that nobody owns will do (RFC 2606).
REHEARSAL_SENDER = "certificates@example.org"


def claim(
    session: Session,
    slots: int,
    lease: timedelta,
    ids: MessageIds,
    besides: int | None = None,
) -> list[Claimed]:
    """Take up to `slots` mails that are due and that their accounts allow.

    None of an event that uses the account `besides`.

    One transaction: the try is counted and the attempt noted before anything is handed over, so
    a crash can at worst waste a little budget. It takes the mails of one event only, so that two
    workers never wait for each other's accounts.
    """
    now = database_time(session)
    waiting = list(session.scalars(EVENTS_WITH_DUE_MAIL, values_of(now, besides)))
    random.shuffle(waiting)  # No event starves while another one has much to send.
    for event in waiting:
        for account, statements in ways_out(event):
            if claimed := _claim_through(
                session, account, event, statements, slots, now, lease, ids
            ):
                return claimed
    return []


def _claim_through(
    session: Session,
    account: SendingAccount | None,
    event: Event,
    statements: Statements,
    slots: int,
    now: datetime,
    lease: timedelta,
    ids: MessageIds,
) -> list[Claimed]:
    claimed_at = time.monotonic()
    if account:
        if not health.lock_account(session, account, event):
            return []
        slots = health.allowance(session, account, now, slots)
    wanted: list[Mail] = []
    for due_mails in statements:
        while len(wanted) < slots:
            values = {"event": event.id, "now": now, "count": slots - len(wanted)}
            rows = session.execute(due_mails, values).all()
            if not rows:
                break
            known = [(mail, is_wanted) for mail, is_wanted in rows if is_known(mail.kind)]
            if len(known) < len(rows):
                _leave_unknown(session, event, now)
            taken = [mail for mail, is_wanted in known if _may_be_taken(session, mail, is_wanted)]
            domain = sender_of(event, account).rpartition("@")[2]
            for mail in taken:
                message_id = mail.message_id or ids.of(mail, domain)
                transitions.claimed(mail, message_id, now + lease)
            session.flush()
            wanted += taken
    not_before = time.monotonic()
    if account and wanted:
        if account.next_at:
            not_before += (account.next_at - database_time(session)).total_seconds()
        health.note_claimed(account, len(wanted), now, lease)
    begun = attempts.begin(session, wanted, account, now)
    return [
        Claimed(
            mail_id=mail.id,
            try_number=mail.tries,
            attempt_id=begun[mail.id],
            kind=kind_of(mail.kind),
            address=mail.address,
            message_id=mail.message_id,
            wording_of=mail.wording_of,
            group_id=mail.group_id,
            event=event,
            account=account,
            volunteer=mail.volunteer,
            certificate=mail.certificate,
            claimed_at=claimed_at,
            not_before=not_before,
        )
        for mail in wanted
    ]


def sender_of(event: Event, account: SendingAccount | None) -> str:
    """The address in From."""
    return event.from_address or account.username if account else REHEARSAL_SENDER


# What earlier attempts left: a worker that died, an unknown outcome, an unknown kind


def _may_be_taken(session: Session, mail: Mail, is_wanted: bool) -> bool:
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
    return holds(OPEN, mail)


def set_aside(session: Session, mails: Collection[int]) -> None:
    """Let a person decide about mails on which workers got stuck, unless they began to leave."""
    waiting = Mail.id.in_(mails), OPEN
    for mail in session.scalars(select(Mail).where(*waiting).order_by(Mail.id).with_for_update()):
        if not attempts.was_handed_over(session, mail):
            log.error("mail %d is put aside: workers got stuck on it twice in a row", mail.id)
            transitions.set_aside(mail)


def _leave_unknown(session: Session, event: Event, now: datetime) -> None:
    """Put off due messages of kinds that this program does not know.

    They stay queued: the newer version that queued them sends them.
    """
    unknown = [
        Mail.event_id == event.id,
        literal_sql(OPEN),
        Mail.due_at <= now,
        Mail.kind.not_in([kind.name for kind in kinds()]),
    ]
    counted = select(Mail.kind, func.count()).where(*unknown).group_by(Mail.kind)
    for kind, count in session.execute(counted):
        log.error("event %d: %d messages of the unknown kind %r stay queued", event.id, count, kind)
    transitions.left_alone(session, now + _LOOK_AGAIN, *unknown)
