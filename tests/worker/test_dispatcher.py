"""The worker through real SMTP: it survives servers, the database, defects and its own end."""

import threading
import time

import pytest
from sqlalchemy import select

from shared.events.installation import Installation
from shared.events.settings import create_event
from shared.storage.models import (
    Attempt,
    Event,
    Mail,
    MailState,
    Problem,
    Sending,
    SendingAccount,
    Status,
    Volunteer,
    Worker,
)
from shared.worker.dispatcher import run_worker
from tests.support.mailing import count_mails, invite, statuses, use_sink, wait_until, working
from tests.support.smtp_sink import Fault, SmtpSink, Step, answering


def test_a_list_is_sent_through_the_events_own_server(
    installation: Installation, event_id: int
) -> None:
    addresses = invite(installation, event_id, 40)
    with SmtpSink() as sink:
        use_sink(installation, event_id, sink)
        with working(installation):
            wait_until(lambda: statuses(installation.database) == [1] * 40)
    assert sorted(sink.recipients()) == sorted(addresses)
    assert len(set(sink.message_ids())) == 40
    assert sink.visits <= installation.settings.worker_slots


def test_two_workers_send_each_mail_once(installation: Installation, event_id: int) -> None:
    addresses = invite(installation, event_id, 60)
    with SmtpSink() as sink:
        use_sink(installation, event_id, sink)
        with working(installation), working(installation):
            wait_until(lambda: statuses(installation.database) == [1] * 60)
    assert sorted(sink.recipients()) == sorted(addresses)


class AtOnce:
    """A script that refuses what is on its way besides `most` other mails."""

    def __init__(self, most: int) -> None:
        self._lock = threading.Lock()
        self._under_way: set[int] = set()
        self._most = most
        self.highest = 0

    def __call__(self, step: Step) -> str | None:
        with self._lock:
            if step.phase == "mail":
                self._under_way.add(id(step))
                self.highest = max(self.highest, len(self._under_way))
        if step.phase != "content":
            return None
        time.sleep(0.02)
        with self._lock:
            count = len(self._under_way)
            self._under_way.remove(id(step))
        return "432 4.3.2 Concurrent connections limit exceeded." if count > self._most else None


def test_a_provider_that_takes_few_mails_at_once_is_never_asked_for_more(
    installation: Installation, event_id: int
) -> None:
    invite(installation, event_id, 30)
    at_once = AtOnce(2)
    with SmtpSink(at_once) as sink:
        use_sink(installation, event_id, sink, connections=2)
        with working(installation), working(installation):
            wait_until(lambda: statuses(installation.database) == [1] * 30)
    assert at_once.highest == 2
    assert sink.visits <= 4
    assert len(sink.received) == 30


@pytest.mark.parametrize("first", ["slow", "both"])
def test_an_account_whose_server_thinks_long_leaves_half_of_the_slots_to_others(
    installation: Installation, event_id: int, first: str
) -> None:
    installation.settings.mail_dot_timeout = 60.0
    waiting, lock, most = 0, threading.Lock(), 0
    answered = threading.Semaphore(0)

    def think(step: Step) -> None:
        nonlocal waiting, most
        if step.phase == "content":
            with lock:
                waiting += 1
                most = max(most, waiting)
            answered.acquire(timeout=60)
            with lock:
                waiting -= 1

    waited: list[int] = []

    def count(step: Step) -> None:
        if step.phase == "content":
            waited.append(waiting)

    with installation.database.writing() as session:
        other = create_event(session, name="Other", language="en")[0].id
    with SmtpSink(think) as slow, SmtpSink(count) as quick:
        use_sink(installation, event_id, slow)
        use_sink(installation, other, quick, username="other@example.org")
        invite(installation, event_id, 12)
        if first == "both":
            invite(installation, other, 20)
        with working(installation):
            if first == "slow":
                # Alone, it may use all.
                wait_until(lambda: waiting == 4)
                invite(installation, other, 20)
                # As often as it looks whether somebody else has mails that are due.
                time.sleep(1)
                for _ in range(2):
                    answered.release()
            wait_until(lambda: len(quick.received) == 20)
            assert max(waited[5:15]) <= 2
            # The others are done, so it is alone.
            wait_until(lambda: waiting == 4)
            for _ in range(20):
                answered.release()
            wait_until(lambda: len(slow.received) == 12)


def test_only_the_refused_fail_and_the_rest_arrive(
    installation: Installation, event_id: int
) -> None:
    invite(installation, event_id, 12)

    def refuse_v3(step: Step) -> str | None:
        is_v3 = step.phase == "rcpt" and step.recipient.startswith("v3@")
        return "550 5.1.1 no such user" if is_v3 else None

    with SmtpSink(refuse_v3) as sink:
        use_sink(installation, event_id, sink)
        with working(installation):
            wait_until(lambda: statuses(installation.database).count(1) == 11)
            wait_until(lambda: count_mails(installation, MailState.FAILED) == 1)
    with installation.database.reading() as session:
        failed = session.scalars(
            select(Volunteer).where(Volunteer.problem == Problem.REFUSED_ADDRESS)
        ).one()
        assert failed.email == "v3@example.org"
        assert failed.status is Status.NEW


def test_while_a_server_takes_its_time_few_mails_are_in_hand(
    installation: Installation, event_id: int
) -> None:
    invite(installation, event_id, 40)
    most_in_hand = 0

    def take_time(step: Step) -> None:
        nonlocal most_in_hand
        time.sleep(0.05)
        most_in_hand = max(most_in_hand, count_mails(installation, MailState.SENDING))

    with SmtpSink(take_time) as sink:
        use_sink(installation, event_id, sink)
        with working(installation):
            wait_until(lambda: len(sink.received) > 15)
    # What a kill would leave until the lease ends: one on its way and one behind it, and one whose
    # outcome is being written.
    assert 0 < most_in_hand <= 3 * installation.settings.worker_slots


def test_a_quota_hurts_nobody_and_is_met_once(installation: Installation, event_id: int) -> None:
    installation.settings.worker_slots = 1
    invite(installation, event_id, 60)

    def thirty_a_day(step: Step) -> str | None:
        full = step.phase == "mail" and step.mail > 30
        return "550 5.4.5 Daily user sending limit exceeded" if full else None

    with SmtpSink(thirty_a_day) as sink:
        use_sink(installation, event_id, sink)
        with working(installation):
            wait_until(lambda: account(installation, event_id).paused_until is not None)
            time.sleep(0.5)
    assert len(sink.received) == 30
    assert sink.mails_begun == 31
    assert account(installation, event_id).learned_limit == 30
    assert count_mails(installation, MailState.FAILED) == 0
    assert count_mails(installation, MailState.QUEUED) == 30


@pytest.mark.parametrize(
    "answer", ["550 5.4.5 Daily user sending limit exceeded", "530 5.7.0 Authentication required"]
)
def test_an_answer_that_stops_the_account_is_heard_once_by_each_connection(
    installation: Installation, event_id: int, answer: str
) -> None:
    installation.settings.worker_slots = 3
    invite(installation, event_id, 60)

    def thirty(step: Step) -> str | None:
        return answer if step.phase == "mail" and step.mail > 30 else None

    with SmtpSink(thirty) as sink:
        use_sink(installation, event_id, sink)
        with working(installation):
            wait_until(lambda: sink.mails_begun > 30)
            # All that waited in the worker's hands is in the queue again.
            wait_until(lambda: count_mails(installation, MailState.QUEUED) == 30)
            wait_until(lambda: count_mails(installation, MailState.SENDING) == 0)
    assert len(sink.received) == 30
    assert 31 <= sink.mails_begun <= 33
    with installation.database.reading() as session:
        assert not any(session.scalars(select(Mail.maybe_duplicate)))


def test_what_waits_behind_a_pause_is_not_shown_to_the_server(
    installation: Installation, event_id: int
) -> None:
    installation.settings.worker_slots = 1
    invite(installation, event_id, 20)
    asked, paused = threading.Event(), threading.Event()

    def wait_for_the_pause(step: Step) -> None:
        if step.phase == "data" and step.mail == 5:
            asked.set()
            paused.wait(10)

    with SmtpSink(wait_for_the_pause) as sink:
        use_sink(installation, event_id, sink)
        with working(installation):
            assert asked.wait(10)
            with installation.database.writing() as session:
                session.get_one(Event, event_id).sending = Sending.STOPPED
            paused.set()
            wait_until(lambda: count_mails(installation, MailState.QUEUED) == 16)
    assert (len(sink.received), sink.mails_begun) == (4, 5)


def account(installation: Installation, event_id: int) -> SendingAccount:
    with installation.database.reading() as session:
        return session.get_one(Event, event_id).account


def test_pausing_takes_effect_while_the_server_hangs(
    installation: Installation, event_id: int
) -> None:
    installation.settings.mail_timeout = 1.0
    invite(installation, event_id, 8)
    hanging = threading.Event()

    def hang_at_first(step: Step) -> Fault | None:
        if step.phase == "data" and not hanging.is_set():
            hanging.set()
            return Fault.HANG
        return None

    installation.settings.worker_slots = 1
    with SmtpSink(hang_at_first) as sink:
        use_sink(installation, event_id, sink)
        with working(installation):
            assert hanging.wait(10)
            with installation.database.writing() as session:
                session.get_one(Event, event_id).sending = Sending.STOPPED
            time.sleep(1.5)
            assert sink.received == []
            with installation.database.writing() as session:
                session.get_one(Event, event_id).sending = Sending.RUNNING
            wait_until(lambda: len(sink.received) == 7)
    # The eighth waits for its second try.
    assert count_mails(installation, MailState.QUEUED) == 1


def test_a_mail_held_back_by_a_pause_has_not_failed(
    installation: Installation, event_id: int
) -> None:
    invite(installation, event_id, 1)
    asked, paused = threading.Event(), threading.Event()

    def wait_for_the_pause(step: Step) -> None:
        if step.phase == "data" and not paused.is_set():
            asked.set()
            paused.wait(10)

    with SmtpSink(wait_for_the_pause) as sink:
        use_sink(installation, event_id, sink)
        with working(installation):
            assert asked.wait(10)
            with installation.database.writing() as session:
                session.get_one(Event, event_id).sending = Sending.STOPPED
            paused.set()
            wait_until(lambda: count_mails(installation, MailState.QUEUED) == 1)
            assert sink.received == []
            with installation.database.writing() as session:
                session.get_one(Event, event_id).sending = Sending.RUNNING
            wait_until(lambda: statuses(installation.database) == [1])
    with installation.database.reading() as session:
        tries = session.scalars(select(Attempt.verdict).order_by(Attempt.id)).all()
    assert list(tries) == ["given_back", "sent"]


@pytest.mark.parametrize("phase", ["connect", "rcpt", "content"])
def test_a_stopped_worker_is_gone_in_five_seconds_though_the_server_hangs(
    installation: Installation, event_id: int, phase: str
) -> None:
    installation.settings.mail_timeout = 60.0
    invite(installation, event_id, 6)
    stop = threading.Event()
    with SmtpSink(answering(phase, Fault.HANG)) as sink:
        use_sink(installation, event_id, sink)
        worker = threading.Thread(target=run_worker, args=(installation, stop))
        worker.start()
        wait_until(lambda: sink.visits > 0)
        time.sleep(0.3)
        began = time.monotonic()
        stop.set()
        worker.join(10)
        assert time.monotonic() - began < 5
    assert count_mails(installation, MailState.SENDING) == 0
    with installation.database.reading() as session:
        assert session.scalars(select(Worker)).all() == []
        marked = session.scalars(select(Mail.maybe_duplicate)).all()
        # What had begun to be handed over may have arrived, and says so.
        assert any(marked) == (phase == "content")


def test_a_worker_that_stops_while_it_connects_leaves_the_account_in_peace(
    installation: Installation, event_id: int
) -> None:
    installation.settings.mail_timeout = 60.0
    invite(installation, event_id, 1)
    with SmtpSink(answering("connect", Fault.HANG)) as sink:
        use_sink(installation, event_id, sink)
        with working(installation):
            wait_until(lambda: sink.visits > 0)
            time.sleep(0.3)
    with installation.database.reading() as session:
        assert session.get_one(Event, event_id).account.paused_until is None
    assert count_mails(installation, MailState.QUEUED) == 1
