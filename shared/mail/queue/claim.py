"""Claiming: which mails are due, and which a worker sends next, so that no other sends it too.

Exactly-once is impossible over SMTP: the server may accept a mail and its answer be lost. The
promise is that no mail is lost, that none counts as sent before the server said so, and that every
one that may arrive twice is marked (`maybe_duplicate`) and has the same Message-ID both times.
"""

import hmac
import json
import logging
import random
import secrets
import time
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import ColumnElement, Select, and_, bindparam, false, func, or_, select, true
from sqlalchemy.orm import Session, joinedload

from shared.mail.accounts import allowance
from shared.mail.kinds.registry import Kinds, kind_of, kinds
from shared.mail.queue import attempts, reasons, transitions
from shared.mail.queue.attempts import Claimed
from shared.mail.queue.reasons import none_of
from shared.storage.clock import database_time
from shared.storage.models import Event, Mail, SendingAccount
from shared.storage.models.message import OPEN
from shared.storage.sealing.own_keys import MESSAGE_IDS, own_key
from shared.storage.sealing.tokens import Seal
from shared.storage.traits import holds

log = logging.getLogger(__name__)

# Messages of unknown kinds are read again after that time.
_UNKNOWN_AGAIN = timedelta(minutes=10)
# Mails of an event in rehearsal go nowhere, so any domain that nobody owns will do (RFC 2606).
REHEARSAL_SENDER = "certificates@example.org"
# No account has this number.
_NO_ACCOUNT = -1
# Statements for due mails, each with the flags of `_may_be_taken`.
_Statements = Sequence[Select[Mail, bool, bool, bool, bool]]


class MessageIds:
    """Message-IDs, derived from a mail with a key, without which nobody can guess one (RFC 5322,
    3.6.4).

    After a restore from a backup, the same mail gets the same id again, so mailboxes can fold the
    copies, and a sent folder or a server's log shows which mails were sent.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, mail: Mail, domain: str) -> str:
        """Return `<number-16 hexadecimal digits@domain>`; the number is the id of the person's
        row."""
        person = mail.volunteer
        if person is None:
            # Each test mail is a new one.
            return f"<0-{secrets.token_hex(8)}@{domain}>"
        certificate = mail.certificate.public_id if mail.certificate else ""
        # Ids of rows are not enough: they are used again after a restore.
        about = [
            *(mail.event_id, person.id, person.created_at.isoformat()),
            *(kind_of(mail.kind).family, mail.version, certificate),
        ]
        digest = hmac.digest(self._key, json.dumps(about).encode(), "sha256")
        return f"<{person.id}-{digest[:8].hex()}@{domain}>"


def message_ids(session: Session, seal: Seal) -> MessageIds:
    """Return the Message-IDs of this installation; a writing session is needed at their first use.

    Raises SettingRefused if none of the keys of `seal` opens their key.
    """
    return MessageIds(own_key(session, seal, MESSAGE_IDS))


def claim(
    session: Session, slots: int, lease: timedelta, ids: MessageIds, besides: int | None = None
) -> list[Claimed]:
    """Take up to `slots` mails that are due and that their accounts allow, for the time of `lease`;
    none of events that use the account `besides`.

    In one transaction, attempts are counted and stored before anything is handed over, so that a
    crash can at worst waste a little budget. The mails are of one event, so that two workers never
    wait for each other's accounts.
    """
    now = database_time(session)
    waiting = list(session.scalars(_EVENTS_WITH_DUE_MAIL, _values(now, besides)))
    random.shuffle(waiting)  # No event starves while another one has much to send.
    for event in waiting:
        for account, statements in _ways_out(event):
            if claimed := _claim_through(
                session, account, event, statements, slots, now, lease, ids
            ):
                return claimed
    return []


def _claim_through(
    session: Session,
    account: SendingAccount | None,
    event: Event,
    statements: _Statements,
    slots: int,
    now: datetime,
    lease: timedelta,
    ids: MessageIds,
) -> list[Claimed]:
    claimed_at, rate = time.monotonic(), 0.0
    if account:
        if not allowance.lock_account(session, account, event, ~reasons.RESTS, now):
            return []
        slots, rate = allowance.allowance(session, account, now, slots)
    wanted: list[Mail] = []
    for due_mails in statements:
        while len(wanted) < slots:
            count = slots - len(wanted)
            values = {"event": event.id, "now": now, "count": count}
            rows = session.execute(due_mails, values).all()
            if any(is_unknown for _, _, is_unknown, *_ in rows):
                _leave_unknown(session, event, now)
            taken = [row[0] for row in rows if _may_be_taken(*row)]
            domain = sender_of(event, account).rpartition("@")[2]
            for mail in taken:
                message_id = mail.message_id or ids.of(mail, domain)
                transitions.claimed(mail, message_id, now + lease)
            session.flush()
            wanted += taken
            if len(rows) < count:
                break
    not_before = time.monotonic()
    if account and wanted:
        if account.next_at:
            later = account.next_at + allowance.AHEAD - database_time(session)
            not_before += later.total_seconds()
        allowance.note_claimed(account, len(wanted), rate, now)
    begun = attempts.begin(session, wanted, account, now)
    return [
        Claimed(
            mail_id=mail.id,
            try_number=mail.tries,
            attempt_id=begun[mail.id],
            kind=kind_of(mail.kind),
            address=mail.address,
            message_id=mail.message_id,
            event=event,
            account=account,
            mail=mail,
            claimed_at=claimed_at,
            not_before=not_before,
        )
        for mail in wanted
    ]


def sender_of(event: Event, account: SendingAccount | None) -> str:
    """Return the address in From."""
    return event.from_address or account.username if account else REHEARSAL_SENDER


# After a worker that died, an unknown outcome, or an unknown kind


def _may_be_taken(
    mail: Mail, has_begun: bool, is_unknown: bool, is_unwanted: bool, is_undecided: bool
) -> bool:
    """Cancel a mail that is no longer wanted, or leave one with an unknown outcome to a person;
    return whether it is still to be sent."""
    if is_unwanted and not is_unknown:
        transitions.overtaken(mail)
    elif has_begun:
        transitions.outcome_unknown(mail)
        if is_undecided:
            transitions.worker_vanished(mail)
    elif is_undecided:
        transitions.left_to_a_person(mail)
    return not is_unknown and holds(OPEN, mail)


def set_aside(session: Session, mails: Collection[int]) -> None:
    """Let a person decide about mails on which workers got stuck, unless their hand-over began."""
    waiting = Mail.id.in_(mails), OPEN
    for mail in session.scalars(select(Mail).where(*waiting).order_by(Mail.id).with_for_update()):
        if not attempts.was_handed_over(session, mail):
            log.error("mail %d is put aside: workers got stuck on it twice in a row", mail.id)
            transitions.set_aside(mail)


def _leave_unknown(session: Session, event: Event, now: datetime) -> None:
    """Put off due messages of kinds that this program does not know.

    They stay queued: the newer version that queued them sends them.
    """
    is_unknown = reasons.when_read(kinds())[0].holds
    unknown = [Mail.event_id == event.id, OPEN, Mail.due_at <= now, is_unknown]
    counted = select(Mail.kind, func.count()).where(*unknown).group_by(Mail.kind)
    for kind, count in session.execute(counted):
        log.error("event %d: %d messages of the unknown kind %r stay queued", event.id, count, kind)
    transitions.left_alone(session, now + _UNKNOWN_AGAIN, *unknown)


# Due mails, for a claim and for an idle worker


def is_anything_due(session: Session, besides: int | None = None) -> bool:
    """Return whether any message is due: a cheap query for an idle worker, in a reading session.

    With the account `besides`, only messages of other accounts that accept mail now count.
    """
    now = database_time(session)
    found = _ONE_EVENT_WITH_DUE_MAIL if besides is None else _ONE_EVENT_OF_OTHERS
    return session.scalar(found, _values(now, besides)) is not None


def _values(now: datetime, besides: int | None) -> dict[str, object]:
    """Return the parameters of the statements about events with due mails."""
    return {"now": now, "besides": _NO_ACCOUNT if besides is None else besides}


def _ways_out(event: Event) -> list[tuple[SendingAccount | None, _Statements]]:
    """Return the accounts with the statements for the mails that each may send; None is the
    rehearsal.

    The statements have the parameters "event", "now" and "count". Only test mails are sent through
    an account that is not live yet.
    """
    runs = not any(holds(reason.holds, event) for reason in reasons.OF_PEOPLES_MAIL)
    own, to_people, all_of_them = _due_in_turn(kinds())
    if event.account is None or event.live_at:
        return [(event.account, all_of_them if runs else own)]
    return [(event.account, own), (None, to_people if runs else [])]


def _has_due_mail() -> ColumnElement[bool]:
    """Return whether an `Event` has due mail: urgent, other, or the organizer's test mails during a
    stop, each by an index."""
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
    is_due = or_(and_(*none_of(reasons.OF_PEOPLES_MAIL), or_(*due[:2])), due[2])
    return and_(*none_of(reasons.OF_EVENTS), is_due)


def _is_due() -> ColumnElement[bool]:
    return and_(*none_of(reasons.OF_STATES), *none_of(reasons.OF_TIMES))


def _due_mails(known: Kinds, which: ColumnElement[bool]) -> Select[Mail, bool, bool, bool, bool]:
    """Return the statement for due mails that no other worker is claiming, with whether each was
    being handed over and which of the reasons `when_read` hold."""
    unknown, unwanted, undecided = (reason.holds for reason in reasons.when_read(known))
    return (
        select(Mail, attempts.has_begun_to_leave(), unknown, unwanted, undecided)
        .where(Mail.event_id == bindparam("event"), _is_due(), which)
        .order_by(Mail.due_at, Mail.id)
        .limit(bindparam("count"))
        .options(joinedload(Mail.volunteer), joinedload(Mail.certificate))
        .with_for_update(skip_locked=True, of=Mail)
        .execution_options(populate_existing=True)
    )


_IS_OF_OTHERS = func.coalesce(Event.account_id, _NO_ACCOUNT - 1) != bindparam("besides")
_EVENTS_WITH_DUE_MAIL = (
    select(Event).where(_has_due_mail(), _IS_OF_OTHERS).options(joinedload(Event.account))
)
_ONE_EVENT_WITH_DUE_MAIL = select(Event.id).where(_has_due_mail()).limit(1)
_ONE_EVENT_OF_OTHERS = (
    select(Event.id)
    .outerjoin(Event.account)
    .where(_has_due_mail(), _IS_OF_OTHERS, ~reasons.RESTS)
    .limit(1)
)


@cache
def _due_in_turn(known: Kinds) -> tuple[_Statements, _Statements, _Statements]:
    """Return the statements for the organizer's own test mails, which no stop holds; for mails to
    people; and for both."""
    to_people = Mail.volunteer_id.is_not(None)
    urgent_first = (Mail.urgent == true(), Mail.urgent == false())
    return (
        [_due_mails(known, Mail.volunteer_id.is_(None))],
        [_due_mails(known, and_(urgent, to_people)) for urgent in urgent_first],
        [_due_mails(known, urgent) for urgent in urgent_first],
    )
