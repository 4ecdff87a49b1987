"""The one speed of a mail account: how many mails a minute may leave, and what raises or lowers it.

A token bucket. Evidence moves its rate, never a mood of one server: what came back and was looked
at, what a server refuses, time. Everything here is pure, so that a simulation plays the same rule
that a worker follows (`python -m tests.mail.accounts.speed_simulation`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar

_Mail = TypeVar("_Mail")

# Mails a minute. Where only time is evidence, 200 leave in a quarter of an hour.
START, SLOWEST, EARNED, VOUCHED_RATE = 200 / 15, 12.0, 1600.0, 60_000.0
# What the first clean look earns at least.
_FIRST_EARNED = 100.0
# How long one mail waits before it tries whether the server takes mail again.
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60)]
# The rate with the shortest of these.
_TRYING = 1.0
_QUARTER = timedelta(minutes=15)
BAD_IN_A_ROW, BAD_AMONG, BAD_SHARE = 5, 50, 0.1
# What lowers the rate: more of the last mails came back than a well-kept list has, or somebody
# complained (Google asks senders to stay below 0.1 %).
JUDGED, _FEWEST_HARD, _HARD_SHARE, _COMPLAINTS_IN_1000 = 200, 5, 0.03, 1


@dataclass(frozen=True)
class RampUp:
    """How an account learns what came back: how many mails leave at once at first, and the rates
    with which it begins and ends."""

    first: int
    start: float = START
    most: float = START

    def capacity(self, rate: float) -> float:
        """Return how many mails the bucket holds: those of the two minutes in which reports
        come."""
        return max(self.first, 2 * rate)


WATCHED = RampUp(200, most=EARNED)
# It has a mailbox, which could not be read for long.
UNREAD = RampUp(200)
UNWATCHED = RampUp(500)
VOUCHED = RampUp(500, start=VOUCHED_RATE, most=VOUCHED_RATE)


class Cause(StrEnum):
    """Why a rate changed; stored."""

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
# What says nothing about the list.
OF_THE_SERVER = (*REFUSALS, Cause.ACCEPTED)


@dataclass(frozen=True)
class Evidence:
    """What is known about an account; numbers are of mails.

    `since` is when evidence last changed its rate, `earned` the rate that it had before the server
    refused.
    """

    way: RampUp
    since: datetime | None = None
    earned: float = START
    # How often in a row the server has refused for now, or never answered.
    refused: int = 0
    silent: bool = False
    # How often it had, before it took this one.
    accepted: int = 0
    # Of the last mails about which reports would be here, and how many of those came back; both 0
    # without news since the last change.
    judged: int = 0
    hard: int = 0
    # Of the last thousand.
    complained: int = 0
    # How many were looked at that left since the last change.
    clean: int = 0
    # It begins anew: after a stop, or with people on the list whose addresses nobody knows yet.
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
    """The change that follows from what is known; None if the rate stays."""
    new, cause, numbers = _judge(rate, seen, now)
    return RateChange(now, rate, new, cause, numbers) if new != rate else None


def _judge(rate: float, seen: Evidence, now: datetime) -> tuple[float, Cause, dict[str, int]]:
    way = seen.way
    if seen.refused:
        cause = Cause.SILENT if seen.silent else Cause.REFUSED
        return 60 / pause_after(seen.refused).total_seconds(), cause, {"refused": seen.refused}
    if seen.accepted:
        # Whoever takes mail again after a minute was busy; after longer, it wants less.
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
    """Return how long that many mails take, if what comes back is clean."""
    left, minutes = count - tokens, 0.0
    while left > 0 and rate < way.most:
        rate, minutes = min(way.most, max(2 * rate, _FIRST_EARNED)), minutes + 2
        left -= 2 * way.capacity(rate)
    return timedelta(minutes=minutes + max(0.0, left) / rate)


def tokens_at(
    tokens: float | None, filled_at: datetime | None, rate: float, way: RampUp, now: datetime
) -> float:
    """Return how many mails may leave now; a bucket that was never used is full."""
    if tokens is None or filled_at is None:
        return way.capacity(rate)
    minutes = max(0.0, (now - filled_at).total_seconds() / 60)
    return min(way.capacity(rate), tokens + rate * minutes)


def tokens_after(change: RateChange, tokens: float, way: RampUp) -> float:
    """What a change leaves in the bucket: clean mails fill it, those that came back empty it."""
    if change.cause is Cause.CLEAN:
        return way.capacity(change.new)
    if change.cause in (Cause.CAME_BACK, Cause.COMPLAINED):
        return 0.0
    return min(tokens, way.capacity(change.new))


@dataclass(frozen=True)
class SentMail:
    """A mail that left then; `bad_at` is when it was known that nobody has its address."""

    at: datetime
    bad_at: datetime | None = None


def looked_at(
    mails: Sequence[SentMail], settled: datetime, since: datetime | None
) -> tuple[int, int, int]:
    """Of these mails, the newest first: how many are judged, how many of them came back, and how
    many left since the last change and were looked at.

    Reports are there about those that left before `settled`. Without news since the last change
    none count as come back, so that nothing is held against an account twice.
    """
    known = [one for one in mails if one.at <= settled]
    news = any(one.bad_at and (since is None or one.bad_at > since) for one in mails)
    judged = known[:JUDGED]
    hard = sum(one.bad_at is not None for one in judged) if news else 0
    return len(judged), hard, sum(since is None or one.at > since for one in known)


def stretches(mails: Sequence[_Mail]) -> Iterator[Sequence[_Mail]]:
    """Each fifty in a row of these, or all if there are fewer."""
    starts = range(max(1, len(mails) - BAD_AMONG + 1))
    return (mails[at : at + BAD_AMONG] for at in starts)


def is_bad_stretch(refused: Sequence[bool]) -> bool:
    """`refused` says of at most fifty mails, the newest first, whether nobody has their address: a
    person is asked about five in a row, or five and more than a tenth."""
    in_a_row, bad = refused[:BAD_IN_A_ROW], sum(refused)
    return (len(in_a_row) == BAD_IN_A_ROW and all(in_a_row)) or (
        bad >= BAD_IN_A_ROW and bad > BAD_SHARE * len(refused)
    )
