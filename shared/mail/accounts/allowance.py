"""The number of mails that an account may send now, counted under its lock when mails are
claimed."""

import math
import random
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from shared.mail.accounts import bucket, limits
from shared.mail.accounts.sharing import awaits_proof
from shared.storage import hooks
from shared.storage.clock import database_time
from shared.storage.models import Event, SendingAccount

# The next mail is claimed that long before the pause between two mails is over, since storing,
# drawing and composing it is part of the pause.
AHEAD = timedelta(seconds=0.25)


def lock_account(
    session: Session, account: SendingAccount, event: Event, may: ColumnElement[bool], now: datetime
) -> bool:
    """Keep others from counting this account's budget until the commit.

    Return False if somebody else counts it, if the event uses another account by now, or if the
    condition `may`, which has the parameter "now", does not hold.
    """
    used = select(SendingAccount).join(Event, Event.account_id == SendingAccount.id)
    used = used.where(SendingAccount.id == account.id, Event.id == event.id, may)
    # A mail is composed without a session, and asks features how the account reads returned mail.
    used = used.options(joinedload("*"))
    free = used.with_for_update(skip_locked=True, key_share=True, of=SendingAccount)
    return session.scalar(free.execution_options(populate_existing=True), {"now": now}) is not None


def bounds(
    session: Session, account: SendingAccount, rate: float, now: datetime
) -> dict[str, float]:
    """Return how many mails may be claimed now by each bound that is counted under the account's
    lock, its `rate` among them, in the order in which screens name them."""
    found = {"spent": min(limits.budget_left(session, account, now).values(), default=math.inf)}
    if not account.pauses_in_a_row:
        found["slow"] = bucket.tokens_left(account, rate, now)
    # After a pause, one mail tests whether the server accepts mails again. Before the server has
    # accepted the password, it is unknown whose budget counts.
    one_by_one = account.pauses_in_a_row or account.max_second > 0 or awaits_proof(account)
    if at_once := (1 if one_by_one else account.connections):
        found["at_once"] = at_once - limits.in_hand(session, account, now)
    return found


def allowance(
    session: Session, account: SendingAccount, now: datetime, wanted: int
) -> tuple[int, float]:
    """Return how many mails, at most `wanted`, may be claimed now from an account that is not
    paused, and the account's rate."""
    rate = bucket.heed(session, account, now)
    return max(0, int(min(wanted, *bounds(session, account, rate, now).values()))), rate


def note_claimed(account: SendingAccount, count: int, rate: float, now: datetime) -> None:
    """Note a claim of `count` mails, and when the next may follow for any event of the account."""
    if bucket.take(account, count, rate, now) < 1:
        want_evidence(account, now)
    if account.max_second > 0:
        account.next_at = now + delay(account)


def want_evidence(account: SendingAccount, at: datetime) -> None:
    """Let features look for reports about mails that were sent; no more are sent without them."""
    hooks.features().evidence_wanted(account, at)


def next_claim(session: Session) -> timedelta | None:
    """Return how long until one of the accounts that pause between two mails may send the next;
    None if none pauses."""
    now = database_time(session)
    later = select(SendingAccount.next_at).where(SendingAccount.next_at > now)
    at = session.scalar(later.order_by(SendingAccount.next_at).limit(1))
    return at - now if at else None


def delay(account: SendingAccount) -> timedelta:
    """Return how long the account waits until the next claim: a random pause within its bounds."""
    return timedelta(seconds=random.uniform(account.min_second, account.max_second)) - AHEAD
