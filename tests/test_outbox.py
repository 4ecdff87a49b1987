"""Who may send what when, and what each outcome changes."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from shared import certificates, designs, events, sending
from shared.database import Database, database_time
from shared.installation import Installation
from shared.mail import accounts, outbox, outcomes
from shared.mail.outbox import Claimed
from shared.mail.smtp import Outcome
from shared.mail.verdicts import Verdict
from shared.models import (
    Attempt,
    Event,
    Mail,
    MailAccount,
    MailKind,
    MailState,
    Problem,
    Security,
    Sending,
    Status,
    Volunteer,
)
from shared.rendering.sample import draw_sample_template
from tests.mailing import invite, pass_time

LEASE = timedelta(minutes=5)
MINUTE = timedelta(minutes=1)

SENT = Outcome(Verdict.SENT, "content", 250, "2.0.0 ok")
GREYLISTED = Outcome(Verdict.RETRY, "rcpt", 451, "4.7.1 Greylisted")
TOO_FAST = Outcome(Verdict.PAUSE, "mail", 421, "4.7.0 Try again later")
DAILY = Outcome(Verdict.PAUSE, "mail", 550, "5.4.5 Daily user sending limit exceeded")
NOBODY = Outcome(Verdict.BAD, "rcpt", 550, "5.1.1 User unknown")
WRONG_PASSWORD = Outcome(Verdict.FIX, "auth", 535, "5.7.8 Username and Password not accepted")
LOST = Outcome(Verdict.UNSURE, "content", None, "timed out")


def add_account(database: Database, event_id: int, **changes: object) -> None:
    values: dict[str, object] = {
        "username": "thanks@example.org",
        "from_address": "thanks@example.org",
        "host": "smtp.example.org",
        "port": 465,
        "security": Security.TLS,
    }
    with database.writing() as session:
        session.add(MailAccount(event_id=event_id, **values | changes))


def change(database: Database, event_id: int, alter: Callable[[Event], None]) -> None:
    with database.writing() as session:
        alter(session.get_one(Event, event_id))


def claim(database: Database, slots: int = 100) -> list[Claimed]:
    with database.writing() as session:
        return outbox.claim(session, slots, LEASE)


def begin(database: Database, claimed: Claimed) -> bool:
    with database.writing() as session:
        return claimed.mail_id in outbox.begin_hand_overs(session, [claimed], LEASE)


def settle(database: Database, claimed: Claimed, outcome: Outcome) -> bool:
    with database.writing() as session:
        return outcomes.settle(session, [(claimed, outcome)]) == 1


def mail_of(database: Database, claimed: Claimed) -> Mail:
    with database.reading() as session:
        return session.get_one(Mail, claimed.mail_id)


def volunteer_of(database: Database, claimed: Claimed) -> Volunteer:
    assert claimed.volunteer is not None
    with database.reading() as session:
        return session.get_one(Volunteer, claimed.volunteer.id)


def account_of(database: Database, event_id: int) -> MailAccount:
    with database.reading() as session:
        return session.get_one(MailAccount, event_id)


def submit(installation: Installation, event_id: int, name: str = "Ana") -> int:
    """The first volunteer submits; the id of the certificate's mail."""
    with installation.database.writing() as session:
        event = session.get_one(Event, event_id)
        if event.design is None:
            designs.set_template(session, event, draw_sample_template("en"))
        volunteer = session.scalars(select(Volunteer).order_by(Volunteer.id)).first()
        assert volunteer is not None
        assert volunteer.token is not None
        token = installation.seal.open_token(volunteer.token)
        certificate = certificates.submit(
            session, installation.settings, installation.seal, token, name
        )
        session.flush()
        return session.scalars(select(Mail.id).where(Mail.certificate_id == certificate.id)).one()


# Claiming


def test_a_mail_is_in_one_pair_of_hands(installation: Installation, event_id: int) -> None:
    addresses = invite(installation, event_id)
    assert sorted(c.address for c in claim(installation.database)) == addresses
    assert claim(installation.database) == []


def test_many_claimers_at_once_never_take_the_same_mail(
    installation: Installation, event_id: int
) -> None:
    invite(installation, event_id, 120)
    taken: list[int] = []

    def take_all() -> None:
        misses = 0
        while misses < 20:
            claimed = claim(installation.database, 4)
            taken.extend(c.mail_id for c in claimed)
            misses = 0 if claimed else misses + 1

    threads = [threading.Thread(target=take_all) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == len(set(taken)) == 120


def test_a_certificate_goes_before_invitations(installation: Installation, event_id: int) -> None:
    invite(installation, event_id, 5)
    mail_id = submit(installation, event_id)
    assert [c.mail_id for c in claim(installation.database, 1)] == [mail_id]


def test_who_has_submitted_is_not_invited_any_more(
    installation: Installation, event_id: int
) -> None:
    invite(installation, event_id, 3)
    submit(installation, event_id)
    invited = [c.address for c in claim(installation.database) if c.kind is MailKind.INVITATION]
    assert invited == ["v1@example.org", "v2@example.org"]
    with installation.database.reading() as session:
        cancelled = session.scalars(select(Mail).where(Mail.state == MailState.CANCELLED)).one()
        assert cancelled.kind is MailKind.INVITATION


def test_a_replaced_certificate_is_not_mailed(installation: Installation, event_id: int) -> None:
    invite(installation, event_id, 1)
    submit(installation, event_id, "Ann")
    newer = submit(installation, event_id, "Anna")
    claimed = claim(installation.database)
    assert [c.mail_id for c in claimed if c.kind is MailKind.CERTIFICATE] == [newer]


def test_a_paused_event_sends_only_its_organizers_test_mail(
    installation: Installation, event_id: int
) -> None:
    invite(installation, event_id)
    with installation.database.writing() as session:
        event = session.get_one(Event, event_id)
        event.sending = Sending.PAUSED
        sending.queue_test_mail(session, event, MailKind.INVITATION, "me@example.org")
    assert [c.address for c in claim(installation.database)] == ["me@example.org"]


def test_a_pause_holds_back_a_mail_that_is_already_claimed(
    installation: Installation, event_id: int
) -> None:
    invite(installation, event_id, 1)
    (claimed,) = claim(installation.database)
    change(installation.database, event_id, sending.pause)
    assert not begin(installation.database, claimed)
    with installation.database.writing() as session:
        assert outbox.give_back(session, claimed)
    assert claim(installation.database) == []
    change(installation.database, event_id, sending.resume)
    assert len(claim(installation.database)) == 1


def test_a_mail_goes_to_the_address_of_today(installation: Installation, event_id: int) -> None:
    invite(installation, event_id, 1)
    with installation.database.writing() as session:
        session.scalars(select(Volunteer)).one().email = "new@example.org"
    (claimed,) = claim(installation.database)
    assert claimed.address == "new@example.org"
    assert mail_of(installation.database, claimed).address == "new@example.org"


def test_every_try_of_a_mail_has_the_same_message_id(
    installation: Installation, event_id: int
) -> None:
    invite(installation, event_id, 1)
    (first,) = claim(installation.database)
    settle(installation.database, first, GREYLISTED)
    pass_time(installation.database, MINUTE)
    (second,) = claim(installation.database)
    assert second.message_id == first.message_id
    assert second.message_id.startswith(f"<{first.mail_id}-")


# Budget and delay


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


# Outcomes


def test_sent_means_invited_and_never_a_step_back(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    invite(installation, event_id, 2)
    first, second = claim(database)
    assert settle(database, first, SENT)
    assert volunteer_of(database, first).status is Status.INVITED
    mail = mail_of(database, first)
    assert (mail.state, mail.code, mail.answer) == (MailState.SENT, 250, "2.0.0 ok")
    assert mail.sent_at is not None
    assert volunteer_of(database, second).status is Status.NEW

    with database.writing() as session:
        assert second.volunteer is not None
        session.get_one(Volunteer, second.volunteer.id).status = Status.MAILED
    settle(database, second, SENT)
    assert volunteer_of(database, second).status is Status.MAILED


def test_a_certificate_counts_as_mailed_only_while_it_is_the_current_one(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    invite(installation, event_id, 1)
    submit(installation, event_id, "Ann")
    old = next(c for c in claim(database) if c.kind is MailKind.CERTIFICATE)
    submit(installation, event_id, "Anna")
    settle(database, old, SENT)
    assert volunteer_of(database, old).status is Status.SUBMITTED
    new = next(c for c in claim(database) if c.kind is MailKind.CERTIFICATE)
    settle(database, new, SENT)
    assert volunteer_of(database, new).status is Status.MAILED


def test_a_temporary_refusal_is_tried_five_times_more_and_then_told(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    add_account(database, event_id)
    invite(installation, event_id, 1)
    for wait in outcomes.RETRIES:
        (claimed,) = claim(database)
        settle(database, claimed, GREYLISTED)
        assert mail_of(database, claimed).state is MailState.QUEUED
        pass_time(database, wait - timedelta(seconds=30))
        assert claim(database) == []
        pass_time(database, timedelta(seconds=30))
    (claimed,) = claim(database)
    settle(database, claimed, GREYLISTED)
    assert mail_of(database, claimed).state is MailState.FAILED
    volunteer = volunteer_of(database, claimed)
    assert volunteer.problem is Problem.MAIL_FAILED
    assert volunteer.problem_text == "4.7.1 Greylisted"
    assert volunteer.status is Status.NEW


def test_a_failed_mail_that_is_queued_again_gets_all_its_tries_again(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    invite(installation, event_id, 1)
    for _ in range(len(outcomes.RETRIES) + 1):
        (claimed,) = claim(database)
        settle(database, claimed, GREYLISTED)
        pass_time(database, timedelta(hours=8))
    with database.writing() as session:
        assert sending.retry_failed(session, event_id) == 1
    (claimed,) = claim(database)
    settle(database, claimed, GREYLISTED)
    assert mail_of(database, claimed).state is MailState.QUEUED


def test_a_refused_address_is_flagged_with_the_servers_words(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    invite(installation, event_id, 1)
    (claimed,) = claim(database)
    settle(database, claimed, NOBODY)
    assert mail_of(database, claimed).state is MailState.FAILED
    volunteer = volunteer_of(database, claimed)
    assert (volunteer.problem, volunteer.problem_text) == (
        Problem.REFUSED_ADDRESS,
        "5.1.1 User unknown",
    )


def test_a_success_clears_what_went_wrong_with_mails_before(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    invite(installation, event_id, 1)
    (claimed,) = claim(database)
    settle(database, claimed, NOBODY)
    with database.writing() as session:
        mail = session.get_one(Mail, claimed.mail_id)
        mail.state = MailState.QUEUED
    pass_time(database, LEASE)
    (claimed,) = claim(database)
    settle(database, claimed, SENT)
    assert volunteer_of(database, claimed).problem is None


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
        # One mail tries whether the server has calmed down.
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
    assert account.per_day == 30
    pass_time(database, timedelta(hours=21))
    assert claim(database) == []
    pass_time(database, timedelta(hours=1, minutes=1))
    (probe,) = claim(database)
    settle(database, probe, SENT)
    assert len(claim(database)) == 9
    with database.reading() as session:
        assert session.scalar(select(func.count(Volunteer.problem))) == 0


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
        state = accounts.account_state(session, event)
        assert state.word == "needs_fixing"
        assert "not accepted" in state.answer
        assert "password" in state.advice
        states = session.scalars(select(Mail.state)).all()
        assert set(states) == {MailState.QUEUED}
    change(database, event_id, sending.resume)
    assert len(claim(database)) == 3


def test_a_refusal_of_the_old_password_does_not_stop_the_new_one(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    add_account(database, event_id, sealed_password="old")
    invite(installation, event_id)
    (claimed,) = claim(database, 1)
    with database.writing() as session:
        session.get_one(MailAccount, event_id).sealed_password = "new"
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
        state = accounts.account_state(session, session.get_one(Event, event_id))
        assert "look at the list" in state.answer
    change(database, event_id, sending.resume)
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


# Unknown outcomes, dead and late workers


def test_an_unknown_outcome_is_tried_again_and_marked(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    invite(installation, event_id, 1)
    (claimed,) = claim(database)
    settle(database, claimed, LOST)
    mail = mail_of(database, claimed)
    assert (mail.state, mail.maybe_duplicate) == (MailState.QUEUED, True)


def test_an_unknown_outcome_is_left_to_a_person_who_asked_for_that(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    change(database, event_id, lambda event: setattr(event, "ask_when_unsure", True))
    invite(installation, event_id, 1)
    (claimed,) = claim(database)
    settle(database, claimed, LOST)
    assert mail_of(database, claimed).state is MailState.UNSURE
    assert volunteer_of(database, claimed).problem is Problem.UNKNOWN_OUTCOME
    pass_time(database, timedelta(days=1))
    assert claim(database) == []


@pytest.mark.parametrize("ask", [False, True])
def test_what_a_dead_worker_had_not_handed_over_is_simply_sent(
    installation: Installation, event_id: int, ask: bool
) -> None:
    database = installation.database
    change(database, event_id, lambda event: setattr(event, "ask_when_unsure", ask))
    invite(installation, event_id, 1)
    claim(database)
    assert claim(database) == []
    pass_time(database, LEASE)
    (again,) = claim(database)
    assert not mail_of(database, again).maybe_duplicate


@pytest.mark.parametrize("ask", [False, True])
def test_what_a_dead_worker_may_have_handed_over_is_known(
    installation: Installation, event_id: int, ask: bool
) -> None:
    database = installation.database
    change(database, event_id, lambda event: setattr(event, "ask_when_unsure", ask))
    invite(installation, event_id, 1)
    (claimed,) = claim(database)
    assert begin(database, claimed)
    pass_time(database, LEASE)
    again = claim(database)
    mail = mail_of(database, claimed)
    assert mail.maybe_duplicate
    if ask:
        assert again == []
        assert mail.state is MailState.UNSURE
        assert volunteer_of(database, claimed).problem is Problem.UNKNOWN_OUTCOME
    else:
        assert [c.message_id for c in again] == [claimed.message_id]


def test_a_mail_that_is_lost_sight_of_again_and_again_is_left_to_a_person(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    invite(installation, event_id, 1)
    for _ in range(3):
        (claimed,) = claim(database)
        assert begin(database, claimed)
        pass_time(database, LEASE)
    assert claim(database) == []
    assert mail_of(database, claimed).state is MailState.UNSURE


def test_a_worker_that_slept_through_its_lease_sends_nothing(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    invite(installation, event_id, 1)
    (asleep,) = claim(database)
    pass_time(database, LEASE)
    assert not begin(database, asleep)
    (awake,) = claim(database)
    assert not begin(database, asleep)
    assert begin(database, awake)


def test_a_late_worker_does_not_settle_the_try_of_another(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    invite(installation, event_id, 1)
    (late,) = claim(database)
    pass_time(database, LEASE)
    (current,) = claim(database)
    assert not settle(database, late, NOBODY)
    assert mail_of(database, current).state is MailState.SENDING
    assert settle(database, current, SENT)
    assert mail_of(database, current).state is MailState.SENT


def test_settling_twice_changes_nothing(installation: Installation, event_id: int) -> None:
    database = installation.database
    invite(installation, event_id, 1)
    (claimed,) = claim(database)
    assert settle(database, claimed, SENT)
    assert not settle(database, claimed, NOBODY)
    assert volunteer_of(database, claimed).problem is None


def test_a_late_250_settles_what_was_left_to_a_person(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    change(database, event_id, lambda event: setattr(event, "ask_when_unsure", True))
    invite(installation, event_id, 1)
    (slow,) = claim(database)
    begin(database, slow)
    pass_time(database, LEASE)
    assert claim(database) == []
    assert settle(database, slow, SENT)
    assert mail_of(database, slow).state is MailState.SENT
    assert volunteer_of(database, slow).problem is None


def test_every_try_is_in_the_ledger(installation: Installation, event_id: int) -> None:
    database = installation.database
    add_account(database, event_id)
    invite(installation, event_id, 1)
    (claimed,) = claim(database)
    settle(database, claimed, GREYLISTED)
    pass_time(database, MINUTE)
    (claimed,) = claim(database)
    settle(database, claimed, SENT)
    with database.reading() as session:
        ledger = session.scalars(select(Attempt).order_by(Attempt.id)).all()
        assert [(a.verdict, a.code, a.phase) for a in ledger] == [
            ("retry", 451, "rcpt"),
            ("sent", 250, "content"),
        ]
        assert {a.account for a in ledger} == {"thanks@example.org@smtp.example.org:465"}


# What screens ask


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
