"""The stored speed of an account: the mails left in its bucket, and each change of its rate with
the cause. Call what changes it with the account's row locked."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from shared.language import N_, translate
from shared.mail.accounts import speed
from shared.mail.accounts.speed import Cause, Evidence, RampUp
from shared.storage import hooks
from shared.storage.models import SendingAccount, SpeedChange

log = logging.getLogger(__name__)

# Changes of speed are kept that long.
_KEPT = timedelta(days=90)
_CAUSES = {
    Cause.CLEAN: N_("{of} mails were checked and few bounced"),
    Cause.TIME: N_("nothing went wrong for a quarter of an hour"),
    Cause.CAME_BACK: N_("{bad} of {of} mails bounced"),
    Cause.COMPLAINED: N_("{bad} of the last thousand mails were reported as spam"),
    Cause.REFUSED: N_("the mail server accepts no mail for now"),
    Cause.SILENT: N_("the mail server did not answer"),
    Cause.ACCEPTED: N_("the mail server accepts mail again"),
    Cause.AFRESH: N_("sending restarts slowly with new people on the list, or after a stop"),
    Cause.UNREAD: N_("bounced mail is not read"),
    Cause.VOUCHED: N_("the list is vouched for"),
    Cause.DOUBTED: N_("the list is no longer vouched for"),
    Cause.CARRIED: N_("taken over from the earlier version"),
}
_BEGINS = N_("every list starts like this until we know what bounces")


@dataclass(frozen=True)
class Speed:
    """An account's rate in mails a minute, since when, and why; `judged_since` and `earned` are as
    in `Evidence`."""

    rate: float
    since: datetime | None
    judged_since: datetime | None
    earned: float
    newest: SpeedChange | None

    def why(self, language: str) -> str:
        """Return the cause of the last change, with its numbers."""
        if self.newest is None:
            return translate(_BEGINS, language)
        return translate(_CAUSES[Cause(self.newest.cause)], language, **self.newest.evidence)

    def in_words(self, language: str) -> str:
        """Return the rate in words, such as “13 a minute”."""
        if self.rate < 1:
            return translate(_SELDOM, language, count=round(1 / self.rate))
        return translate(_A_MINUTE, language, count=int(self.rate))


_A_MINUTE, _SELDOM = N_("{count} a minute"), N_("1 in {count} minutes")


def way_of(account: SendingAccount, now: datetime) -> RampUp:
    """Return how the account learns which mails bounced."""
    if account.vouched:
        return speed.VOUCHED
    is_known = hooks.features().evidence(account, now)
    if is_known is None:
        return speed.UNWATCHED
    return speed.WATCHED if is_known else speed.UNREAD


def speed_of(session: Session, account: SendingAccount) -> Speed:
    """Return the account's rate, from its newest changes."""
    of_account = select(SpeedChange).where(SpeedChange.account_id == account.id)
    in_order = of_account.order_by(SpeedChange.id.desc()).limit(1)
    newest = session.scalar(in_order)
    earned = judged = newest
    if newest and newest.cause in speed.OF_THE_SERVER:
        judged = session.scalar(in_order.where(SpeedChange.cause.not_in(speed.OF_THE_SERVER)))
        if newest.cause in speed.REFUSALS:
            earned = session.scalar(in_order.where(SpeedChange.cause.not_in(speed.REFUSALS)))
    begins = speed.VOUCHED_RATE if account.vouched else speed.START
    return Speed(
        rate=newest.new if newest else begins,
        since=newest.at if newest else None,
        judged_since=judged.at if judged else None,
        earned=earned.new if earned else begins,
        newest=newest,
    )


def tokens_left(account: SendingAccount, rate: float, now: datetime) -> float:
    """Return how many mails the account's rate allows now."""
    return speed.tokens_at(account.tokens, account.filled_at, rate, way_of(account, now), now)


def take(account: SendingAccount, count: int, rate: float, now: datetime) -> float:
    """Take `count` mails out of the account's bucket, and return how many are left."""
    account.tokens, account.filled_at = tokens_left(account, rate, now) - count, now
    return account.tokens


def give_back(session: Session, account_id: int) -> None:
    """Put a mail that was taken out but not sent back into the bucket. Locks the account's row."""
    back = update(SendingAccount).where(SendingAccount.id == account_id)
    more = back.values(tokens=SendingAccount.tokens + 1)
    session.execute(more.execution_options(synchronize_session=False))


def vouch(session: Session, account: SendingAccount, vouched: bool, now: datetime) -> None:
    """Store whether the account's owner vouches for the list, with the rate that follows."""
    before = speed_of(session, account).rate
    account.vouched, account.tokens = vouched, None
    new = (speed.VOUCHED_RATE, Cause.VOUCHED) if vouched else (speed.START, Cause.DOUBTED)
    _store(session, account, speed.RateChange(now, before, *new, {}))


def heed(session: Session, account: SendingAccount, now: datetime, **known: Any) -> float:
    """Return the account's rate, changed if that follows from `known`, which are fields of
    `Evidence`."""
    way, is_now = way_of(account, now), speed_of(session, account)
    seen = Evidence(way, is_now.judged_since, is_now.earned, **known)
    change = speed.next_rate(is_now.rate, seen, now)
    if change is None:
        return is_now.rate
    left = speed.tokens_at(account.tokens, account.filled_at, is_now.rate, way, now)
    account.tokens, account.filled_at = speed.tokens_after(change, left, way), now
    _store(session, account, change)
    return change.new


def _store(session: Session, account: SendingAccount, change: speed.RateChange) -> None:
    row = SpeedChange(
        account_id=account.id,
        at=change.at,
        old=change.old,
        new=change.new,
        cause=change.cause.value,
        evidence=dict(change.evidence),
    )
    session.add(row)
    session.flush()
    _forget_old(session, account, change.at)
    new = speed_of(session, account)
    log.info("account %d: mails leave at %s: %s", account.id, new.in_words("en"), new.why("en"))


def _forget_old(session: Session, account: SendingAccount, now: datetime) -> None:
    """Delete old changes, since a server that refuses for months adds two for each refusal. Those
    that `speed_of` reads are kept."""
    of_account = SpeedChange.account_id == account.id
    of_list = of_account, SpeedChange.cause.not_in(speed.OF_THE_SERVER)
    last_judged = select(func.max(SpeedChange.id)).where(*of_list).scalar_subquery()
    is_old = SpeedChange.at < now - _KEPT, SpeedChange.id < last_judged
    session.execute(delete(SpeedChange).where(of_account, *is_old))
