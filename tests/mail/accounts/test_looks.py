"""Returned mail stops a sending, or makes it slower or faster."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from shared.errors import MailboxAway, MailboxTrouble, ProductError
from shared.events.installation import Installation
from shared.features.returned_mail.evidence import was_looked_since
from shared.features.returned_mail.looking import judge_told, note_look
from shared.features.returned_mail.models import BounceMailbox, BounceReport, BounceWebhook
from shared.mail.accounts import bucket, sending_account, speed
from shared.mail.queue import hold
from shared.mail.queue import settle as outcomes
from shared.mail.queue.attempts import Claimed
from shared.mail.queue.standing import Standing, Why, of_sending
from shared.preflight.flight_check import check_departure
from shared.settings import settings
from shared.storage.clock import database_time
from shared.storage.database import Database
from shared.storage.models import (
    Attempt,
    Event,
    Mail,
    MailState,
    Security,
    SpeedChange,
    Verdict,
    Volunteer,
)
from shared.volunteers.people import roster
from tests.support.lists import read_call
from tests.support.mailing import invite, pass_time
from tests.support.sending_steps import (
    GREYLISTED,
    NOBODY,
    SENT,
    TOO_FAST,
    account_of,
    add_account,
    begin,
    change,
    claim,
    mail_of,
    settle,
)

TWO_MINUTES = timedelta(minutes=2)


def about(count: int) -> Any:
    """The bucket goes on filling while a test runs."""
    return pytest.approx(count, abs=max(3, count // 10))


def read_returned_mail(database: Database, event_id: int, **changes: object) -> None:
    """The account's mailbox is read from now on."""
    add_account(database, event_id)
    with database.writing() as session:
        account_id = session.get_one(Event, event_id).account_id
        place = {"host": "imap.example.org", "port": 993, "security": Security.TLS}
        session.add(BounceMailbox(account_id=account_id, username="t", **place, **changes))


def send(database: Database, most: int = 10_000) -> list[Claimed]:
    """What may leave leaves, and the server takes it."""
    left: list[Claimed] = []
    while len(left) < most and (some := claim(database, min(64, most - len(left)))):
        for one in some:
            assert begin(database, one)
            settle(database, one, SENT)
        left += some
    return left


def come_back(database: Database, mails: list[Claimed], verdict: str = "hard") -> None:
    with database.writing() as session:
        for one in mails:
            report = BounceReport(mail_id=one.mail_id, key=f"{one.mail_id}", address=one.address)
            report.verdict, report.answer = verdict, "5.1.1 no such user"
            session.add(report)
            mail = mail_of(database, one)
            mail.state, mail.code, mail.answer = MailState.FAILED, 550, "5.1.1 no such user"
            session.merge(mail)


def blame_the_sender(database: Database, mails: list[Claimed], domains: list[str]) -> None:
    """Reports say that these mails, each to the next one's domain, are not allowed to come."""
    answers = ["5.7.26 unauthenticated: SPF did not pass", "5.7.1 [10.0.0.1] blocked using a list"]
    with database.writing() as session:
        for number, (one, domain) in enumerate(zip(mails, domains, strict=True)):
            report = BounceReport(
                mail_id=one.mail_id, key=f"blame-{one.mail_id}", address=f"v@{domain}", code=550,
                verdict="soft", answer=answers[number % 2],
            )  # fmt: skip
            session.add(report)
            mail = session.get_one(Mail, one.mail_id)
            mail.state, mail.returned_at = MailState.FAILED, database_time(session)


def look(database: Database, trouble: ProductError | None = None) -> None:
    """A look that begins and ends now."""
    with database.reading() as session:
        mailbox, began = session.query(BounceMailbox).one(), database_time(session)
    note_look(database, mailbox, trouble, began)


def mailbox_of(database: Database) -> BounceMailbox:
    with database.reading() as session:
        return session.query(BounceMailbox).one()


def rate(database: Database, event_id: int) -> tuple[int, str]:
    """How many mails a minute may leave, and why."""
    with database.reading() as session:
        account = session.get_one(Event, event_id).account
        assert account is not None
        now = bucket.speed_of(session, account)
        return int(now.rate), now.why("en")


def state(database: Database, event_id: int, language: str = "en") -> Why:
    with database.reading() as session:
        return of_sending(session, session.get_one(Event, event_id), language)


def test_five_that_came_back_one_after_the_other_stop_the_sending_with_the_servers_words(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    read_returned_mail(database, event_id)
    invite(installation, event_id, 30)
    left = send(database, 20)
    come_back(database, left[-5:])
    assert not account_of(database, event_id).needs_fixing
    with database.writing() as session:
        # Somebody has sent the newest again meanwhile, and a server took it.
        again = session.get_one(Mail, left[-1].mail_id)
        again.state, again.code, again.answer = MailState.SENT, 250, "2.0.0 ok"
    look(database)
    told = state(database, event_id)
    assert told.standing is Standing.NEEDS_FIXING
    assert "bounced" in told.cure
    assert told.said == "550 5.1.1 no such user"
    assert claim(database) == []
    # They were shown to a person, and no longer count.
    change(database, event_id, hold.resume)
    look(database)
    assert len(send(database)) == 10


def test_reports_that_anybody_may_have_written_stop_nothing(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    read_returned_mail(database, event_id)
    invite(installation, event_id, 30)
    left = send(database, 20)
    with database.writing() as session:
        for one in left[-6:]:
            told = {"key": f"{one.mail_id}", "verdict": "hard", "answer": "550 5.1.1 no such user"}
            session.add(
                BounceReport(
                    mail_id=one.mail_id, address=one.address, is_open=True, counts=False, **told
                )
            )
    look(database)
    assert state(database, event_id).standing is Standing.RUNNING
    # A person believes them.
    with database.writing() as session:
        session.execute(update(BounceReport).values(is_open=False, counts=True))
    look(database)
    assert state(database, event_id).standing is Standing.NEEDS_FIXING


def complain(database: Database, mails: list[Claimed]) -> None:
    with database.writing() as session:
        for one in mails:
            told = {"key": f"complaint {one.mail_id}", "verdict": "complained", "answer": ""}
            session.add(BounceReport(mail_id=one.mail_id, address=one.address, **told))


def test_three_complaints_among_few_mails_stop_the_account_until_somebody_looked(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    read_returned_mail(database, event_id)
    invite(installation, event_id, 30)
    left = send(database, 20)
    complain(database, left[:2])
    look(database)
    assert not account_of(database, event_id).needs_fixing
    complain(database, left[2:3])
    look(database)
    told = state(database, event_id)
    assert told.standing is Standing.NEEDS_FIXING
    assert "as spam" in told.cure
    assert claim(database) == []
    change(database, event_id, hold.resume)
    look(database)
    assert len(send(database)) == 10


def test_a_refusal_at_once_lets_three_complaints_count_as_those_of_all_mails(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    read_returned_mail(database, event_id)
    change(database, event_id, lambda event: setattr(event.account, "vouched", True))
    invite(installation, event_id, 1001)
    *left, last = claim(database, 500) + claim(database, 501)
    accepted = update(Attempt).where(Attempt.mail_id != last.mail_id)
    with database.writing() as session:
        now = database_time(session)
        session.execute(accepted.values(verdict=Verdict.SENT, ended_at=now, answer="2.0.0 ok"))
        complained = [one.mail_id for one in left[-3:]]
        session.execute(accepted.where(Attempt.mail_id.in_(complained)).values(at=now))
    complain(database, left[-3:])
    assert begin(database, last)
    settle(database, last, NOBODY)
    pass_time(database, TWO_MINUTES)
    look(database)
    assert not account_of(database, event_id).needs_fixing


def test_a_tenth_of_fifty_that_came_back_stop_it_wherever_they_are(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    read_returned_mail(database, event_id)
    invite(installation, event_id, 200)
    left = send(database)
    come_back(database, left[20:70:8])
    look(database)
    assert account_of(database, event_id).needs_fixing


def test_few_that_came_back_and_full_mailboxes_stop_nothing(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    read_returned_mail(database, event_id)
    invite(installation, event_id, 200)
    left = send(database)
    come_back(database, left[::20])
    come_back(database, left[1::20], "soft")
    look(database)
    assert not account_of(database, event_id).needs_fixing


def test_what_is_refused_at_once_and_what_comes_back_count_together(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    read_returned_mail(database, event_id)
    invite(installation, event_id, 40)
    left = send(database, 36)
    for one in claim(database, 2):
        settle(database, one, NOBODY)
    come_back(database, left[-3:])
    look(database)
    assert account_of(database, event_id).needs_fixing
    assert mail_of(database, left[-1]).verdict is Verdict.SENT


def test_of_a_list_of_strangers_two_hundred_leave_until_somebody_looked(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    read_returned_mail(database, event_id, next_look_at=later(database, 60))
    invite(installation, event_id, 900)
    assert len(send(database)) == about(200)
    told = state(database, event_id)
    assert (told.standing, told.until) == (Standing.RUNNING, None)
    assert told.speed is not None
    assert told.speed.in_words("en") == "13 a minute"
    assert rate(database, event_id) == (
        13,
        "every list starts like this until we know what bounces",
    )
    # The next look comes early; one that begins before the reports are there is not enough.
    assert mailbox_of(database).next_look_at < later(database, 3)
    look(database)
    assert send(database) == []
    pass_time(database, TWO_MINUTES)
    look(database)
    assert rate(database, event_id) == (100, "200 mails were checked and few bounced")
    assert len(send(database)) == about(200)
    pass_time(database, TWO_MINUTES)
    look(database)
    assert rate(database, event_id)[0] == 200
    assert len(send(database)) == about(400)


def tell_by_webhook(database: Database, event_id: int, *, heard: bool) -> None:
    """The account's relay tells of returned mail from now on, or never has."""
    add_account(database, event_id)
    with database.writing() as session:
        webhook = BounceWebhook(
            account_id=session.get_one(Event, event_id).account_id, service="postmark",
            nonce="n", secret_hash="h", heard_at=database_time(session) if heard else None,
        )  # fmt: skip
        session.add(webhook)


def test_where_a_webhook_tells_its_silence_is_evidence_once_reports_would_be_there(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    tell_by_webhook(database, event_id, heard=True)
    invite(installation, event_id, 900)
    left = send(database)
    assert len(left) == about(200)
    judge_told(database)
    assert send(database) == []
    pass_time(database, TWO_MINUTES)
    judge_told(database)
    assert rate(database, event_id) == (100, f"{len(left)} mails were checked and few bounced")
    come_back(database, send(database)[:9])
    judge_told(database)
    assert account_of(database, event_id).needs_fixing


def test_the_silence_of_a_webhook_that_was_never_heard_says_nothing(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    tell_by_webhook(database, event_id, heard=False)
    invite(installation, event_id, 900)
    send(database)
    pass_time(database, TWO_MINUTES)
    judge_told(database)
    assert rate(database, event_id)[0] == 13


def test_of_mails_that_come_back_few_make_it_slower_once(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    read_returned_mail(database, event_id)
    invite(installation, event_id, 900)
    left = send(database)
    come_back(database, left[::25])
    pass_time(database, TWO_MINUTES)
    look(database)
    look(database)
    assert rate(database, event_id) == (12, "8 of 200 mails bounced")
    with database.reading() as session:
        assert session.query(SpeedChange).count() == 1
    assert send(database) == []
    pass_time(database, timedelta(minutes=1))
    assert len(send(database)) == about(12)


def test_changes_of_long_ago_are_forgotten_but_for_what_the_speed_follows_from(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    add_account(database, event_id)
    causes = ("clean", "refused", "accepted", "came_back", "refused", "accepted", "refused")
    with database.writing() as session:
        account, now = session.get_one(Event, event_id).account, database_time(session)
        assert account is not None
        for cause in causes:
            row = {"at": now - timedelta(days=200), "old": 1, "new": 60, "cause": cause}
            session.add(SpeedChange(account_id=account.id, **row))
            session.flush()
        before = bucket.speed_of(session, account)
        bucket.heed(session, account, now, refused=4)
        after = bucket.speed_of(session, account)
        assert (after.earned, after.judged_since) == (before.earned, before.judged_since)
        kept = session.scalars(select(SpeedChange.cause).order_by(SpeedChange.id)).all()
    assert kept == [*causes[3:], "refused"]


def later(database: Database, minutes: int) -> datetime:
    with database.reading() as session:
        return database_time(session) + timedelta(minutes=minutes)


def test_of_a_half_dead_list_few_leave_at_any_rate(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    read_returned_mail(database, event_id)
    invite(installation, event_id, 900)
    count, reported = 0, 0
    left: list[Claimed] = []
    for _ in range(40):
        # 75 mails in each half minute, whose reports come a minute later; a look now and then.
        some = send(database, 75)
        left += some
        count += len(some)
        pass_time(database, timedelta(seconds=30))
        late = left[reported : max(reported, len(left) - 150)]
        come_back(database, late[::2])
        reported += len(late)
        look(database)
    assert account_of(database, event_id).needs_fixing
    assert count <= 260


def amber(installation: Installation, event_id: int) -> list[str]:
    with installation.database.reading() as session:
        found = list(check_departure(session, session.get_one(Event, event_id)))
    return [one.words for one in found if one.subject == "Bounced mail"]


def test_a_look_that_fails_or_does_not_come_lets_nothing_go(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    read_returned_mail(database, event_id)
    invite(installation, event_id, 900)
    assert len(send(database)) == about(200)
    look(database, MailboxAway(reason="It broke off."))
    assert claim(database) == []
    assert "slowly" in amber(installation, event_id)[0]
    pass_time(database, timedelta(minutes=1))
    look(database)
    assert amber(installation, event_id) == []
    # Where nobody looks, only time is evidence.
    pass_time(database, timedelta(minutes=30))
    assert len(send(database)) == about(200)
    assert "Bounced mail was not read in time," in amber(installation, event_id)[0]


def test_what_a_person_has_to_mend_makes_it_slow_at_once(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    read_returned_mail(database, event_id)
    invite(installation, event_id, 900)
    send(database)
    pass_time(database, TWO_MINUTES)
    look(database)
    assert rate(database, event_id)[0] == 100
    look(database, MailboxTrouble(reason="It does not accept this password."))
    assert len(send(database)) == about(200)
    assert rate(database, event_id) == (13, "bounced mail is not read")
    assert send(database) == []


def test_a_fault_of_the_senders_that_several_servers_name_stops_the_account_with_its_cure(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    read_returned_mail(database, event_id)
    invite(installation, event_id, 30)
    left = send(database, 20)
    blame_the_sender(database, left[:2], ["one.example", "two.example"])
    pass_time(database, TWO_MINUTES)
    look(database)
    assert state(database, event_id).standing is Standing.RUNNING
    blame_the_sender(database, left[2:3], ["three.example"])
    look(database)
    stopped = state(database, event_id)
    assert stopped.standing is Standing.NEEDS_FIXING
    assert "not because of the addresses" in stopped.cure
    assert "(SPF, DKIM, DMARC)" in stopped.cure
    assert stopped.said == "550 5.7.26 unauthenticated: SPF did not pass"
    assert "SPF" in state(database, event_id, "zh").cure
    assert claim(database) == []
    with database.reading() as session:
        assert set(session.scalars(select(Volunteer.problem))) == {None}
    # What was mended is judged anew.
    with database.writing() as session:
        hold.resume(session.get_one(Event, event_id))
    look(database)
    assert len(send(database)) == 10


@pytest.mark.parametrize("domains", [["one.example"] * 9, ["a.example", "b.example", "c.example"]])
def test_one_server_or_few_mails_among_many_stop_nobody(
    installation: Installation, event_id: int, domains: list[str]
) -> None:
    database = installation.database
    read_returned_mail(database, event_id)
    invite(installation, event_id, 60)
    left = send(database, 50)
    blame_the_sender(database, left[: len(domains)], domains)
    pass_time(database, TWO_MINUTES)
    look(database)
    assert state(database, event_id).standing is Standing.RUNNING


def test_both_times_are_settings(
    installation: Installation, event_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = installation.database
    monkeypatch.setenv("REPORTS_WITHIN", "20")
    monkeypatch.setenv("LOOK_PATIENCE", "60")
    settings.cache_clear()
    try:
        read_returned_mail(database, event_id)
        invite(installation, event_id, 900)
        assert len(send(database)) == about(200)
        pass_time(database, timedelta(seconds=25))
        look(database)
        assert rate(database, event_id)[0] == 100
        assert len(send(database)) == about(200)
        pass_time(database, timedelta(seconds=100))
        send(database)
        assert rate(database, event_id) == (13, "bounced mail is not read")
    finally:
        settings.cache_clear()


def test_after_a_stop_and_for_a_new_list_it_begins_anew(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    read_returned_mail(database, event_id)
    invite(installation, event_id, 900)
    for earned in (100, 200):
        send(database)
        pass_time(database, TWO_MINUTES)
        look(database)
        assert rate(database, event_id)[0] == earned
    with database.writing() as session:
        event = session.get_one(Event, event_id)
        roster.add_volunteers(session, event, read_call("new@example.org"))
    assert rate(database, event_id)[0] == 13
    left = send(database)
    assert len(left) == about(200)
    come_back(database, left[-6:])
    look(database)
    assert account_of(database, event_id).needs_fixing
    assert rate(database, event_id)[0] == 13


def test_while_the_server_refuses_a_clean_look_is_no_reason_to_send(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    read_returned_mail(database, event_id)
    invite(installation, event_id, 900)
    left = send(database, 199)
    (refused,) = claim(database, 1)
    settle(database, refused, TOO_FAST)
    assert rate(database, event_id) == (1, "the mail server accepts no mail for now")
    pass_time(database, TWO_MINUTES)
    look(database)
    assert rate(database, event_id)[0] == 1
    (probe,) = claim(database)
    settle(database, probe, SENT)
    assert rate(database, event_id) == (13, "the mail server accepts mail again")
    assert len(left) == 199
    # Now it counts.
    pass_time(database, TWO_MINUTES)
    look(database)
    assert rate(database, event_id)[0] == 100


def test_a_list_that_is_vouched_for_does_not_wait(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    read_returned_mail(database, event_id)
    invite(installation, event_id, 900)
    with database.writing() as session:
        event = session.get_one(Event, event_id)
        sending_account.set_account(session, installation.seal, event, vouched=True)
    assert len(send(database)) == 900
    assert rate(database, event_id) == (speed.VOUCHED_RATE, "the list is vouched for")
    with database.writing() as session:
        event = session.get_one(Event, event_id)
        sending_account.set_account(session, installation.seal, event, vouched=False)
    assert rate(database, event_id)[0] == 13


def test_without_a_way_to_learn_of_it_five_hundred_leave_and_then_200_in_a_quarter(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    add_account(database, event_id)
    invite(installation, event_id, 800)
    assert len(send(database)) == about(500)
    pass_time(database, timedelta(minutes=15))
    assert len(send(database)) == about(200)
    with database.reading() as session:
        account = session.get_one(Event, event_id).account
        assert account is not None
        assert was_looked_since(session, account) is None


def test_a_mail_that_has_not_left_is_put_back_into_the_bucket(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    read_returned_mail(database, event_id)
    invite(installation, event_id, 300)
    tried = claim(database, 50)
    for one in tried[:25]:
        settle(database, one, GREYLISTED)
    with database.writing() as session:
        for one in tried[25:]:
            assert outcomes.give_back(session, one)
    assert len(send(database)) == about(200)


def test_what_nobody_proves_is_no_evidence(installation: Installation, event_id: int) -> None:
    database = installation.database
    read_returned_mail(database, event_id)
    invite(installation, event_id, 30)
    left = send(database, 20)
    with database.writing() as session:
        for one in left[-6:]:
            told = {"key": f"forged {one.mail_id}", "verdict": "hard", "answer": "gone"}
            report = BounceReport(mail_id=one.mail_id, address=one.address, **told)
            report.is_open, report.counts = True, False
            session.add(report)
    look(database)
    assert not account_of(database, event_id).needs_fixing
    assert len(send(database)) == 10


def test_it_is_known_whether_somebody_looked_since_the_last_mail_left(
    installation: Installation, event_id: int
) -> None:
    database = installation.database

    def was_looked() -> bool | None:
        with database.reading() as session:
            account = session.get_one(Event, event_id).account
            assert account is not None
            return was_looked_since(session, account)

    read_returned_mail(database, event_id)
    invite(installation, event_id, 5)
    look(database)
    send(database)
    assert was_looked() is False
    look(database)
    assert was_looked() is True
