"""The rule of an account's speed, as the simulation and the worker follow it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from shared.mail.accounts import speed
from shared.mail.accounts.limits import grown
from shared.mail.accounts.speed import Cause, Evidence, SentMail
from shared.mail.transport.providers import Period
from tests.mail.accounts import speed_simulation

NOW = datetime(2026, 12, 1, 14, 5, tzinfo=UTC)
MAIL_MD = Path(__file__).parents[3] / "docs/mail.md"


def change(rate: float, way: speed.RampUp = speed.WATCHED, **known: object) -> speed.RateChange:
    found = speed.next_rate(rate, Evidence(way, **known), NOW)  # type: ignore[arg-type]
    assert found is not None
    return found


def test_eight_of_two_hundred_that_came_back_make_it_twelve_a_minute() -> None:
    found = change(speed.START, judged=200, hard=8, clean=200)
    assert (found.new, found.cause, found.evidence) == (12, Cause.CAME_BACK, {"bad": 8, "of": 200})
    assert found.at == NOW


@pytest.mark.parametrize(
    ("rate", "clean", "new"),
    [(speed.START, 200, 100), (100, 200, 200), (800, 900, 1600), (1500, 1600, 1600)],
)
def test_what_was_looked_at_and_is_clean_raises_it_up_to_an_end(
    rate: float, clean: int, new: float
) -> None:
    found = change(rate, judged=200, hard=4, clean=clean)
    assert (found.new, found.cause) == (new, Cause.CLEAN)


def test_too_little_evidence_and_the_end_of_the_ladder_change_nothing() -> None:
    for rate, clean in ((speed.START, 99), (200, 199), (speed.EARNED, 5000)):
        assert speed.next_rate(rate, Evidence(speed.WATCHED, clean=clean), NOW) is None


def test_without_a_way_to_learn_of_returned_mail_nothing_raises_it() -> None:
    ago = NOW - timedelta(days=30)
    for way in (speed.UNWATCHED, speed.UNREAD):
        assert speed.next_rate(speed.START, Evidence(way, ago, clean=9999), NOW) is None
    assert change(400, speed.UNREAD).new == speed.START


def test_while_a_server_refuses_one_mail_tries_later_and_later_and_nothing_else_counts() -> None:
    rates = [change(speed.EARNED, refused=tries).new for tries in (1, 2, 3, 4, 5)]
    assert rates == pytest.approx([1, 1 / 5, 1 / 15, 1 / 60, 1 / 60])
    assert speed.next_rate(1 / 5, Evidence(speed.WATCHED, clean=500), NOW) is None
    earned = {"earned": 400.0}
    assert [change(1 / 5, accepted=n, **earned).new for n in (1, 2, 3)] == [400, 200, 100]
    assert change(1 / 60, accepted=9, **earned).new == speed.START


def test_time_gives_back_what_was_vouched_for() -> None:
    ago = NOW - timedelta(minutes=15)
    assert change(15_000, speed.VOUCHED, since=ago).new == 30_000
    assert speed.next_rate(15_000, Evidence(speed.VOUCHED, NOW), NOW) is None


def test_a_bucket_fills_with_time_and_holds_no_more_than_it_can() -> None:
    def tokens(minutes: int, way: speed.RampUp = speed.WATCHED) -> float:
        return speed.tokens_at(0, NOW - timedelta(minutes=minutes), 12, way, NOW)

    assert [tokens(0), tokens(5), tokens(600)] == [0, 60, 200]
    assert speed.tokens_at(None, None, speed.START, speed.UNWATCHED, NOW) == 500
    # A clock that was set back takes nothing away.
    assert tokens(-5) == 0


def test_the_same_mails_are_held_against_an_account_once() -> None:
    mails = [SentMail(NOW, NOW + timedelta(minutes=1)) for _ in range(9)]
    later = NOW + timedelta(minutes=2)
    assert speed.counts_of(mails, later, None) == (9, 9, 9)
    assert speed.counts_of(mails, later, later) == (9, 0, 0)


def test_a_learned_limit_is_tried_upwards_once_a_window_and_ends_after_a_week() -> None:
    def limit(days: float) -> int | None:
        return grown(25, Period.DAY, NOW, NOW + timedelta(days=days))

    assert [limit(days) for days in (0, 1, 2, 6.9, 7)] == [25, 50, 100, 1600, None]
    # Nobody is asked sixty times an hour.
    assert grown(5, Period.MINUTE, NOW, NOW + timedelta(minutes=59)) == 5


def test_the_guide_shows_what_the_simulation_shows() -> None:
    assert speed_simulation.table() in MAIL_MD.read_text("utf-8")
