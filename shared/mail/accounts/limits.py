"""The limits of a mail account, in mails a minute, an hour and a day.

Mails are counted from the attempts, so that workers on several machines count the same.
"""

import math
from datetime import datetime, timedelta
from operator import ge

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from shared.mail.accounts.sharing import attempts_of
from shared.mail.transport.providers import PROVIDERS, Period, SendingLimits
from shared.storage.models import Attempt, Mail, MailState, Phase, SendingAccount, Verdict

# A quota is believed only if it was met after at least this many mails.
_SMALLEST_QUOTAS = {Period.MINUTE: 5, Period.HOUR: 10, Period.DAY: 20}
# Longer than any lease.
_LONGEST_IN_HAND = timedelta(hours=2)
# A limit learned from a provider's answers is believed that long.
_BELIEVED = timedelta(days=7)
_HOUR = timedelta(hours=1)


def limits_of(account: SendingAccount, now: datetime) -> dict[Period, int]:
    """Return the limit of each period that has one: as set, or a lower one that was learned."""
    limits = {period: getattr(account, f"per_{period}") for period in Period}
    if account.learned_limit and account.learned_period and account.learned_at:
        period = Period(account.learned_period)
        learned = grown(account.learned_limit, period, account.learned_at, now)
        limits[period] = min(filter(None, (limits[period], learned)), default=None)
    return {period: limit for period, limit in limits.items() if limit is not None}


def are_in_doubt(account: SendingAccount) -> bool:
    """Return whether an earlier version may have learned a limit below the provider's, which nobody
    has confirmed since."""
    presets = [_most(provider.limits) for provider in PROVIDERS if provider.host == account.host]
    is_usual = any(all(map(ge, _most(account), preset)) for preset in presets)
    return account.limits_in_doubt and not is_usual


def _most(limits: SendingAccount | SendingLimits) -> list[float]:
    """Return how many mails these limits allow in each period."""
    return [getattr(limits, f"per_{period}") or math.inf for period in Period]


def budget_left(session: Session, account: SendingAccount, now: datetime) -> dict[Period, int]:
    """Return how many mails each limit that is set still allows."""
    return {
        period: limit - _attempts_since(session, account, now - period.length)
        for period, limit in limits_of(account, now).items()
    }


def in_hand(session: Session, account: SendingAccount, now: datetime) -> int:
    """Return how many mails of this account workers have claimed, and not yet settled."""
    since = now - _LONGEST_IN_HAND
    return _claimed(session, account, Attempt.at > since, Mail.due_at > now)


def refill_time(session: Session, account: SendingAccount, now: datetime) -> datetime:
    """Return when every limit allows at least one mail again."""
    left = budget_left(session, account, now)
    used_up = {period: -count for period, count in left.items() if count <= 0}
    return max([now, *(refilled_at(session, account, now, *limit) for limit in used_up.items())])


def refilled_at(
    session: Session, account: SendingAccount, now: datetime, period: Period, beyond: int = 0
) -> datetime:
    """Return when the provider no longer counts the oldest mail of the last minute, hour or 24
    hours, nor the `beyond` next ones that are over its limit."""
    counted = select(Attempt.at).where(*_counted_since(account, now - period.length))
    oldest = session.scalar(counted.order_by(Attempt.at).offset(beyond).limit(1))
    return (oldest or now) + period.length


def grown(limit: int, period: Period, learned_at: datetime, now: datetime) -> int | None:
    """Return a learned limit as it is now; None once it is no longer believed.

    It doubles once a period, or once an hour if that is longer, since others may have used the
    account up.
    """
    age = now - learned_at
    return None if age >= _BELIEVED else limit << (age // max(period.length, _HOUR))


def learn_quota(session: Session, account: SendingAccount, now: datetime, period: Period) -> None:
    """Store how many mails the provider took in this period as a limit, if it is the lowest."""
    is_sent = Attempt.verdict == Verdict.SENT
    counted = select(func.count()).where(*_counted_since(account, now - period.length), is_sent)
    sent = session.scalars(counted).one()
    known = limits_of(account, now).get(period)
    if sent >= _SMALLEST_QUOTAS[period] and (known is None or sent < known):
        account.learned_period, account.learned_limit = period.value, sent
        account.learned_at = now


def _attempts_since(session: Session, account: SendingAccount, since: datetime) -> int:
    # First those claimed earlier and still to be handed over: a mail handed over between the two
    # queries is counted twice, but never missed.
    earliest = since - _LONGEST_IN_HAND
    is_earlier = and_(Attempt.at <= since, Attempt.at > earliest)
    in_hand = _claimed(session, account, is_earlier, Attempt.phase == Phase.NONE)
    counted = session.scalars(select(func.count()).where(*_counted_since(account, since))).one()
    return in_hand + counted


def _claimed(session: Session, account: SendingAccount, *which: ColumnElement[bool]) -> int:
    """Return how many attempts of this account are in workers' hands."""
    in_hand = (
        select(func.count())
        .select_from(Attempt)
        .join(Mail, and_(Attempt.mail_id == Mail.id, Attempt.try_number == Mail.tries))
        .where(attempts_of(account), Mail.state == MailState.SENDING, *which)
    )
    return session.scalars(in_hand).one()


def _counted_since(account: SendingAccount, since: datetime) -> list[ColumnElement[bool]]:
    # Mails that failed while being composed never reached the server.
    reached = and_(Attempt.verdict != Verdict.GIVEN_BACK, Attempt.phase != Phase.COMPOSE)
    return [attempts_of(account), Attempt.at > since, reached]
