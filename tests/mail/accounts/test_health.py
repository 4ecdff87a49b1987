"""What an outcome says about the account: growing pauses, learned quotas, a person to ask."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from shared.events.installation import Installation
from shared.events.settings import create_event
from shared.mail.accounts import health
from shared.mail.kinds.invitation import INVITATION
from shared.mail.queue import enqueue, failed_mails, hold
from shared.mail.queue.attempts import Claimed
from shared.mail.queue.standing import Standing, of_sending
from shared.mail.transport.graph import judged
from shared.mail.transport.graph_connection import GraphAnswer
from shared.mail.transport.outcome import Outcome
from shared.mail.transport.own_answers import CUT_HERE
from shared.storage.database import Database
from shared.storage.models import Event, Mail, MailState, Phase, Problem, Verdict, Volunteer
from shared.volunteers.people import roster
from tests.support.acting import queue_invitations
from tests.support.lists import read_call
from tests.support.mailing import invite, pass_time
from tests.support.sending_steps import (
    DAILY,
    LOST,
    NOBODY,
    POLICY,
    SENT,
    TOO_FAST,
    WRONG_PASSWORD,
    account_of,
    add_account,
    begin,
    change,
    claim,
    mail_of,
    settle,
    volunteer_of,
)


def test_pauses_grow_and_end_by_themselves(installation: Installation, event_id: int) -> None:
    database = installation.database
    add_account(database, event_id)
    invite(installation, event_id, 9)
    first, second = claim(database, 2)
    settle(database, first, TOO_FAST)
    settle(database, second, TOO_FAST)
    for wait in (1, 5, 15, 60, 60):
        pass_time(database, timedelta(minutes=wait, seconds=-30))
        assert claim(database) == []
        pass_time(database, timedelta(seconds=30))
        # One mail tests whether the server has calmed down.
        (probe,) = claim(database)
        assert claim(database) == []
        if wait < 60:
            settle(database, probe, TOO_FAST)
            assert mail_of(database, probe).state is MailState.QUEUED
        else:
            break
    settle(database, probe, SENT)
    assert account_of(database, event_id).pauses_in_a_row == 0
    assert len(claim(database)) == 8


def test_a_mail_that_was_in_hand_before_a_pause_does_not_end_it(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    add_account(database, event_id)
    invite(installation, event_id)
    first, second = claim(database, 2)
    settle(database, first, TOO_FAST)
    settle(database, second, SENT)
    assert claim(database) == []
    assert account_of(database, event_id).paused_until is not None


def test_a_days_quota_waits_for_the_next_day_and_is_remembered(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    add_account(database, event_id)
    invite(installation, event_id, 40)
    for claimed in claim(database, 30):
        settle(database, claimed, SENT)
    pass_time(database, timedelta(hours=2))
    (refused,) = claim(database, 1)
    settle(database, refused, DAILY)
    account = account_of(database, event_id)
    assert (account.per_day, account.learned_period, account.learned_limit) == (None, "day", 30)
    pass_time(database, timedelta(hours=21))
    assert claim(database) == []
    pass_time(database, timedelta(hours=1, minutes=1))
    (probe,) = claim(database)
    settle(database, probe, SENT)
    assert len(claim(database)) == 9
    with database.reading() as session:
        assert session.scalar(select(func.count(Volunteer.problem))) == 0


@pytest.mark.parametrize(("period", "seconds"), [("hour", 3600), ("minute", 60)])
def test_a_quota_of_an_hour_or_a_minute_is_remembered_and_kept(
    installation: Installation, event_id: int, period: str, seconds: int
) -> None:
    database = installation.database
    add_account(database, event_id)
    invite(installation, event_id, 40)
    for claimed in claim(database, 12):
        settle(database, claimed, SENT)
    words = f"Domain example.org has exceeded the max emails per {period} (12/12 (100%)) allowed."
    (refused,) = claim(database, 1)
    settle(database, refused, Outcome(Verdict.PAUSE, Phase.CONTENT, 550, words))
    account = account_of(database, event_id)
    assert (account.learned_period, account.learned_limit) == (period, 12)
    pass_time(database, timedelta(seconds=seconds - 10))
    assert claim(database) == []
    pass_time(database, timedelta(seconds=20))
    (probe,) = claim(database)
    settle(database, probe, SENT)
    # It holds by itself now, and at most once an hour twice as much is tried.
    rest = claim(database, 40)
    assert len(rest) == (11 if period == "minute" else 23)


def test_too_many_at_once_makes_it_fewer(installation: Installation, event_id: int) -> None:
    database = installation.database
    add_account(database, event_id)
    invite(installation, event_id, 40)
    words = "4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending"
    for left in (2, 1, 1):
        # All that are on their way get this answer.
        for refused in claim(database, 8):
            settle(database, refused, Outcome(Verdict.PAUSE, Phase.CONTENT, 432, words))
        assert account_of(database, event_id).connections == left
        pass_time(database, timedelta(hours=1))
    (probe,) = claim(database)
    settle(database, probe, SENT)
    assert len(claim(database)) == 1


def test_a_wrong_password_stops_everything_and_harms_no_mail(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    add_account(database, event_id)
    invite(installation, event_id)
    (claimed,) = claim(database, 1)
    settle(database, claimed, WRONG_PASSWORD)
    assert claim(database) == []
    with database.reading() as session:
        event = session.get_one(Event, event_id)
        state = of_sending(session, event, "en")
        assert state.standing == "needs_fixing"
        assert "not accepted" in state.said
        assert "password" in state.cure
        states = session.scalars(select(Mail.state)).all()
        assert set(states) == {MailState.QUEUED}
    change(database, event_id, hold.resume)
    assert len(claim(database)) == 3


def test_a_refusal_of_the_old_password_does_not_stop_the_new_one(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    add_account(database, event_id, sealed_password="old")
    invite(installation, event_id)
    (claimed,) = claim(database, 1)
    with database.writing() as session:
        session.get_one(Event, event_id).account.sealed_password = "new"
    settle(database, claimed, WRONG_PASSWORD)
    assert len(claim(database)) == 3


def test_five_bad_addresses_in_a_row_ask_a_person_once(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    add_account(database, event_id)
    invite(installation, event_id, 12)
    for claimed in claim(database, 4):
        settle(database, claimed, NOBODY)
    assert not account_of(database, event_id).needs_fixing
    (fifth,) = claim(database, 1)
    settle(database, fifth, NOBODY)
    assert claim(database) == []
    with database.reading() as session:
        state = of_sending(session, session.get_one(Event, event_id), "en")
        assert "Then continue" in state.cure
    change(database, event_id, hold.resume)
    for claimed in claim(database, 4):
        settle(database, claimed, NOBODY)
    assert not account_of(database, event_id).needs_fixing


def test_more_than_a_tenth_of_bad_addresses_asks_a_person(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    add_account(database, event_id)
    invite(installation, event_id, 60)
    for place, claimed in enumerate(claim(database, 50)):
        settle(database, claimed, NOBODY if place % 9 == 0 else SENT)
    assert account_of(database, event_id).needs_fixing


@pytest.mark.parametrize("answer", [TOO_FAST, POLICY])
def test_a_mail_that_alone_stops_its_account_again_and_again_is_given_up(
    installation: Installation, event_id: int, answer: Outcome
) -> None:
    database = installation.database
    add_account(database, event_id)
    invite(installation, event_id, 8)
    (first,) = claim(database, 1)
    refused = replace(answer, phase="rcpt")
    for _ in range(3):
        settle(database, first, refused)
        change(database, event_id, hold.resume)
        for claimed in claim(database):
            if claimed.mail_id != first.mail_id:
                settle(database, claimed, SENT)
            first = claimed if claimed.mail_id == first.mail_id else first
    assert mail_of(database, first).state is MailState.FAILED
    assert volunteer_of(database, first).problem is Problem.MAIL_FAILED


def test_a_pause_without_an_account_is_simply_tried_again(
    installation: Installation, event_id: int
) -> None:
    invite(installation, event_id, 1)
    (claimed,) = claim(installation.database)
    settle(installation.database, claimed, TOO_FAST)
    assert mail_of(installation.database, claimed).state is MailState.QUEUED


ILL = Outcome(Verdict.RETRY, Phase.DATA, 451, "4.3.0 Temporary lookup failure")
LATER = Outcome(Verdict.RETRY, Phase.RCPT, 450, "4.1.8 Sender address rejected: Domain not found")


def test_a_server_that_refuses_one_mail_after_the_other_for_now_is_left_alone(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    add_account(database, event_id)
    invite(installation, event_id, 9)
    first, second, third, *others = claim(database, 5)
    settle(database, first, ILL)
    settle(database, second, ILL)
    assert account_of(database, event_id).paused_until is None
    for refused in (third, *others):
        settle(database, refused, ILL)
        # It is not to blame, so this try does not count.
        assert mail_of(database, refused).waits_since is None
    assert claim(database) == []
    with database.reading() as session:
        state = of_sending(session, session.get_one(Event, event_id), "en")
    assert state.standing is Standing.PAUSED
    assert state.said == "451 4.3.0 Temporary lookup failure"
    assert state.reason(sees_addresses=False) == f"{state.words} {state.cure} (451 4.3.0)"
    assert "We retry automatically" in state.cure
    for wait in (1, 5, 15, 60, 60):
        pass_time(database, timedelta(minutes=wait, seconds=-30))
        assert claim(database) == []
        pass_time(database, timedelta(seconds=30))
        (probe,) = claim(database)
        settle(database, probe, ILL)
    pass_time(database, timedelta(hours=1))
    (probe,) = claim(database)
    settle(database, probe, SENT)
    assert len(claim(database)) == 8


def test_a_day_of_refusals_for_now_harms_nobody(installation: Installation, event_id: int) -> None:
    database = installation.database
    add_account(database, event_id)
    invite(installation, event_id, 9)
    tries = 0
    for _ in range(24 * 6):
        for claimed in claim(database):
            settle(database, claimed, ILL)
            tries += 1
        pass_time(database, timedelta(minutes=10))
    assert tries <= 40
    for _ in range(20):
        for claimed in claim(database):
            settle(database, claimed, SENT)
        pass_time(database, timedelta(minutes=30))
    with database.reading() as session:
        assert set(session.scalars(select(Mail.state))) == {MailState.SENT}


def test_one_mail_that_is_refused_for_now_stops_nobody_else(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    add_account(database, event_id)
    invite(installation, event_id, 1)
    for _ in range(4):
        (claimed,) = claim(database)
        settle(database, claimed, ILL)
        pass_time(database, timedelta(hours=2))
    assert account_of(database, event_id).pauses_in_a_row == 0
    assert mail_of(database, claimed).waits_since is not None


def test_refusals_for_now_with_an_accepted_mail_between_are_the_mails_own(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    add_account(database, event_id)
    invite(installation, event_id, 12)
    for place, claimed in enumerate(claim(database)):
        settle(database, claimed, SENT if place % 3 == 2 else ILL)
    assert account_of(database, event_id).pauses_in_a_row == 0


@pytest.mark.parametrize(
    ("count", "domains", "answer", "rests"),
    [
        (9, 3, LATER, False),
        (10, 2, LATER, False),
        (10, 3, LATER, True),
        (10, 3, replace(LATER, text="4.7.1 Greylisted, come back later"), False),
        (10, 3, replace(LATER, text="4.2.2 The mailbox is over quota"), False),
    ],
)
def test_many_recipients_refused_for_now_in_several_domains_are_the_servers_trouble(
    installation: Installation,
    event_id: int,
    count: int,
    domains: int,
    answer: Outcome,
    rests: bool,
) -> None:
    database = installation.database
    add_account(database, event_id)
    people = [f"v{n}@d{n % domains}.example.org" for n in range(count)]
    with database.writing() as session:
        event = session.get_one(Event, event_id)
        roster.add_volunteers(session, event, read_call("\n".join(people)))
        queue_invitations(session, installation.seal, event)
    for claimed in claim(database):
        settle(database, claimed, answer)
    assert (account_of(database, event_id).paused_until is not None) == rests


def test_requests_that_graph_cannot_explain_are_left_alone_too(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    add_account(database, event_id, transport="graph")
    invite(installation, event_id, 3)
    unknown = judged(GraphAnswer(400, b'{"error": {"code": "ErrorInternalServerTransientError"}}'))
    for claimed in claim(database):
        settle(database, claimed, unknown)
    assert account_of(database, event_id).paused_until is not None


def test_a_mail_that_was_refused_with_all_others_is_not_given_up_for_it(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    add_account(database, event_id)
    invite(installation, event_id, 3)
    for _ in range(5):
        # The server is ill for a while, and well again, with the same mails in the queue.
        mails = claim(database)
        for claimed in mails[:-1]:
            settle(database, claimed, replace(ILL, phase=Phase.CONTENT))
        settle(database, mails[-1], replace(ILL, phase=Phase.CONTENT))
        with database.writing() as session:
            health.clear_trouble(session.get_one(Event, event_id).account)
            enqueue.queue_test_mail(
                session, session.get_one(Event, event_id), INVITATION, "me@example.org"
            )
        (own,) = (one for one in claim(database) if one.mail.volunteer is None)
        settle(database, own, SENT)
        pass_time(database, timedelta(hours=4))
    with database.reading() as session:
        assert not session.scalars(select(Mail).where(Mail.state == MailState.FAILED)).all()


def hand_over(database: Database, slots: int = 1) -> list[Claimed]:
    """The next mails, each with its content on its way."""
    claimed = claim(database, slots)
    for one in claimed:
        assert begin(database, one)
    return claimed


def test_a_server_that_leaves_mails_without_an_answer_is_left_alone_and_then_a_person_is_asked(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    add_account(database, event_id)
    invite(installation, event_id, 9)
    for wait in (1, 5):
        (claimed,) = hand_over(database)
        settle(database, claimed, LOST)
        assert claim(database) == []
        assert not account_of(database, event_id).needs_fixing
        pass_time(database, timedelta(minutes=wait))
    (claimed,) = hand_over(database)
    settle(database, claimed, LOST)
    assert account_of(database, event_id).needs_fixing
    with database.reading() as session:
        state = of_sending(session, session.get_one(Event, event_id), "en")
    assert "never said" in state.cure
    assert state.said == "timed out"
    # A person has looked, so it is counted anew.
    change(database, event_id, hold.resume)
    (claimed,) = hand_over(database)
    settle(database, claimed, LOST)
    assert not account_of(database, event_id).needs_fixing


def test_mails_that_were_on_their_way_at_the_same_moment_count_as_one(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    add_account(database, event_id)
    invite(installation, event_id, 9)
    for claimed in hand_over(database, 4):
        settle(database, claimed, LOST)
    account = account_of(database, event_id)
    assert (account.needs_fixing, account.pauses_in_a_row) == (False, 1)


def test_a_mail_accepted_between_shows_that_the_server_answers(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    add_account(database, event_id)
    invite(installation, event_id, 9)
    for outcome in (LOST, LOST, SENT, LOST, LOST):
        (claimed,) = hand_over(database)
        settle(database, claimed, outcome)
        pass_time(database, timedelta(minutes=10))
    assert not account_of(database, event_id).needs_fixing


def test_a_worker_that_broke_off_by_itself_leaves_the_account_in_peace(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    add_account(database, event_id)
    invite(installation, event_id, 9)
    for _ in range(4):
        (claimed,) = hand_over(database)
        settle(database, claimed, replace(LOST, text=CUT_HERE))
        assert mail_of(database, claimed).maybe_duplicate
    account = account_of(database, event_id)
    assert (account.needs_fixing, account.pauses_in_a_row) == (False, 0)


def test_a_mail_without_an_answer_is_repeated_once_and_then_left_to_a_person(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    add_account(database, event_id)
    invite(installation, event_id, 1)
    for state in (MailState.QUEUED, MailState.UNSURE):
        (claimed,) = hand_over(database)
        settle(database, claimed, LOST)
        assert mail_of(database, claimed).state is state
        pass_time(database, timedelta(hours=1))
    assert volunteer_of(database, claimed).problem is Problem.UNKNOWN_OUTCOME
    # Who sends it again has it repeated once more.
    with database.writing() as session:
        failed_mails.send_unsure_again(session, session.get_one(Mail, claimed.mail_id))
    (claimed,) = hand_over(database)
    settle(database, claimed, LOST)
    assert mail_of(database, claimed).state is MailState.QUEUED


def test_a_wrong_password_of_one_event_does_not_stop_the_others_of_its_account(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    with database.writing() as session:
        other = create_event(session, name="Other", language="en")[0].id
    add_account(database, event_id, sealed_password="wrong")
    add_account(database, other, sealed_password="right")
    invite(installation, event_id, 1)
    (claimed,) = claim(database)
    settle(database, claimed, WRONG_PASSWORD)
    assert account_of(database, event_id).needs_fixing
    assert not account_of(database, other).needs_fixing
