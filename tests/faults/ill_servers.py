"""Mail servers on which something is wrong, though they answer."""

import itertools
import threading
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from shared.events.settings import create_event
from shared.features.returned_mail import evidence
from shared.features.returned_mail.mailbox import MailboxChange, set_mailbox
from shared.mail.accounts import recent_mails
from shared.mail.queue import hold
from shared.mail.queue.standing import Standing, Why, of_sending
from shared.storage.clock import database_time
from shared.storage.models import Attempt, Event, Mail, MailState, Security, Verdict
from shared.worker.dispatcher import run_worker
from tests.faults.scene import Audit, Scene
from tests.support.bounce_reports import Dsn, Original
from tests.support.imap_server import ImapServer, trust
from tests.support.mailing import invite, pass_time, send_through, wait_until
from tests.support.smtp_sink import Fault, SmtpSink, Step, answering, carrying


def few_mails_a_connection(folder: Path, database_url: str, mails: int) -> tuple[Audit, int, int]:
    """A server that takes ten mails on each connection, and stays on the line after its 421.

    The audit, how often it had to say so, and how often the account paused.
    """
    script = carrying(10, "421 too many messages in this connection")
    with SmtpSink(script, stays_after_421=True) as sink:
        scene = Scene(folder, database_url, sink, mails, timeout=5)
        scene.finish()
        with scene.database.reading() as session:
            pauses = select(func.count()).where(Attempt.verdict == Verdict.PAUSE)
            paused = session.scalars(pauses).one()
        return scene.end(), sink.mails_begun - mails, paused


def refused_for_now(
    folder: Path, database_url: str, mails: int, passing: timedelta
) -> tuple[Audit, int]:
    """A server that answers 451 to every DATA while that time is `passing`, and is well then.

    The audit, and how many connections it saw before it was well.
    """
    with SmtpSink(answering("data", "451 4.3.0 Temporary lookup failure")) as sink:
        scene = Scene(folder, database_url, sink, mails, timeout=5)
        passed = timedelta()
        with scene.worker():
            while passed < passing:
                wait_until(lambda: _pause(scene) > timedelta(), 60)
                pause = _pause(scene)
                pass_time(scene.database, pause)
                passed += pause
            visits = sink.visits
            sink.script = lambda step: None
            wait_until(lambda: _is_done(scene), 300)
        return scene.end(), visits


def _is_done(scene: Scene) -> bool:
    """What was tried before the first pause waits for its minutes."""
    if scene.open_mails():
        scene.let_time_pass(timedelta(minutes=1))
    return scene.open_mails() == 0


def _pause(scene: Scene) -> timedelta:
    """How long the account pauses from now on, with no mail on its way."""
    with scene.database.reading() as session:
        state = of_sending(session, session.get_one(Event, scene.event_id), "en")
        on_its_way = session.scalars(
            select(func.count()).where(Mail.state == MailState.SENDING)
        ).one()
        if state.standing is not Standing.PAUSED or state.until is None or on_its_way:
            return timedelta()
        return state.until - database_time(session)


def slow_after_the_dot(folder: Path, database_url: str, mails: int) -> Audit:
    """A server that scans each mail for longer than anybody waits for its other answers."""

    def scan(step: Step) -> None:
        if step.phase == "content":
            time.sleep(4)

    with SmtpSink(scan) as sink:
        scene = Scene(folder, database_url, sink, mails, timeout=3, dot_timeout=60)
        scene.finish()
        return scene.end()


def never_answering(folder: Path, database_url: str, mails: int) -> tuple[Audit, int, int]:
    """A server that takes every mail and never says so.

    The audit, the most copies that anybody got, and how often a person was asked, who let it go on.
    """
    with SmtpSink(answering("content", Fault.LOSE_THE_ANSWER)) as sink:
        scene = Scene(folder, database_url, sink, mails, timeout=1)
        asked = 0
        with scene.worker():
            while scene.open_mails():
                with scene.database.writing() as session:
                    event = session.get_one(Event, scene.event_id)
                    if of_sending(session, event, "en").standing is Standing.NEEDS_FIXING:
                        asked += 1
                        hold.resume(event)
                time.sleep(0.1)
                scene.let_time_pass(timedelta(hours=1))
        copies = Counter(sink.recipients())
        return scene.end(), max(copies.values()), asked


def beside_a_slow_server(folder: Path, database_url: str, mails: int) -> tuple[Audit, int]:
    """While one account's server thinks about each mail, another account sends.

    The audit, and how many slots waited for the slow one while the other had much to send.
    """
    thinking, lock, answered = 0, threading.Lock(), threading.Event()
    waited: list[int] = []

    def think(step: Step) -> None:
        nonlocal thinking
        if step.phase == "content":
            with lock:
                thinking += 1
            answered.wait(60)
            with lock:
                thinking -= 1

    def count(step: Step) -> None:
        if step.phase == "content":
            waited.append(thinking)

    with SmtpSink(think) as slow, SmtpSink(count) as quick:
        scene = Scene(folder, database_url, quick, mails, timeout=5, dot_timeout=120)
        with scene.database.writing() as session:
            other, _ = create_event(session, name="Slow", language="en")
            send_through(session, other, slow, username="slow@example.org")
            other_id = other.id
        invite(scene.installation, other_id, 12)
        with scene.worker():
            wait_until(lambda: len(quick.received) == mails)
            answered.set()
            wait_until(lambda: scene.open_mails() == 0, 120)
        quick.received += slow.received
        return scene.end(), max(waited[mails // 4 : mails // 2])


def half_dead_list(folder: Path, database_url: str, mails: int) -> tuple[int, str]:
    """A relay takes everything, and every second mail comes back a second later.

    How many mails had left when the sending stopped, and the words that it stopped with. All times
    of `recent_mails` are a sixtieth.
    """
    unknown = Dsn("5.1.1", "smtp; 550 5.1.1 User unknown")
    stop = threading.Event()
    with SmtpSink() as sink, ImapServer() as mailbox, pytest.MonkeyPatch.context() as patch:
        trust(mailbox, folder, patch)
        scene = Scene(folder, database_url, sink, mails, timeout=5, account={"vouched": False})
        scene.settings.mailbox_interval = 5
        scene.settings.reports_within, scene.settings.look_patience = 2, 15
        for module in (evidence, recent_mails):
            patch.setattr(module, "settings", lambda: scene.settings)
        change = MailboxChange(
            "127.0.0.1", mailbox.port, Security.TLS, mailbox.user, mailbox.password
        )
        with scene.database.writing() as session:
            event = session.get_one(Event, scene.event_id)
            reach = scene.settings.organizers_reach
            set_mailbox(session, scene.installation.seal, event, change, reach)

        def report() -> None:
            for number in itertools.count():
                while len(sink.received) <= number:
                    if stop.wait(0.05):
                        return
                if number % 2:
                    mail = sink.received[number]
                    stop.wait(0 if number < len(sink.received) - 1 else 1)
                    original = Original(str(mail.message["Message-ID"]), mail.recipient)
                    mailbox.put(unknown(original))

        def state() -> Why:
            with scene.database.reading() as session:
                return of_sending(session, session.get_one(Event, scene.event_id), "en")

        threads = [
            threading.Thread(target=report),
            threading.Thread(target=run_worker, args=(scene.installation, stop)),
        ]
        for thread in threads:
            thread.start()
        try:
            wait_until(lambda: state().standing is Standing.NEEDS_FIXING, 60)
        finally:
            stop.set()
            for thread in threads:
                thread.join()
        left, said = len(sink.received), state().said
        scene.database.close()
        return left, said
