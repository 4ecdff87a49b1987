"""What an outcome changes: the mail, its volunteer and the account, in one transaction."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.mail.accounts import health, sharing
from shared.mail.kinds.registry import kind_of
from shared.mail.queue import attempts, transitions
from shared.mail.queue.claimed import Claimed
from shared.mail.queue.steps import step_up
from shared.mail.queue.transitions import is_open
from shared.mail.transport.protocol import Outcome
from shared.mail.transport.quoted_addresses import for_logs, without_addresses
from shared.storage.database import database_time
from shared.storage.models import (
    Event,
    Mail,
    MailState,
    Phase,
    Problem,
    SendingAccount,
    Verdict,
)

log = logging.getLogger(__name__)

_Try = tuple[Claimed, Outcome]

# How long to wait after the first, second … temporary refusal, and after each further one, until
# the mail is given up, counted from its first try (RFC 5321, 4.5.4.1: four to five days).
RETRIES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=4),
)
PATIENCE = timedelta(days=5)
# How often a mail may stop its account, while others are accepted, before it is given up.
_STOPS_BY_ONE_MAIL = 3
# The phases in which a server answers a client that has signed in.
_SIGNED_IN = (Phase.MAIL, Phase.RCPT, Phase.DATA, Phase.CONTENT)


def settle(session: Session, tries: Iterable[_Try]) -> int:
    """Store the outcomes of tries; returns how many mails were not in other hands by then.

    The try number fences them off: a worker that comes late changes nothing but its own attempt.
    A try that was given up as unsure can still turn out to have been sent.
    """
    now = database_time(session)
    # Mails are taken back in the same order, so that the two never deadlock.
    tries = sorted(map(_as_stored, tries), key=lambda each: each[0].mail_id)
    sent = [each for each in tries if each[1].verdict is Verdict.SENT]
    if 0 < len(sent) < len(tries):
        # All at once, since sent mails are settled before the others, which is another order.
        mails = select(Mail.id).where(Mail.id.in_([claimed.mail_id for claimed, _ in tries]))
        session.execute(mails.order_by(Mail.id).with_for_update())
    changed = _settle_sent(session, sent, now) if sent else 0
    for claimed, outcome in tries:
        if outcome.verdict is not Verdict.SENT:
            changed += _settle_unsent(session, claimed, outcome, now)
    return changed


def _as_stored(one: _Try) -> _Try:
    """So that somebody erased later is named in nobody else's answers."""
    claimed, outcome = one
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
    if account:
        outcome = health.weighed(session, account, claimed.mail_id, claimed.address, outcome)
    attempts.end(session, [(claimed, outcome)], now)
    if account:
        health.note_answer(session, account, outcome)
    if mail is None:
        return False
    transitions.answered(mail, outcome)
    if outcome.may_have_left:
        transitions.outcome_unknown(mail)
    _CONSEQUENCES[outcome.verdict](session, mail, now)
    return True


def refuse_to_draw(session: Session, claimed: Claimed, problem: Problem, reason: str) -> None:
    """The certificate cannot be drawn: its mail fails, and the volunteer's row says why."""
    now = database_time(session)
    mail = session.get(Mail, claimed.mail_id, with_for_update=True)
    if mail is None:
        return  # The rehearsal that it belonged to was forgotten.
    attempts.end_unasked(session, claimed, now)
    if mail.tries == claimed.try_number and mail.state is MailState.SENDING:
        transitions.not_drawn(mail, problem, reason)


def _account_that_hears(
    session: Session, claimed: Claimed, outcome: Outcome
) -> SendingAccount | None:
    """The account that the answer to a try concerns, locked."""
    if claimed.account is None:
        return None
    if outcome.phase in _SIGNED_IN and outcome.code is not None:
        sharing.note_sign_in(session, claimed.account)
    event = session.get(Event, claimed.event.id)
    # Deleted while a worker was slower than its lease; then the account is not affected.
    if event is not None and event.account and sharing.sends_as(event, claimed.event):
        session.refresh(event.account, with_for_update={"key_share": True})
        return event.account
    return None


def _settle_sent(session: Session, sent: list[_Try], now: datetime) -> int:
    """Settle what nearly every mail comes to, with prepared statements, each run once for all.

    As the others are settled, all that is written of a mail takes 3.2 ms instead of 0.9
    (`make bench`: processor's time per invitation).
    """
    changed = transitions.accepted(session, sent, now)
    attempts.end(session, sent, now)
    step_up(session, (claimed for claimed, _ in sent))
    # In this order, so that two workers never deadlock on each other's accounts.
    for claimed, outcome in sorted(sent, key=lambda each: each[0].account_id or 0):
        before = claimed.account
        # Whether an accepted mail ends a pause, begins a delay or proves a password.
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
    # Nobody is asked for a name when everything is over.
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
    # It is repeated once: a server that takes every mail and never says so would send many copies.
    is_repeated = attempts.count_since(session, mail, since, Verdict.UNSURE) > 1
    if mail.event.ask_when_unsure or is_repeated:
        _end(mail, Problem.UNKNOWN_OUTCOME)
    else:
        _retry(session, mail, now)


def _end(mail: Mail, problem: Problem) -> None:
    """Give the mail up, or leave it to a person, who knows whether it arrived."""
    if problem is Problem.UNKNOWN_OUTCOME:
        transitions.left_to_a_person(mail)
        told = "waits for a person, who knows whether it arrived"
    else:
        transitions.refused_for_good(mail, problem)
        told = "failed for good"
    # The server may have repeated the address.
    said = f"{mail.code or ''} {for_logs(mail.answer)}".strip()
    log.warning("mail %d of event %d %s: %s", mail.id, mail.event_id, told, said)


_CONSEQUENCES: dict[Verdict, Callable[[Session, Mail, datetime], None]] = {
    Verdict.RETRY: _retry,
    Verdict.PAUSE: _wait_for_the_account,
    Verdict.NEEDS_OPERATOR: _wait_for_the_account,
    Verdict.REJECTED: lambda _, mail, now: _end(mail, Problem.REFUSED_ADDRESS),
    Verdict.UNSURE: _unsure,
}
