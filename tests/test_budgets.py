"""What an account allows in a minute, an hour and a day."""

import threading
from datetime import timedelta

from shared import events, sending
from shared.database import database_time
from shared.installation import Installation
from shared.mail import accounts, outbox
from shared.mail.outbox import Claimed
from shared.models import (
    Event,
)
from tests.mailing import invite, pass_time
from tests.steps_of_sending import (
    MINUTE,
    SENT,
    add_account,
    change,
    claim,
    settle,
)


def test_a_budget_is_kept_to_the_mail_and_filled_again_by_time(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    add_account(database, event_id, per_minute=3, per_hour=5)
    invite(installation, event_id, 20)
    assert len(claim(database)) == 3
    assert claim(database) == []
    pass_time(database, MINUTE)
    assert len(claim(database)) == 2
    pass_time(database, timedelta(hours=1))
    assert len(claim(database)) == 3


def test_two_events_share_the_budget_of_one_account(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    with database.writing() as session:
        other, _ = events.create_event(session, name="Other", language="en")
        other_id = other.id
    for id in (event_id, other_id):
        add_account(database, id, per_day=10)
        invite(installation, id, 8)
    total = 0
    for _ in range(10):
        total += len(claim(database))
    assert total == 10


def test_parallel_claimers_do_not_overdraw_a_budget(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    add_account(database, event_id, per_day=25)
    invite(installation, event_id, 60)
    taken: list[Claimed] = []

    def take() -> None:
        for _ in range(25):
            taken.extend(claim(database, 2))

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == 25


def test_a_given_back_mail_costs_no_budget(installation: Installation, event_id: int) -> None:
    database = installation.database
    add_account(database, event_id, per_day=1)
    invite(installation, event_id, 1)
    (claimed,) = claim(database)
    with database.writing() as session:
        assert outbox.give_back(session, claimed)
    assert len(claim(database)) == 1


def test_a_delay_lets_one_mail_leave_at_a_time(installation: Installation, event_id: int) -> None:
    database = installation.database
    add_account(database, event_id, min_second=2.0, max_second=5.0)
    invite(installation, event_id)
    assert len(claim(database)) == 1
    assert claim(database) == []
    pass_time(database, timedelta(seconds=5))
    assert len(claim(database)) == 1


def test_the_state_says_until_when(installation: Installation, event_id: int) -> None:
    database = installation.database

    def state() -> accounts.AccountState:
        with database.reading() as session:
            return accounts.account_state(session, session.get_one(Event, event_id))

    assert state().word == "rehearsal"
    add_account(database, event_id, per_hour=2, per_day=50)
    invite(installation, event_id, 5)
    assert (state().word, state().left) == ("running", {"hour": 2, "day": 50})
    for claimed in claim(database):
        settle(database, claimed, SENT)
    spent = state()
    with database.reading() as session:
        now = database_time(session)
    assert spent.word == "spent"
    assert spent.until is not None
    assert timedelta(minutes=59) < spent.until - now <= timedelta(hours=1)
    change(database, event_id, sending.pause)
    assert state().word == "stopped"
