"""Forecasts of when a sending ends, from its account's speed, delay and limits."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from shared.mail.accounts import bucket
from shared.mail.accounts.limits import budget_left, limits_of
from shared.mail.accounts.speed import START, time_for
from shared.mail.queue import standing
from shared.mail.queue.standing import Standing
from shared.mail.transport.providers import Period
from shared.storage.clock import database_time
from shared.storage.models import Event

# The time per mail when nothing slows it down, over all connections (measured on loopback and
# rounded up for a distant server).
_UNHINDERED = timedelta(seconds=0.1)


def last_leaves_at(session: Session, event: Event, to_go: int) -> datetime | None:
    """Return when the last of `to_go` mails of the event will be sent; None if a person must
    act."""
    now = database_time(session)
    why, account = standing.of_sending(session, event, event.language), event.live_account
    if why.is_stop and why.standing not in (Standing.PAUSED, Standing.SPENT):
        return None
    if account is None:
        return now + to_go * _UNHINDERED
    delay = timedelta(seconds=(account.min_second + account.max_second) / 2)
    left = {} if why.until else budget_left(session, account, now)
    rate = bucket.speed_of(session, account).rate
    tokens = bucket.tokens_left(account, rate, now)
    in_bucket = time_for(to_go, tokens, max(rate, START), bucket.way_of(account, now))
    duration = max(in_bucket, sending_time(to_go, delay, limits_of(account, now), left))
    return (why.until or now) + duration


def sending_time(
    to_go: int, delay: timedelta, limits: Mapping[Period, int], left: Mapping[Period, int]
) -> timedelta:
    """Return how long `to_go` mails take with `delay` between any two.

    `left` is what each limit still allows in its current period (all of it if missing). The slowest
    limit decides.
    """
    times = [to_go * max(delay, _UNHINDERED)]
    for period, limit in limits.items():
        if limit:
            beyond = to_go - max(left.get(period, limit), 0)
            # Rounded up: mails beyond this period wait for the next ones.
            times.append(max(0, -(-beyond // limit)) * period.length)
    return max(times)
