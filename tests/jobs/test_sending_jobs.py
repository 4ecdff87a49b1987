"""What stops the sending, ends a rehearsal or a hold is a job, too, and goes on where it was."""

import threading
from functools import partial

import pytest
from sqlalchemy import func, insert, select, update

from shared.access.roles import Permission
from shared.acts.begin_for_real import begin_forgetting, count_rehearsed
from shared.acts.decide import MailsDecision, as_said
from shared.acts.go_live import begin_going_live
from shared.acts.held_back import begin_taking_back
from shared.events.installation import Installation
from shared.jobs import asking
from shared.jobs.carrying import carry_out_due
from shared.log.actor import AT_THE_MACHINE
from shared.mail.queue import hold
from shared.mail.queue.hold import count_held
from shared.storage.models import Attempt, Event, Mail, MailState, Sending, now
from tests.support.crowds import crowd
from tests.support.jobs import after_a_turn, ask, job
from tests.support.sending_steps import add_account

MANY = 600


def carry_out_one_turn(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    ends = threading.Event()
    with monkeypatch.context() as patched:
        after_a_turn(patched, ends.set)
        carry_out_due(installation, ends)


def event_of(installation: Installation, event_id: int) -> Event:
    with installation.database.reading() as session:
        return session.get_one(Event, event_id)


def mails(installation: Installation, state: MailState) -> int:
    with installation.database.reading() as session:
        counted = select(func.count()).where(Mail.state == state)
        return session.scalars(counted).one()


def test_nothing_leaves_until_all_is_taken_back(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    event_id = crowd(installation.database, MANY)
    asked = ask(installation, event_id, begin=partial(begin_taking_back, certificates=False))
    carry_out_one_turn(installation, monkeypatch)
    assert 0 < mails(installation, MailState.CANCELLED) < MANY
    assert event_of(installation, event_id).sending is Sending.STOPPED
    carry_out_due(installation)
    assert mails(installation, MailState.CANCELLED) == MANY
    assert event_of(installation, event_id).sending is Sending.RUNNING
    assert (job(installation, asked).done, job(installation, asked).refusal) == (MANY, None)


def test_what_is_queued_while_mails_are_taken_back_is_taken_back_too(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    event_id = crowd(installation.database, MANY)
    asked = ask(installation, event_id, begin=partial(begin_taking_back, certificates=False))

    def queue_again() -> None:
        with installation.database.writing() as session:
            done = select(Mail.id).where(Mail.state == MailState.CANCELLED).limit(5)
            session.execute(update(Mail).where(Mail.id.in_(done)).values(state=MailState.QUEUED))

    after_a_turn(monkeypatch, queue_again)
    carry_out_due(installation)
    assert mails(installation, MailState.CANCELLED) == MANY
    assert [one["done"] for one in job(installation, asked).tallies] == [MANY, 5]


def test_a_taking_back_that_is_stopped_leaves_the_sending_stopped(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    event_id = crowd(installation.database, MANY)
    asked = ask(installation, event_id, begin=partial(begin_taking_back, certificates=False))

    def stop() -> None:
        with installation.database.writing(by=AT_THE_MACHINE) as session:
            asking.stop(session, event_id, asked)

    after_a_turn(monkeypatch, stop)
    carry_out_due(installation)
    assert 0 < mails(installation, MailState.QUEUED) < MANY
    assert event_of(installation, event_id).sending is Sending.STOPPED


def test_a_rehearsal_is_forgotten_by_several_who_follow_each_other(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = installation.database
    event_id = crowd(database, MANY)
    with database.writing() as session:
        session.execute(update(Mail).values(state=MailState.SENT, sent_at=now()))
        tries = [
            {"mail_id": mail, "account": "", "try_number": 1, "at": now()}
            for mail in session.scalars(select(Mail.id))
        ]
        session.execute(insert(Attempt), tries)
    add_account(database, event_id)
    ask(installation, event_id, begin=begin_forgetting)

    def left() -> int:
        with database.reading() as session:
            return count_rehearsed(session, session.get_one(Event, event_id))

    carry_out_one_turn(installation, monkeypatch)
    carry_out_one_turn(installation, monkeypatch)
    assert 0 < left() < MANY
    assert event_of(installation, event_id).is_forgetting_rehearsal
    carry_out_due(installation)
    assert left() == 0
    assert not event_of(installation, event_id).is_forgetting_rehearsal


def test_an_event_goes_live_once_nothing_of_the_rehearsal_waits(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    event_id = crowd(installation.database, MANY)
    add_account(installation.database, event_id)
    with installation.database.writing() as session:
        session.get_one(Event, event_id).live_at = None
    ask(installation, event_id, needed=Permission.CHANGE_ACCOUNT, begin=begin_going_live)
    carry_out_one_turn(installation, monkeypatch)
    assert event_of(installation, event_id).live_at is None
    carry_out_due(installation)
    assert event_of(installation, event_id).live_at is not None
    assert mails(installation, MailState.CANCELLED) == MANY


def test_what_is_said_after_a_restore_is_done_although_jobs_are_held(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = installation.database
    event_id = crowd(database, MANY)
    with database.writing() as session:
        hold.hold(session)
    act = as_said(database, event_id, MailsDecision.THEY_LEFT, "")
    ask(installation, event_id, act)
    carry_out_one_turn(installation, monkeypatch)
    with database.reading() as session:
        assert 0 < count_held(session, event_id) < MANY
    carry_out_due(installation)
    with database.reading() as session:
        assert count_held(session, event_id) == 0
    assert mails(installation, MailState.SENT) == MANY
