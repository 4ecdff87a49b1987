"""From the claim to the outcome of an attempt: the last check before content is sent, giving an
unsent mail back, and the outcome's changes to the mail, its volunteer and the account, at once."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import and_, bindparam, exists, or_, select, true
from sqlalchemy.orm import Session

from shared.mail.accounts import bucket, health, sharing
from shared.mail.kinds.registry import Kind, Kinds, kind_of, kinds, still_wanted
from shared.mail.queue import attempts, reasons, transitions
from shared.mail.queue.attempts import Claimed
from shared.mail.queue.reasons import none_of
from shared.mail.queue.transitions import is_open, reaching
from shared.mail.transport.answers import for_logs, without_addresses
from shared.mail.transport.outcome import Outcome
from shared.storage.clock import database_time
from shared.storage.models import (
    Attempt,
    Event,
    Mail,
    MailState,
    Phase,
    Problem,
    SendingAccount,
    Verdict,
    Volunteer,
)
from shared.storage.models.message import NOT_ARRIVED
from shared.storage.prepared import Prepared

log = logging.getLogger(__name__)

_Try = tuple[Claimed, Outcome]

# Waits after the first, second … temporary refusal; the last one repeats until the mail is given
# up, counted from its first attempt (RFC 5321, 4.5.4.1: four to five days).
RETRIES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=4),
)
PATIENCE = timedelta(days=5)
# A mail that stops its account that often, while others are accepted, is given up.
_STOPS_BY_ONE_MAIL = 3
# Phases in which a server answers a client that has signed in.
_SIGNED_IN = (Phase.MAIL, Phase.RCPT, Phase.DATA, Phase.CONTENT)

# The server did not take the mail, and said nothing about its address.
_NOT_LEFT = (Verdict.RETRY, Verdict.PAUSE, Verdict.NEEDS_OPERATOR)


def begin_hand_overs(session: Session, tasks: list[Claimed], lease: timedelta) -> set[int]:
    """Check a last time, before contents are sent, which mails are still ours and wanted; return
    the ids of their attempts.

    Their leases are renewed, and it is noted that from now on a lost answer leaves the outcome
    unknown. Left out are mails of a worker that slept through its lease, of an event that was
    stopped, and those taken back or no longer needed after a submit.
    """
    now = database_time(session)
    # Without loading rows, which takes longer than all that is written of them.
    connection, times = session.connection(), {"now": now, "ends": now + lease}
    renewed_lease = _renewed_lease(kinds())
    ours = [
        task
        for task in sorted(tasks, key=lambda task: task.mail_id)
        if renewed_lease.run(connection, [task.names | times])
    ]
    attempts.hand_over(session, ours, now)
    return {task.attempt_id for task in ours}


@cache
def _renewed_lease(known: Kinds) -> Prepared:
    is_own = Mail.volunteer_id.is_(None)
    may_leave = or_(and_(*none_of(reasons.OF_PEOPLES_MAIL)), is_own)
    none_holds = select(Event.id).where(*none_of(reasons.OF_EVENTS), may_leave)
    in_time = Mail.event_id.in_(none_holds)
    return transitions.renewing_lease(in_time, still_wanted(known))


def give_back(session: Session, claimed: Claimed) -> bool:
    """Put an unsent mail back into the queue; return False if it was handed over or is no longer
    ours."""
    mail = session.get(Mail, claimed.mail_id, with_for_update=True)
    attempt = session.get(Attempt, claimed.attempt_id)
    if mail is None or attempt is None:
        return False  # Its rehearsal was deleted.
    if attempt.phase == attempts.HANDED_OVER:
        return False
    now = database_time(session)
    attempts.end_unasked(session, claimed, now)
    if claimed.account_id is not None:
        bucket.give_back(session, claimed.account_id)
    if mail.tries != claimed.try_number or mail.state is not MailState.SENDING:
        return False
    transitions.given_back(mail, now)
    return True


def settle(session: Session, tries: Iterable[_Try]) -> int:
    """Store the outcomes of attempts; return how many mails were still in this worker's hands.

    The try number protects them: a worker that is late changes nothing but its own attempt. An
    attempt that was given up as unsure can still turn out to have been sent.
    """
    now = database_time(session)
    # Mails are taken back in the same order, so that the two never deadlock.
    tries = sorted(map(_as_stored, tries), key=lambda attempt: attempt[0].mail_id)
    sent = [attempt for attempt in tries if attempt[1].verdict is Verdict.SENT]
    if 0 < len(sent) < len(tries):
        # Lock all at once in order, since sent mails are settled before the others.
        mails = select(Mail.id).where(Mail.id.in_([claimed.mail_id for claimed, _ in tries]))
        session.execute(mails.order_by(Mail.id).with_for_update())
    changed = _settle_sent(session, sent, now) if sent else 0
    for claimed, outcome in tries:
        if outcome.verdict is not Verdict.SENT:
            changed += _settle_unsent(session, claimed, outcome, now)
    return changed


def _as_stored(attempt: _Try) -> _Try:
    """Return the attempt without others' addresses in its answer, which an erasure would miss."""
    claimed, outcome = attempt
    own = [claimed.address, claimed.message_id.strip("<>"), claimed.event.from_address]
    if claimed.account:
        own.append(claimed.account.username)
    return claimed, replace(outcome, text=without_addresses(outcome.text, own))


def _settle_unsent(session: Session, claimed: Claimed, outcome: Outcome, now: datetime) -> bool:
    mail = session.scalar(
        select(Mail)
        .where(Mail.id == claimed.mail_id, Mail.tries == claimed.try_number, is_open())
        .with_for_update()
    )
    account = _account_that_hears(session, claimed, outcome)
    attempts.end(session, [(claimed, outcome)], now)
    if account:
        if outcome.verdict in _NOT_LEFT:
            bucket.give_back(session, account.id)
            session.refresh(account)
        outcome = replace(outcome, verdict=health.note_answer(session, account, outcome))
    if mail is None:
        return False
    transitions.answered(mail, outcome)
    if outcome.may_have_left:
        transitions.outcome_unknown(mail)
    _CONSEQUENCES[outcome.verdict](session, mail, now)
    return True


def refuse_to_draw(session: Session, claimed: Claimed, problem: Problem, reason: str) -> None:
    """Let a mail fail whose certificate cannot be drawn, and note why on the volunteer's row."""
    now = database_time(session)
    mail = session.get(Mail, claimed.mail_id, with_for_update=True)
    if mail is None:
        return  # Its rehearsal was deleted.
    attempts.end_unasked(session, claimed, now)
    if mail.tries == claimed.try_number and mail.state is MailState.SENDING:
        transitions.not_drawn(mail, problem, reason)


def _account_that_hears(
    session: Session, claimed: Claimed, outcome: Outcome
) -> SendingAccount | None:
    """Lock and return the account that an answer concerns; None if it concerns none."""
    if claimed.account is None:
        return None
    if outcome.phase in _SIGNED_IN and outcome.code is not None:
        sharing.note_sign_in(session, claimed.account)
    event = session.get(Event, claimed.event.id)
    # The event may be deleted while a worker was slower than its lease.
    if event is not None and event.account and sharing.sends_as(event, claimed.event):
        session.refresh(event.account, with_for_update={"key_share": True})
        return event.account
    return None


def _settle_sent(session: Session, sent: list[_Try], now: datetime) -> int:
    """Settle accepted mails, as nearly all are, with prepared statements, each run once for all.

    One by one as the others, writing takes 3.2 ms a mail instead of 0.9 (`make bench`: processor's
    time per invitation).
    """
    changed = transitions.accepted(session, sent, now)
    attempts.end(session, sent, now)
    # Raise the volunteers' status to what these messages bring, each kind with one statement.
    for kind, statement in _reached(kinds()).items():
        if reached := [claimed.names for claimed, _ in sent if claimed.kind is kind]:
            statement.run(session.connection(), reached)
    # In this order, so that two workers never deadlock on each other's accounts.
    for claimed, outcome in sorted(sent, key=lambda attempt: attempt[0].account_id or 0):
        before = claimed.account
        # An accepted mail can end a pause, start a delay or prove a password.
        is_news = before and (
            before.pauses_in_a_row or before.max_second or sharing.awaits_proof(before)
        )
        if is_news and (account := _account_that_hears(session, claimed, outcome)):
            health.note_answer(session, account, outcome)
    return changed


def _retry(session: Session, mail: Mail, now: datetime) -> None:
    since = mail.waits_since or attempts.newest_at(session, mail)
    failures = max(1, attempts.count_since(session, mail, since, Verdict.RETRY, Verdict.UNSURE))
    again_at = now + RETRIES[min(failures, len(RETRIES)) - 1]
    # Nobody is asked for a name after the event is archived.
    is_over = mail.event.archived_at is not None and kind_of(mail.kind).is_asking
    if again_at <= since + PATIENCE and not is_over:
        transitions.refused_for_a_while(mail, again_at, since)
    else:
        _end(mail, Problem.UNKNOWN_OUTCOME if mail.maybe_duplicate else Problem.MAIL_FAILED)


def _wait_for_the_account(session: Session, mail: Mail, now: datetime) -> None:
    is_test = kind_of(mail.kind).for_organizer
    account = mail.event.account if is_test else mail.event.live_account
    if account is None:
        _retry(session, mail, now)  # In rehearsal nothing holds it back.
    elif attempts.stops_account_alone(session, mail, account, _STOPS_BY_ONE_MAIL):
        _end(mail, Problem.MAIL_FAILED)
    else:
        transitions.stopped_with_account(mail, now)


def _unsure(session: Session, mail: Mail, now: datetime) -> None:
    transitions.outcome_unknown(mail)
    since = mail.waits_since or attempts.newest_at(session, mail)
    # It is repeated once: a server that takes every mail and never answers would send many copies.
    is_repeated = attempts.count_since(session, mail, since, Verdict.UNSURE) > 1
    if mail.event.ask_when_unsure or is_repeated:
        _end(mail, Problem.UNKNOWN_OUTCOME)
    else:
        _retry(session, mail, now)


def _end(mail: Mail, problem: Problem) -> None:
    """Give the mail up, or leave it to a person, who knows whether it arrived."""
    if problem is Problem.UNKNOWN_OUTCOME:
        transitions.left_to_a_person(mail)
        end = "waits for a person, who knows whether it arrived"
    else:
        transitions.refused_for_good(mail, problem)
        end = "failed for good"
    # The server may have repeated the address.
    said = f"{mail.code or ''} {for_logs(mail.answer)}".strip()
    log.warning("mail %d of event %d %s: %s", mail.id, mail.event_id, end, said)


_CONSEQUENCES: dict[Verdict, Callable[[Session, Mail, datetime], None]] = {
    Verdict.RETRY: _retry,
    Verdict.PAUSE: _wait_for_the_account,
    Verdict.NEEDS_OPERATOR: _wait_for_the_account,
    Verdict.REJECTED: lambda _, mail, now: _end(mail, Problem.REFUSED_ADDRESS),
    Verdict.UNSURE: _unsure,
}


@cache
def _reached(known: Kinds) -> dict[Kind, Prepared]:
    """Return the statement of each kind for the volunteers whose messages were accepted."""
    # A link that arrives does not solve the problem with a certificate that did not.
    trouble = exists().where(
        Mail.volunteer_id == Volunteer.id,
        or_(*(Mail.kind == kind.name for kind in known if kind.is_promised)),
        NOT_ARRIVED,
    )
    unspoiled = ~trouble.correlate(Volunteer)
    return {
        kind: reaching(
            kind.status_accepted,
            kind.steps_up(bindparam("mail")),
            clears=true() if kind.is_promised else unspoiled,
        )
        for kind in known
        if not kind.for_organizer
    }
