"""The queue: which mail is to be sent now, by whom, and that nobody else sends it meanwhile.

Exactly-once is impossible over SMTP: the server may accept a mail and the answer be lost. What is
promised: no mail is lost, none counts as sent before the server said so, and every one that may
arrive twice is known by name (`maybe_duplicate`) and has the same Message-ID both times.
"""

import random
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import (
    ColumnElement,
    Select,
    Update,
    and_,
    bindparam,
    false,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Session, joinedload

from shared.mail.accounts import health
from shared.mail.kinds.registry import Kinds, is_known, kind_of, kinds, still_wanted
from shared.mail.queue import attempts, transitions
from shared.mail.queue.claimed import Claimed
from shared.mail.queue.left_behind import leave_unknown, may_be_taken
from shared.storage.database import database_time
from shared.storage.models import (
    Attempt,
    Event,
    Mail,
    MailState,
    Sending,
    SendingAccount,
)
from shared.storage.partial_indexes import OPEN_MAIL, asked

# Mails of an event in rehearsal go nowhere, so any domain that nobody owns will do (RFC 2606).
REHEARSAL_SENDER = "certificates@example.org"


def claim(session: Session, slots: int, lease: timedelta) -> list[Claimed]:
    """Take up to `slots` mails that are due and that their accounts allow.

    One transaction: the try is counted and the attempt noted before anything is handed over, so
    a crash can at worst waste a little budget. The mails of one event at a time, so that two
    workers never wait for each other's accounts.
    """
    now = database_time(session)
    waiting = list(session.scalars(_EVENTS_WITH_DUE_MAIL, {"now": now}))
    random.shuffle(waiting)  # No event starves while another one has much to send.
    for event in waiting:
        claimed = _claim_for(session, event, slots, now, lease)
        if claimed:
            return claimed
    return []


def is_anything_due(session: Session) -> bool:
    """A cheap look for an idle worker, without the right to write."""
    now = database_time(session)
    return session.scalar(_ONE_EVENT_WITH_DUE_MAIL, {"now": now}) is not None


def begin_hand_overs(session: Session, tasks: list[Claimed], lease: timedelta) -> set[int]:
    """The last look before contents go out: which mails are still ours, and still wanted?

    Returns the ids of their attempts. Their leases start anew, and it is noted that from now on a
    lost answer leaves the outcome open. Left out are those of a worker that slept through its
    lease, of an event that was paused, and what was taken back or overtaken by a submit.
    """
    now = database_time(session)
    # Kept statements on the session's connection: a sixth of the time of loaded rows.
    connection = session.connection()
    ends = now + lease
    renewed_lease = _renewed_lease(kinds())
    ours = [
        task
        for task in sorted(tasks, key=lambda task: task.mail_id)
        if connection.execute(
            renewed_lease,
            {"mail": task.mail_id, "try": task.try_number, "now": now, "ends": ends},
        ).rowcount
    ]
    attempts.hand_over(session, ours, now)
    return {task.attempt_id for task in ours}


def give_back(session: Session, claimed: Claimed) -> bool:
    """Put an unsent mail back into the queue; False when it was handed over or is not ours."""
    mail = session.get(Mail, claimed.mail_id, with_for_update=True)
    attempt = session.get(Attempt, claimed.attempt_id)
    if mail is None or attempt is None:
        return False  # The rehearsal that it belonged to was forgotten.
    if attempt.phase == attempts.HANDED_OVER:
        return False
    now = database_time(session)
    attempts.end_unasked(session, claimed, now)
    if mail.tries != claimed.try_number or mail.state is not MailState.SENDING:
        return False
    transitions.given_back(mail, now)
    return True


def _has_due_mail() -> ColumnElement[bool]:
    """Each way by an index: urgent, other, and the organizer's own test mails in a pause."""
    due = [
        # Not EXISTS, for which PostgreSQL may read all due mails of all events beforehand.
        select(Mail.id)
        .where(Mail.event_id == Event.id, _is_due(), which)
        .order_by(Mail.due_at)
        .limit(1)
        .correlate(Event)
        .scalar_subquery()
        .is_not(None)
        for which in (Mail.urgent == true(), Mail.urgent == false(), Mail.volunteer_id.is_(None))
    ]
    return or_(and_(Event.sending == Sending.RUNNING, or_(*due[:2])), due[2])


def _may_send() -> ColumnElement[bool]:
    """A pause holds everything but the organizer's own test mails."""
    return or_(Event.sending == Sending.RUNNING, Mail.volunteer_id.is_(None))


def _is_due() -> ColumnElement[bool]:
    return and_(asked(OPEN_MAIL), Mail.due_at <= bindparam("now"))


def _due_mails(known: Kinds, which: ColumnElement[bool]) -> Select[Mail, bool]:
    """The next due mails that no other worker is claiming now, and whether they are wanted."""
    return (
        select(Mail, still_wanted(known))
        .where(Mail.event_id == bindparam("event"), _is_due(), which)
        .order_by(Mail.due_at, Mail.id)
        .limit(bindparam("count"))
        .options(joinedload(Mail.volunteer), joinedload(Mail.certificate))
        .with_for_update(skip_locked=True, of=Mail)
        .execution_options(populate_existing=True)
    )


_Statements = Sequence[Select[Mail, bool]]

# Kept: to build these statements takes longer than to run them.
_EVENTS_WITH_DUE_MAIL = select(Event).where(_has_due_mail())
_ONE_EVENT_WITH_DUE_MAIL = select(Event.id).where(_has_due_mail()).limit(1)


@cache
def _due_in_turn(known: Kinds, sending: Sending) -> _Statements:
    # A pause holds everything but the organizer's own test mails.
    paused = [Mail.volunteer_id.is_(None)]
    running = [Mail.urgent == true(), Mail.urgent == false()]
    due = running if sending is Sending.RUNNING else paused
    return [_due_mails(known, which) for which in due]


@cache
def _due_in_rehearsal(known: Kinds) -> _Statements:
    """An account was entered, but is not live: test mails are its own."""
    to_people = Mail.volunteer_id.is_not(None)
    return [
        _due_mails(known, and_(Mail.urgent == urgent, to_people)) for urgent in (true(), false())
    ]


@cache
def _renewed_lease(known: Kinds) -> Update:
    may_send = Mail.event_id.in_(select(Event.id).where(_may_send()))
    return transitions.renewing_lease(may_send, still_wanted(known))


def _claim_for(
    session: Session, event: Event, slots: int, now: datetime, lease: timedelta
) -> list[Claimed]:
    """Mails of one way out: an account that is not live yet is for test mails alone."""
    for account, statements in _ways_out(event):
        if claimed := _claim_through(session, account, event, statements, slots, now, lease):
            return claimed
    return []


def _ways_out(event: Event) -> list[tuple[SendingAccount | None, _Statements]]:
    if event.account is None or event.live_at:
        return [(event.account, _due_in_turn(kinds(), event.sending))]
    rehearsed = _due_in_rehearsal(kinds()) if event.sending is Sending.RUNNING else []
    return [(event.account, _due_in_turn(kinds(), Sending.STOPPED)), (None, rehearsed)]


def _claim_through(
    session: Session,
    account: SendingAccount | None,
    event: Event,
    statements: _Statements,
    slots: int,
    now: datetime,
    lease: timedelta,
) -> list[Claimed]:
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
                leave_unknown(session, event, now)
            taken = [mail for mail, is_wanted in known if may_be_taken(session, mail, is_wanted)]
            wanted += _take(taken, account, now + lease)
            session.flush()
    if account and wanted:
        health.space_out(account, now, lease)
    return _noted(session, wanted, account, now)


def _take(mails: list[Mail], account: SendingAccount | None, lease_end: datetime) -> list[Mail]:
    for mail in mails:
        transitions.claimed(mail, mail.message_id or _new_message_id(mail, account), lease_end)
    return mails


def _noted(
    session: Session, mails: list[Mail], account: SendingAccount | None, now: datetime
) -> list[Claimed]:
    """Begin an attempt for each mail."""
    ids = attempts.begin(session, mails, account, now)
    return [
        Claimed(
            mail_id=mail.id,
            try_number=mail.tries,
            attempt_id=attempt_id,
            kind=kind_of(mail.kind),
            address=mail.address,
            message_id=mail.message_id,
            wording_of=mail.wording_of,
            event=mail.event,
            account=account,
            volunteer=mail.volunteer,
            certificate=mail.certificate,
        )
        for mail, attempt_id in zip(mails, ids, strict=True)
    ]


def sender_of(event: Event, account: SendingAccount | None) -> str:
    """The address in From."""
    return event.from_address or account.username if account else REHEARSAL_SENDER


def _new_message_id(mail: Mail, account: SendingAccount | None) -> str:
    """Unique, in the sender's domain (RFC 5322, 3.6.4), and of no use to who guesses ids."""
    domain = sender_of(mail.event, account).rpartition("@")[2]
    return f"<{mail.id}-{secrets.token_hex(8)}@{domain}>"
