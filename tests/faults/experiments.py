"""The experiments behind the promises; `python -m tests.faults` runs them at full length."""

import random
import resource
import signal
import sqlite3
import threading
import time
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select

from shared.mail.accounts.health import clear_trouble
from shared.mail.queue.standing import Standing, of_sending
from shared.storage.models import Event, Mail, MailState
from shared.worker.dispatcher import run_worker
from tests.faults.postgresql import PostgreSQL
from tests.faults.scene import Audit, Scene
from tests.support.acting import queue_invitations
from tests.support.begun import send, wait
from tests.support.mailing import pass_time, wait_until
from tests.support.smtp_sink import Fault, Script, SmtpSink, Step

_ANSWERS: dict[str, tuple[str, ...]] = {
    "connect": ("421 4.3.2 try later",),
    "ehlo": ("421 4.3.2 closing",),
    "mail": ("421 4.7.0 too many", "451 4.3.0 error", "550 5.4.5 Daily sending quota exceeded"),
    "rcpt": ("450 4.2.1 slow down", "550 5.1.1 no such user", "421 4.7.0 too many recipients"),
    "data": ("451 4.3.0 later", "421 4.3.0 closing"),
    "content": ("451 4.3.0 error", "452 4.3.1 full", "554 DT:SPM spam", "550 5.1.1 no such user"),
}


def slow_script(rng: random.Random, longest: float = 0.008) -> Script:
    """A server that takes some milliseconds for each step, so that a kill can land anywhere."""

    def script(step: Step) -> None:
        time.sleep(rng.uniform(longest / 4, longest))

    return script


def kill_often(
    folder: Path,
    database_url: str,
    mails: int,
    kills: int,
    *,
    ask: bool = False,
    slots: int = 4,
    step: float = 0.008,
) -> Audit:
    """kill -9 of the worker with `slots` connections, `kills` times while `mails` are sent.

    Each step takes the server `step` seconds at most.
    """
    rng = random.Random(1)
    with SmtpSink(slow_script(rng, step)) as sink:
        scene = Scene(folder, database_url, sink, mails, ask_when_unsure=ask)
        for _ in range(kills):
            before = sink.mails_begun
            worker = scene.start_worker(WORKER_SLOTS=str(slots))
            wait_until(lambda before=before: sink.mails_begun > before or not scene.open_mails())  # type: ignore[misc]
            time.sleep(rng.uniform(0, mails / kills * 1.25 * step))
            worker.kill()
            wait(worker)
        scene.finish()
        return scene.end()


def faulty_server(folder: Path, database_url: str, mails: int, seed: int) -> Audit:
    """A server that drops, hangs, refuses and loses answers at every step, as `seed` says."""
    rng = random.Random(seed)

    def script(step: Step) -> str | Fault | None:
        chance = rng.random()
        if chance < 0.004:
            return Fault.HANG
        if chance < 0.02:
            return Fault.DROP
        if chance < 0.03 and step.phase == "content":
            return Fault.LOSE_THE_ANSWER
        if chance < 0.06 and step.phase in _ANSWERS:
            return rng.choice(_ANSWERS[step.phase])
        return None

    with SmtpSink(script) as sink:
        scene = Scene(folder, database_url, sink, mails, timeout=0.3)
        stop = threading.Event()
        worker = threading.Thread(target=run_worker, args=(scene.installation, stop))
        worker.start()
        deadline = time.monotonic() + 120
        while scene.open_mails():
            assert time.monotonic() < deadline, "mails are left"
            time.sleep(0.1)
            _play_the_organizer(scene)
            scene.let_time_pass(timedelta(days=1))
        stop.set()
        worker.join()
        return scene.end()


def _play_the_organizer(scene: Scene) -> None:
    with scene.database.writing() as session:
        account = session.get_one(Event, scene.event_id).account
        # Refusals that ask for a person, and the many bad addresses of this server.
        if account.needs_fixing:
            clear_trouble(account)


def daily_quota(folder: Path, database_url: str, mails: int, quota: int) -> tuple[Audit, int]:
    """The provider stops after `quota` mails a day; returns the audit, and how many it had to
    refuse."""
    sent_today = 0
    refused = 0
    lock = threading.Lock()

    def script(step: Step) -> str | None:
        nonlocal refused, sent_today
        with lock:
            if step.phase == "mail" and sent_today >= quota:
                refused += 1
                return "550 5.4.5 Daily user sending limit exceeded"
            if step.phase == "content":
                sent_today += 1
        return None

    with SmtpSink(script) as sink:
        scene = Scene(folder, database_url, sink, mails, timeout=2)
        with scene.worker(WORKER_SLOTS="1"):
            while scene.open_mails():
                wait_until(lambda: _is_over_for_today(scene) or not scene.open_mails(), 120)
                with lock:
                    sent_today = 0
                pass_time(scene.database, timedelta(days=1))
        return scene.end(), refused


def _is_over_for_today(scene: Scene) -> bool:
    """Waiting for the next day: by the provider's word, or because the budget is spent. No mail
    is under way any more, which the provider would count as the next day's."""
    with scene.database.reading() as session:
        event = session.get_one(Event, scene.event_id)
        waits = of_sending(session, event, "en").standing in (Standing.PAUSED, Standing.SPENT)
        under_way = select(func.count()).where(Mail.state == MailState.SENDING)
        return waits and session.scalars(under_way).one() == 0


def two_workers(folder: Path, database_url: str, mails: int) -> Audit:
    """Two worker processes, and "send" pressed once more while they send."""
    with SmtpSink() as sink:
        scene = Scene(folder, database_url, sink, mails, timeout=5)
        with scene.worker(), scene.worker():
            wait_until(lambda: len(sink.received) > mails // 10)
            with scene.database.writing() as session:
                event = session.get_one(Event, scene.event_id)
                assert queue_invitations(session, scene.installation.seal, event) == 0
            wait_until(lambda: scene.open_mails() == 0, 300)
        return scene.end()


def suspended_worker(folder: Path, database_url: str, mails: int) -> Audit:
    """A worker suspended beyond its lease (a closed lid), which wakes beside its successor."""
    with SmtpSink(slow_script(random.Random(1))) as sink:
        scene = Scene(folder, database_url, sink, mails, timeout=0.4)
        with scene.worker() as sleeper:
            wait_until(lambda: len(sink.received) > mails // 10)
            send(sleeper, signal.SIGSTOP)
            scene.finish()
            send(sleeper, signal.SIGCONT)
            time.sleep(1)
        return scene.end()


def locked_database(folder: Path, mails: int, seconds: float) -> Audit:
    """Another program holds SQLite's write lock in the middle of a sending."""
    path = folder / "locked.sqlite3"
    with SmtpSink(slow_script(random.Random(1))) as sink:
        scene = Scene(folder, f"sqlite:///{path}", sink, mails, timeout=30)
        with scene.worker():
            wait_until(lambda: len(sink.received) > mails // 10)
            holder = sqlite3.connect(path, isolation_level=None, timeout=30)
            holder.execute("BEGIN IMMEDIATE")
            time.sleep(seconds)
            holder.execute("ROLLBACK")
            holder.close()
            wait_until(lambda: scene.open_mails() == 0, 120)
        return scene.end()


def full_disk(folder: Path, mails: int) -> Audit:
    """The worker's process cannot write a byte more to its files; then there is room again."""
    path = folder / "full.sqlite3"
    with SmtpSink(slow_script(random.Random(1))) as sink:
        scene = Scene(folder, f"sqlite:///{path}", sink, mails, timeout=0.6)
        with scene.worker() as worker:
            wait_until(lambda: len(sink.received) > mails // 10)
            before = resource.prlimit(worker.pid, resource.RLIMIT_FSIZE)
            resource.prlimit(worker.pid, resource.RLIMIT_FSIZE, (4096, before[1]))
            time.sleep(2)
            resource.prlimit(worker.pid, resource.RLIMIT_FSIZE, before)
            wait_until(lambda: scene.open_mails() == 0, 120)
        return scene.end()


def restarted_postgresql(folder: Path, server: PostgreSQL, mails: int) -> Audit:
    """PostgreSQL is restarted, without waiting for anybody, in the middle of a sending."""
    with SmtpSink(slow_script(random.Random(1))) as sink:
        scene = Scene(folder, server.new_database(), sink, mails, timeout=0.6)
        with scene.worker():
            wait_until(lambda: len(sink.received) > mails // 10)
            server.restart()
            wait_until(lambda: scene.open_mails() == 0, 120)
        return scene.end()
