"""The speed of a mail account, in mails a minute, and what raises or lowers it.

It is a token bucket. Only evidence changes its rate: bounced mail that was read, refusals of the
server, and time. All is pure, so that a simulation follows the same rule as a worker (`python -m
tests.mail.accounts.speed_simulation`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar

_Mail = TypeVar("_Mail")

# Mails a minute. If only time is evidence, 200 are sent in a quarter of an hour.
START, SLOWEST, EARNED, VOUCHED_RATE = 200 / 15, 12.0, 1600.0, 60_000.0
# The least rate after returned mail was read and few bounced.
_FIRST_EARNED = 100.0
# The waits before one mail tests whether the server accepts mail again.
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60)]
# The rate with the shortest of these.
_TRYING = 1.0
_QUARTER = timedelta(minutes=15)
BAD_IN_A_ROW, BAD_AMONG, BAD_SHARE = 5, 50, 0.1
# The rate falls if more of the last mails bounced than on a well-kept list, or if people complained
# (Google asks senders to stay below 0.1 %).
JUDGED, _FEWEST_HARD, _HARD_SHARE, _COMPLAINTS_IN_1000 = 200, 5, 0.03, 1


@dataclass(frozen=True)
class RampUp:
    """A way to learn which mails bounced: the number of mails sent at once at first, and the first
    and highest rates."""

    first: int
    start: float = START
    most: float = START

    def capacity(self, rate: float) -> float:
        """Return how many mails the bucket holds: those of the two minutes in which reports
        arrive."""
        return max(self.first, 2 * rate)


WATCHED = RampUp(200, most=EARNED)
# The account has a mailbox, which could not be read for long.
UNREAD = RampUp(200)
UNWATCHED = RampUp(500)
VOUCHED = RampUp(500, start=VOUCHED_RATE, most=VOUCHED_RATE)


class Cause(StrEnum):
    """The cause of a change of rate; stored."""

    CLEAN = "clean"
    TIME = "time"
    CAME_BACK = "came_back"
    COMPLAINED = "complained"
    REFUSED = "refused"
    SILENT = "silent"
    ACCEPTED = "accepted"
    AFRESH = "afresh"
    UNREAD = "unread"
    VOUCHED = "vouched"
    DOUBTED = "doubted"
    # By a migration, from what the version before knew.
    CARRIED = "carried"


REFUSALS = (Cause.REFUSED, Cause.SILENT)
# Causes that say nothing about the list.
OF_THE_SERVER = (*REFUSALS, Cause.ACCEPTED)


@dataclass(frozen=True)
class Evidence:
    """What is known about an account; numbers are of mails.

    `since` is when evidence last changed its rate, `earned` the rate before the server refused.
    """

    way: RampUp
    since: datetime | None = None
    earned: float = START
    # The refusals for now in a row, and whether they were silence.
    refused: int = 0
    silent: bool = False
    # The refusals in a row before the server accepted this mail.
    accepted: int = 0
    # The last mails whose reports would be here, and how many of them bounced; both 0 without news
    # since the last change.
    judged: int = 0
    hard: int = 0
    # Complaints about the last thousand.
    complained: int = 0
    # Mails sent since the last change whose reports would be here.
    clean: int = 0
    # The account starts again: after a stop, or with new people, whose addresses are untested.
    afresh: bool = False


@dataclass(frozen=True)
class RateChange:
    """A rate that changed, with its cause and the numbers that say so."""

    at: datetime
    old: float
    new: float
    cause: Cause
    evidence: Mapping[str, int]


def next_rate(rate: float, seen: Evidence, now: datetime) -> RateChange | None:
    """Return the change that follows from what is known; None if the rate is unchanged."""
    new, cause, numbers = _judge(rate, seen, now)
    return RateChange(now, rate, new, cause, numbers) if new != rate else None


def _judge(rate: float, seen: Evidence, now: datetime) -> tuple[float, Cause, dict[str, int]]:
    way = seen.way
    if seen.refused:
        cause = Cause.SILENT if seen.silent else Cause.REFUSED
        return 60 / pause_after(seen.refused).total_seconds(), cause, {"refused": seen.refused}
    if seen.accepted:
        # A server that accepts mail again after a minute was busy; after longer, it wants less.
        again = max(START, seen.earned / 2 ** (seen.accepted - 1))
        return min(way.most, again), Cause.ACCEPTED, {"refused": seen.accepted}
    if seen.afresh:
        return min(rate, START), Cause.AFRESH, {}
    if rate <= _TRYING:  # Only the server's next answer says more.
        return rate, Cause.REFUSED, {}
    if rate > way.most:
        return way.most, Cause.UNREAD, {}
    if seen.hard >= _FEWEST_HARD and seen.hard > _HARD_SHARE * seen.judged:
        lower = max(min(rate, SLOWEST), rate / 2)
        return lower, Cause.CAME_BACK, {"bad": seen.hard, "of": seen.judged}
    if seen.complained > _COMPLAINTS_IN_1000:
        return max(min(rate, SLOWEST), rate / 2), Cause.COMPLAINED, {"bad": seen.complained}
    if seen.clean >= max(_FIRST_EARNED, rate):
        higher = min(way.most, max(2 * rate, _FIRST_EARNED))
        return higher, Cause.CLEAN, {"of": seen.clean}
    if 2 * rate <= way.start and seen.since and now - seen.since >= _QUARTER:
        return 2 * rate, Cause.TIME, {}
    return rate, Cause.TIME, {}


def pause_after(refusals: int) -> timedelta:
    """Return how long the next mail waits after that many refusals in a row."""
    return PAUSES[min(refusals, len(PAUSES)) - 1]


def time_for(count: float, tokens: float, rate: float, way: RampUp) -> timedelta:
    """Return how long `count` mails take, if few bounce."""
    left, minutes = count - tokens, 0.0
    while left > 0 and rate < way.most:
        rate, minutes = min(way.most, max(2 * rate, _FIRST_EARNED)), minutes + 2
        left -= 2 * way.capacity(rate)
    return timedelta(minutes=minutes + max(0.0, left) / rate)


def tokens_at(
    tokens: float | None, filled_at: datetime | None, rate: float, way: RampUp, now: datetime
) -> float:
    """Return how many mails may be sent now; a bucket that was never used is full."""
    if tokens is None or filled_at is None:
        return way.capacity(rate)
    minutes = max(0.0, (now - filled_at).total_seconds() / 60)
    return min(way.capacity(rate), tokens + rate * minutes)


def tokens_after(change: RateChange, tokens: float, way: RampUp) -> float:
    """Return the mails in the bucket after a change: few bounces fill it, many empty it."""
    if change.cause is Cause.CLEAN:
        return way.capacity(change.new)
    if change.cause in (Cause.CAME_BACK, Cause.COMPLAINED):
        return 0.0
    return min(tokens, way.capacity(change.new))


@dataclass(frozen=True)
class SentMail:
    """A mail and when it was sent; `bad_at` is when it was known that nobody has its address."""

    at: datetime
    bad_at: datetime | None = None


def counts_of(
    mails: Sequence[SentMail], settled: datetime, since: datetime | None
) -> tuple[int, int, int]:
    """Return how many of these mails, newest first, are judged, how many of those bounced, and how
    many of all were sent since the last change.

    Only mails sent before `settled` count, whose reports have arrived. Without news since the last
    change none count as bounced, so that nothing is held against an account twice.
    """
    known = [mail for mail in mails if mail.at <= settled]
    news = any(mail.bad_at and (since is None or mail.bad_at > since) for mail in mails)
    judged = known[:JUDGED]
    hard = sum(mail.bad_at is not None for mail in judged) if news else 0
    return len(judged), hard, sum(since is None or mail.at > since for mail in known)


def stretches(mails: Sequence[_Mail]) -> Iterator[Sequence[_Mail]]:
    """Yield each fifty of these in a row, or all if there are fewer."""
    starts = range(max(1, len(mails) - BAD_AMONG + 1))
    return (mails[at : at + BAD_AMONG] for at in starts)


def is_bad_stretch(refused: Sequence[bool]) -> bool:
    """Return whether a person has to be asked about at most fifty mails: if nobody has the address
    of five in a row, or of five and more than a tenth. `refused` says so for each, newest first."""
    in_a_row, bad = refused[:BAD_IN_A_ROW], sum(refused)
    return (len(in_a_row) == BAD_IN_A_ROW and all(in_a_row)) or (
        bad >= BAD_IN_A_ROW and bad > BAD_SHARE * len(refused)
    )
