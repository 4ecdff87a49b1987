"""What an account allows in a minute, an hour and a day."""

import threading
from datetime import timedelta

from shared.events.installation import Installation
from shared.events.settings import create_event
from shared.mail.queue import hold
from shared.mail.queue import settle as outcomes
from shared.mail.queue.attempts import Claimed
from shared.mail.queue.standing import Why, of_sending
from shared.mail.transport.outcome import Outcome
from shared.storage.clock import database_time
from shared.storage.models import Event, Phase, Verdict
from tests.support.mailing import invite, pass_time
from tests.support.sending_steps import (
    DAILY,
    LEASE,
    MINUTE,
    SENT,
    account_of,
    add_account,
    begin,
    change,
    claim,
    settle,
    share_account,
)


def test_a_budget_is_kept_to_the_mail_and_filled_again_by_time(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    add_account(database, event_id, per_minute=3, per_hour=5)
    invite(installation, event_id, 20)
    first = claim(database)
    assert len(first) == 3
    assert claim(database) == []
    for claimed in first:
        settle(database, claimed, SENT)
    pass_time(database, MINUTE)
    second = claim(database)
    assert len(second) == 2
    for claimed in second:
        settle(database, claimed, SENT)
    pass_time(database, timedelta(hours=1))
    assert len(claim(database)) == 3


def test_two_events_share_the_budget_of_one_account(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    with database.writing() as session:
        other, _ = create_event(session, name="Other", language="en")
        other_id = other.id
    add_account(database, event_id, per_day=10)
    share_account(database, event_id, other_id)
    for id in (event_id, other_id):
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
    # Who finds the account in other hands comes away with nothing: the rest is taken here.
    taken.extend(claim(database))
    assert len(taken) == 25


def test_a_given_back_mail_costs_no_budget(installation: Installation, event_id: int) -> None:
    database = installation.database
    add_account(database, event_id, per_day=1)
    invite(installation, event_id, 1)
    (claimed,) = claim(database)
    with database.writing() as session:
        assert outcomes.give_back(session, claimed)
    assert len(claim(database)) == 1


def test_a_delay_lets_one_mail_leave_at_a_time(installation: Installation, event_id: int) -> None:
    database = installation.database
    add_account(database, event_id, min_second=2.0, max_second=5.0)
    invite(installation, event_id)
    (first,) = claim(database)
    pass_time(database, timedelta(seconds=5))
    # It may have waited for a slot: the delay begins when it has left.
    assert claim(database) == []
    settle(database, first, SENT)
    assert claim(database) == []
    pass_time(database, timedelta(seconds=5))
    assert len(claim(database)) == 1


def test_after_a_pause_the_delay_is_kept_again(installation: Installation, event_id: int) -> None:
    database = installation.database
    add_account(database, event_id, min_second=2.0, max_second=5.0)
    invite(installation, event_id)
    (refused,) = claim(database)
    settle(database, refused, Outcome(Verdict.PAUSE, Phase.MAIL, 421, "4.7.0 later"))
    pass_time(database, MINUTE)
    (probe,) = claim(database)
    settle(database, probe, SENT)
    assert claim(database) == []
    pass_time(database, timedelta(seconds=5))
    assert len(claim(database)) == 1


def test_no_more_mails_are_in_hand_than_the_provider_takes_at_once(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    with database.writing() as session:
        other, _ = create_event(session, name="Other", language="en")
        other_id = other.id
    add_account(database, event_id, connections=3)
    share_account(database, event_id, other_id)
    for id in (event_id, other_id):
        invite(installation, id, 8)
    first, second, _ = [*claim(database, 2), *claim(database, 2)]
    assert claim(database) == []
    settle(database, first, SENT)
    with database.writing() as session:
        assert outcomes.give_back(session, second)
    assert len(claim(database)) == 2
    # What a killed worker had in its hands comes back with the end of its lease.
    pass_time(database, MINUTE)
    pass_time(database, LEASE)
    assert len(claim(database)) == 3


def test_the_state_says_until_when(installation: Installation, event_id: int) -> None:
    database = installation.database

    def state() -> Why:
        with database.reading() as session:
            return of_sending(session, session.get_one(Event, event_id), "en")

    assert state().standing == "rehearsal"
    add_account(database, event_id, per_hour=2, per_day=50)
    invite(installation, event_id, 5)
    assert state().standing == "running"
    for claimed in claim(database):
        settle(database, claimed, SENT)
    spent = state()
    with database.reading() as session:
        now = database_time(session)
    assert spent.standing == "spent"
    assert spent.until is not None
    assert timedelta(minutes=59) < spent.until - now <= timedelta(hours=1)
    change(database, event_id, hold.pause)
    assert state().standing == "stopped"


def test_what_waits_in_hand_counts_until_it_has_gone_out(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    add_account(database, event_id, per_minute=4)
    invite(installation, event_id, 20)
    first = claim(database, 16)
    pass_time(database, timedelta(seconds=61))
    second = claim(database, 16)
    assert sum(begin(database, claimed) for claimed in first + second) == 4


def test_what_failed_before_the_server_heard_of_it_costs_no_budget(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    add_account(database, event_id, per_minute=1)
    invite(installation, event_id, 2)
    (claimed,) = claim(database)
    settle(database, claimed, Outcome(Verdict.RETRY, Phase.COMPOSE, None, "a defect, see the log"))
    assert len(claim(database)) == 1


def of_two_events(installation: Installation, event_id: int, **account: object) -> None:
    """Two events with mails to send, from one account."""
    database = installation.database
    with database.writing() as session:
        other = create_event(session, name="Other", language="en")[0].id
    add_account(database, event_id, **account)
    share_account(database, event_id, other)
    for event in (event_id, other):
        invite(installation, event, 3)


def test_a_delay_is_kept_by_all_events_of_an_account(
    installation: Installation, event_id: int
) -> None:
    of_two_events(installation, event_id, min_second=10, max_second=10)
    assert len(claim(installation.database)) == 1
    assert claim(installation.database) == []


def test_after_a_pause_one_mail_of_all_events_tries_the_account(
    installation: Installation, event_id: int
) -> None:
    of_two_events(installation, event_id, pauses_in_a_row=1)
    assert len(claim(installation.database)) == 1
    assert claim(installation.database) == []


def test_the_end_of_the_organizers_stop_does_not_end_the_servers_pause(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    add_account(database, event_id)
    invite(installation, event_id, 1)
    (claimed,) = claim(database)
    settle(database, claimed, DAILY)
    change(database, event_id, hold.pause)
    change(database, event_id, hold.resume)
    assert account_of(database, event_id).paused_until is not None
    change(database, event_id, hold.resume)
    assert account_of(database, event_id).paused_until is None
