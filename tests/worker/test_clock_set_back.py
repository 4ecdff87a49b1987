"""A clock that ran ahead is set right: nothing waits until the wrong time comes again."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta

import pytest
from sqlalchemy import select

from shared.events.installation import Installation
from shared.mail.queue import clock
from shared.preflight.flight_check import check_departure
from shared.storage.clock import database_time
from shared.storage.models import Attempt, Event, Mail, MailState, SendingAccount, Worker
from shared.volunteers.people import roster
from tests.support.acting import queue_invitations
from tests.support.lists import read_call
from tests.support.mailing import (
    count_mails,
    have_left,
    invite,
    set_clock_back,
    use_sink,
    wait_until,
    working,
)
from tests.support.plain_sink import sink
from tests.support.sending_steps import GREYLISTED, begin, claim, mail_of, settle
from tests.support.smtp_sink import SmtpSink

__all__ = ["sink"]

A_DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def findings(installation: Installation, event_id: int) -> list[str]:
    with installation.database.reading() as session:
        found = list(check_departure(session, session.get_one(Event, event_id)))
    return [one.said("en") for one in found if one.subject == "Clock"]


def test_mails_that_were_queued_tomorrow_are_found_and_leave_now(
    installation: Installation, event_id: int, sink: SmtpSink
) -> None:
    use_sink(installation, event_id, sink)
    invite(installation, event_id, 3)
    assert findings(installation, event_id) == []
    set_clock_back(installation.database, A_DAY)
    assert "wait for a time it has already passed: 3." in findings(installation, event_id)[0]
    with working(installation):
        wait_until(lambda: have_left(installation, 3))
    assert findings(installation, event_id) == []


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_worker_that_starts_waits_for_no_account_that_another_one_holds(
    installation: Installation, event_id: int, sink: SmtpSink
) -> None:
    """Whoever was suspended in the middle of a claim holds it until somebody ends that."""
    use_sink(installation, event_id, sink)
    locked = select(SendingAccount).with_for_update(key_share=True)
    with installation.database.writing() as sleeper, ThreadPoolExecutor(1) as starting:
        assert sleeper.scalars(locked).all()
        started = starting.submit(clock.bring_back, installation.database, HOUR)
        is_over = wait([started], timeout=10).done
        sleeper.rollback()
    assert is_over


def test_a_running_worker_notices_that_the_clock_was_set_back(
    installation: Installation, event_id: int, sink: SmtpSink
) -> None:
    use_sink(installation, event_id, sink, per_minute=2)
    with working(installation):
        invite(installation, event_id, 4)
        wait_until(lambda: have_left(installation, 2))
        wait_until(lambda: count_mails(installation, MailState.SENDING) == 0)
        set_clock_back(installation.database, HOUR)
        with installation.database.reading() as session:
            later = database_time(session) + clock.UNNOTICED
            early = select(Attempt.id).where(Attempt.at > later)
        wait_until(lambda: nothing(installation, early))
    # Their budget counts them as of now, not for another hour.
    assert nothing(installation, select(Worker.id).where(Worker.seen_at > later))


def nothing(installation: Installation, rows) -> bool:
    with installation.database.reading() as session:
        return session.scalars(rows).all() == []


def test_what_was_refused_for_now_is_tried_again_and_a_pause_is_as_long_as_it_was(
    installation: Installation, event_id: int, sink: SmtpSink
) -> None:
    database = installation.database
    use_sink(installation, event_id, sink)
    invite(installation, event_id, 1)
    (task,) = claim(database)
    assert begin(database, task)
    settle(database, task, GREYLISTED)
    with database.writing() as session:
        account = session.scalars(select(SendingAccount)).one()
        account.paused_until = database_time(session) + timedelta(minutes=15)
    set_clock_back(database, HOUR)
    assert clock.bring_back(database, A_DAY) == 1
    with database.reading() as session:
        now = database_time(session)
        paused = session.scalars(select(SendingAccount.paused_until)).one()
    assert mail_of(database, task).due_at <= now
    assert mail_of(database, task).waits_since <= now
    assert timedelta(minutes=14) < paused - now < timedelta(minutes=16)


def test_what_a_worker_has_in_hand_is_left_to_it(
    installation: Installation, event_id: int, sink: SmtpSink
) -> None:
    database = installation.database
    use_sink(installation, event_id, sink)
    invite(installation, event_id, 1)
    (task,) = claim(database)
    set_clock_back(database, A_DAY)
    clock.bring_back(database, HOUR)
    assert claim(database) == []
    with database.reading() as session:
        left = mail_of(database, task).due_at - database_time(session)
    assert timedelta(minutes=59) < left <= HOUR


def test_a_moment_that_was_chosen_stays(installation: Installation, event_id: int) -> None:
    database = installation.database
    with database.writing() as session:
        event = session.get_one(Event, event_id)
        roster.add_volunteers(session, event, read_call("ana@example.org"))
        chosen = database_time(session) + timedelta(days=3)
        queue_invitations(session, installation.seal, event, send_at=chosen)
        session.flush()
        session.scalars(select(Mail)).one().created_at += A_DAY
    assert findings(installation, event_id) == []
    assert clock.bring_back(database, HOUR) == 0
    with database.reading() as session:
        assert session.scalars(select(Mail.due_at)).one() == chosen
