"""Plays the rule of an account's speed against servers, mailboxes and lists, a second at a time:
`python -m tests.mail.accounts.speed_simulation` prints the table of docs/mail.md."""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from shared.mail.accounts import speed
from shared.mail.accounts.limits import grown
from shared.mail.accounts.speed import Evidence, RampUp, SentMail
from shared.mail.transport.providers import Period

BEGIN = datetime(2026, 12, 1, tzinfo=UTC)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
# Mails that a worker hands over in a second, how soon a report arrives and a look reckons with it,
# and how often somebody looks.
PACE, REPORTED, REPORTS_WITHIN, INTERVAL = 20, MINUTE, 2 * MINUTE, 5 * MINUTE
LOOK_PATIENCE, LONGEST = 15 * MINUTE, timedelta(days=20)
NOBODY = "dead"


@dataclass
class World:
    """An account with a list of `count` people, and what its server and its mailbox do with it."""

    name: str
    before: str
    count: int
    way: RampUp = speed.WATCHED
    is_dead: Callable[[int], bool] = lambda number: False
    # Whether the server refuses everything for now; what it then says of its quota.
    refuses: Callable[["World"], bool] = lambda world: False
    quota: Period | None = None
    is_greylisting: bool = False
    # Who is dead is refused at once, and not reported later.
    refuses_at_once: bool = False
    failing_looks: int = 0

    now: datetime = BEGIN
    rate: float = speed.START
    earned: float = speed.START
    tokens: float | None = None
    filled_at: datetime | None = None
    since: datetime | None = None
    refused: int = 0
    paused_until: datetime = BEGIN
    next_look: datetime = BEGIN + INTERVAL
    looked: datetime = BEGIN
    failed: int = 0
    waiting: list[tuple[datetime, int]] = field(default_factory=list)
    # When each left, and whether nobody has its address.
    times: list[datetime] = field(default_factory=list)
    dead: list[bool] = field(default_factory=list)
    learned: tuple[int, datetime] | None = None
    is_stopped: bool = False
    changes: list[speed.RateChange] = field(default_factory=list)

    def play(self) -> "World":
        self.rate = self.earned = self.way.start
        self.waiting = [(BEGIN, number) for number in range(self.count)]
        while self.waiting and not self.is_stopped and self.now - BEGIN < LONGEST:
            if self._is_watched and self.now >= self.next_look:
                self._look()
            if self.now >= self.paused_until:
                self._send()
            # Nothing happens before the next mail may leave, or the next look.
            rest = max(self.paused_until, self.now + self._until_token())
            rest = min(rest, self.next_look) if self._is_watched else rest
            self.now = max(self.now + SECOND, rest)
        return self

    @property
    def _is_watched(self) -> bool:
        return self.way in (speed.WATCHED, speed.UNREAD)

    # As claims and outcomes

    def _send(self) -> None:
        self._heed()
        allowed = [PACE, int(self._tokens()), self._of_quota()]
        due = [one for one in self.waiting[:PACE] if one[0] <= self.now]
        for one in due[: 1 if self.refused else max(0, min(allowed))]:
            if self.is_stopped:
                return
            if self.refuses(self):
                self._be_refused()
                return
            self.waiting.remove(one)
            if self.is_greylisting and one[0] == BEGIN:
                self.waiting.append((self.now + MINUTE, one[1]))
                continue
            self._leave(self.is_dead(one[1]))
        if self._tokens() < 1 and self.failed in (0, self.failing_looks):
            self.next_look = min(self.next_look, self.now + REPORTS_WITHIN)

    def _leave(self, is_dead: bool) -> None:
        self.tokens, self.filled_at = self._tokens() - 1, self.now
        self.times.append(self.now)
        self.dead.append(is_dead)
        if self.refused:
            self._heed(accepted=self.refused)
            self.refused = 0
        if self.refuses_at_once:
            self.is_stopped |= speed.is_bad_stretch(self.dead[-speed.BAD_AMONG :][::-1])

    def _of_quota(self) -> int:
        if self.learned is None or self.quota is None:
            return PACE
        limit = grown(self.learned[0], self.quota, self.learned[1], self.now)
        return PACE if limit is None else limit - self.within(self.quota.length)

    def within(self, period: timedelta) -> int:
        """How many left in the last such period."""
        return len(self.times) - bisect_right(self.times, self.now - period)

    def _be_refused(self) -> None:
        self.refused += 1
        self.paused_until = self.now + speed.pause_after(self.refused)
        if self.quota and (count := self.within(self.quota.length)):
            self.paused_until = max(self.paused_until, self.times[-count] + self.quota.length)
            self.learned = count, self.now
        self._heed(refused=self.refused)

    # As a look

    def _look(self) -> None:
        self.next_look = self.now + INTERVAL
        if self.failed < self.failing_looks:
            self.next_look = self.now + MINUTE * 2**self.failed
            self.failed += 1
            self.way = speed.UNREAD if self.now - self.looked > LOOK_PATIENCE else self.way
            return
        self.looked, self.way = self.now, speed.WATCHED
        mails = [
            SentMail(at, at + REPORTED if is_dead and at + REPORTED <= self.now else None)
            for at, is_dead in zip(self.times[:-3250:-1], self.dead[:-3250:-1], strict=True)
        ]
        bad = [one.bad_at is not None for one in mails]
        if any(map(speed.is_bad_stretch, speed.stretches(bad))):
            self.is_stopped = True
            return
        judged, hard, clean = speed.counts_of(mails, self.now - REPORTS_WITHIN, self.since)
        self._heed(judged=judged, hard=hard, clean=clean)
        if self.times and self.times[-1] > self.now - REPORTS_WITHIN:
            self.next_look = self.now + REPORTS_WITHIN * 1.25

    # The bucket

    def _tokens(self) -> float:
        return speed.tokens_at(self.tokens, self.filled_at, self.rate, self.way, self.now)

    def _until_token(self) -> timedelta:
        lacking = 0 if self.refused else max(0.0, 1 - self._tokens())
        return timedelta(minutes=lacking / self.rate)

    def _heed(self, **known: int) -> None:
        seen = Evidence(self.way, self.since, self.earned, **known)
        if change := speed.next_rate(self.rate, seen, self.now):
            left = self._tokens()
            self.tokens, self.filled_at = speed.tokens_after(change, left, self.way), self.now
            self.rate = change.new
            self.earned = self.earned if change.cause in speed.REFUSALS else change.new
            self.since = self.since if change.cause in speed.OF_THE_SERVER else self.now
            self.changes.append(change)

    @property
    def row(self) -> tuple[str, ...]:
        """Name, what the version before did, mails left, bad ones among them, time to the end."""
        minutes = (self.now - BEGIN).total_seconds() / 60
        time = f"{minutes:.0f} min" if minutes < 120 else f"{minutes / 60:.0f} h"
        time = f"stopped after {time}" if self.is_stopped else time
        left = f"{len(self.times):,} of {self.count:,}".replace(",", " ")
        return self.name, self.before, left, f"{sum(self.dead):,}".replace(",", " "), time


def _every_other(number: int) -> bool:
    return number % 2 == 1


def _after_a_hundred(world: World) -> bool:
    """It refuses after each hundred mails, until half a minute is over."""
    count = len(world.times)
    is_soon = count and world.times[-1] > world.now - timedelta(seconds=30)
    return bool(is_soon) and count % 100 == 0


def _at_most(most: int, period: timedelta) -> Callable[[World], bool]:
    return lambda world: world.within(period) >= most


def _newsletter(world: World) -> bool:
    """Of 500 a day, somebody else's newsletter has taken all but 25 on the first day."""
    day = timedelta(days=1)
    return world.within(day) >= (25 if world.now - BEGIN < day else 500)


# What happened to the version before is measured, or follows from its rule.
WORLDS: list[Callable[[], World]] = [
    lambda: World(
        "bounced mail is not read, half of 600 dead", "600 sent", 600, speed.UNWATCHED,
        _every_other,
    ),
    lambda: World(
        "the same, 2 000 people", "2 000 sent", 2_000, speed.UNWATCHED, _every_other,
    ),
    lambda: World("bounced mail is read, half dead", "200 sent", 1_000, is_dead=_every_other),
    lambda: World(
        "the IMAP connection breaks once, half dead", "1 000 sent", 1_000, is_dead=_every_other,
        failing_looks=1,
    ),
    lambda: World(
        "one mail cannot be fetched, half dead", "1 000 sent", 1_000, is_dead=_every_other,
        failing_looks=2,
    ),
    lambda: World(
        "no check succeeds for an hour, half dead", "2 000 sent", 2_000, is_dead=_every_other,
        failing_looks=7,
    ),
    lambda: World(
        "25 left of a day's 500 (a newsletter), 1 000 clean", "40 days", 1_000,
        refuses=_newsletter, quota=Period.DAY,
    ),
    lambda: World("refused at once, half dead", "10 sent", 1_000, speed.VOUCHED, _every_other,
                  refuses_at_once=True),
    lambda: World("warm relay, 20 000 clean, mailbox", "35 min", 20_000),
    lambda: World("the same, vouched for", "17 min", 20_000, speed.VOUCHED),
    lambda: World("the same, bounced mail is not read", "17 min", 20_000, speed.UNWATCHED),
    lambda: World("5 000 clean, then 15 000 dead", "6 200 sent", 20_000,
                  is_dead=lambda number: number > 5_000),
    lambda: World("2 % dead, 2 000 people", "8 min", 2_000, is_dead=lambda n: n % 50 == 0),
    lambda: World("4 % dead, 2 000 people", "8 min", 2_000, is_dead=lambda n: n % 25 == 0),
    lambda: World("greylisting, 2 000 clean", "9 min", 2_000, is_greylisting=True),
    lambda: World("421 after each 100, 5 000 clean", "60 min", 5_000, refuses=_after_a_hundred),
    lambda: World("500 an hour, 5 000 clean", "9 h", 5_000, quota=Period.HOUR,
                  refuses=_at_most(500, timedelta(hours=1))),
]  # fmt: skip


def table() -> str:
    """The simulation's outcome, as docs/mail.md shows it."""
    head = ("what happens", "the version before", "mails sent", "bad among them", "done")
    rows = [head, ("---",) * len(head), *(make().play().row for make in WORLDS)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


if __name__ == "__main__":
    print(table())
