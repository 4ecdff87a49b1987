"""How long a sending takes."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared import events
from shared.acts.go_live import go_live
from shared.events.installation import Installation
from shared.mail.accounts import sending_account
from shared.mail.queue.forecast import last_leaves_at, sending_time
from shared.mail.transport.providers import Period

MINUTE, DAY = Period.MINUTE, Period.DAY


@pytest.mark.parametrize(
    ("to_go", "delay", "limits", "left", "expected"),
    [
        (100, 3, {}, {}, timedelta(minutes=5)),
        (500, 0, {DAY: 500}, {}, timedelta(seconds=50)),
        (501, 0, {DAY: 500}, {}, timedelta(days=1)),
        (1200, 0, {DAY: 500}, {DAY: 100}, timedelta(days=3)),
        (90, 0, {MINUTE: 30, DAY: 10_000}, {}, timedelta(minutes=2)),
        (0, 3, {DAY: 500}, {DAY: 0}, timedelta()),
    ],
)
def test_the_slowest_of_delay_and_limits_decides(to_go, delay, limits, left, expected):
    assert sending_time(to_go, timedelta(seconds=delay), limits, left) == expected


@given(st.integers(0, 50_000), st.integers(0, 50_000), st.integers(1, 2_000))
def test_more_mails_never_take_less_time(few, more, limit):
    def time_for(count):
        return sending_time(count, timedelta(), {DAY: limit}, {})

    assert time_for(few) <= time_for(few + more)


def test_a_paused_event_has_no_end_in_sight(installation: Installation, event_id: int):
    with installation.database.writing() as session:
        event = events.event_for_change(session, event_id)
        sending_account.set_account(
            session, installation.seal, event, username="a@example.org", password="p"
        )
        go_live(session, event)
        assert last_leaves_at(session, event, 10) is not None
        event.account.needs_fixing = True
        session.flush()
        assert last_leaves_at(session, event, 10) is None
