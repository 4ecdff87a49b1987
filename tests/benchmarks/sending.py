"""Sending: kept connections beside a connection and a sign-in for each mail, and beside Postfix's
own smtp-source at a Postfix that stores every mail."""

import os
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from unittest.mock import patch

import psutil
import yagmail
from sqlalchemy import func, select

from shared import events
from shared.access.roles import Permission
from shared.acts.go_live import go_live
from shared.acts.remove import Remove
from shared.destinations import ANYWHERE
from shared.events.installation import Installation
from shared.events.opening import open_installation
from shared.events.settings import create_event
from shared.jobs import asking
from shared.mail.accounts import sending_account, speed
from shared.mail.accounts.speed import RampUp
from shared.mail.kinds import texts
from shared.mail.kinds.certificate import CERTIFICATE
from shared.mail.kinds.invitation import INVITATION
from shared.mail.transport.protocol import Account
from shared.mail.transport.smtp import SmtpTransport
from shared.settings import Settings
from shared.storage.models import (
    ConsoleSession,
    Event,
    Job,
    Mail,
    MailState,
    Security,
    Verdict,
    Volunteer,
)
from shared.volunteers.people import roster
from shared.worker.dispatcher import run_worker
from tests.benchmarks.far_server import SLOW_LINE, FarServer, far_server
from tests.benchmarks.table import Line
from tests.support import postfix
from tests.support.acting import queue_invitations
from tests.support.crowds import crowd
from tests.support.factories import sample_picture, set_picture
from tests.support.lists import read_call
from tests.support.smtp_sink import SmtpSink
from tests.support.submitting import submit_name

REMOVED = 20_000
MANY, NAIVE, FEW, SUBMITS, STORED, TURNS, CARRIED = 2000, 200, 40, 21, 1000, 7, 50
# Over the slow line, in milliseconds.
TRIP = SLOW_LINE * 1000
PAUSES, MAILS_IN_PACE = (0.2, 0.5), 101
SENDER = "thanks@example.org"
# A worker that takes more of a second has not yet started, in milliseconds.
_STARTING = 100


def measure() -> list[Line]:
    with far_server() as server, _trusted(server.authorities):
        _naive(server, 1)  # Its first mail imports what it needs.
        naive = _naive(server, NAIVE)
        ours, processor = _send(server.port, MANY, slots=4)
        lone = _over_a_slow_line(server)
        one, _ = _send(server.slow_port, FEW, slots=1)
        eight, _ = _send(server.slow_port, 4 * FEW, slots=8)
    handed_over, idle = _submits(), _idle_share()
    return [
        Line("an invitation (TLS, 4 connections)", ours, naive, "≥ 3×", naive / ours >= 3),
        Line("8 connections beside one, 40 ms away", eight, one, "≥ 6×", one / eight >= 6),
        Line("handing over, 40 ms away", lone, TRIP, "≤ 2.3 round trips", lone <= 2.3 * TRIP),
        *_beside_smtp_source(),
        _beside_a_job(),
        _vouched(),
        Line("processor's time per invitation", processor, None, "≤ 4 ms", processor <= 4),
        Line("submit to handed over, idle", handed_over, None, "< 400 ms", handed_over < 400),
        Line("idle worker, of each second", idle, None, "< 10 ms", idle < 10),
        *map(_pace, PAUSES),
    ]


def _pace(chosen: float) -> Line:
    """The mean of the pauses between two mails, from the answer to one to the beginning of the
    next, as the mail server sees them; beside it the one that was chosen."""
    times: dict[str, list[float]] = defaultdict(list)
    with SmtpSink(script=lambda step: times[step.phase].append(time.perf_counter())) as sink:
        _send(sink.port, MAILS_IN_PACE, slots=4, password="", pause=chosen)
    pairs = zip(times["content"], times["mail"][1:], strict=False)
    mean = statistics.mean(begun - ended for ended, begun in pairs)
    is_kept = abs(mean - chosen) <= max(0.1 * chosen, 0.02)
    what = f"pause of {chosen:g} s, mean of {MAILS_IN_PACE - 1}"
    return Line(what, mean * 1000, chosen * 1000, "± 10 % or 20 ms", is_kept)


@contextmanager
def _trusted(authorities: Path) -> Iterator[None]:
    """Let ours and the naive way believe the server; what is measured next believes as before."""
    before = os.environ.get("SSL_CERT_FILE")
    os.environ["SSL_CERT_FILE"] = str(authorities)
    yield
    os.environ.pop("SSL_CERT_FILE")
    if before is not None:
        os.environ["SSL_CERT_FILE"] = before


def _naive(server: FarServer, count: int) -> float:
    """Milliseconds for the same message the way that yagmail's own examples show."""
    event = Event(
        name="Benchmark",
        language="en",
        organization="",
        website="",
        wording={},
        corrections_allowed=True,
    )
    start = time.perf_counter()
    for number in range(count):
        values = {"link": f"https://example.org/certificate?token={number}"}
        text = texts.write(event, INVITATION, values)
        mail = yagmail.SMTP(SENDER, "secret", "127.0.0.1", server.port)
        mail.send(f"v{number}@example.org", text.subject, text.html)
        mail.close()
    return (time.perf_counter() - start) * 1000 / count


def _send(
    port: int,
    count: int,
    slots: int,
    password: str = "secret",
    pause: float = 0.0,
    job_on: int = 0,
) -> tuple[float, float]:
    """Milliseconds, and of the processor, per invitation from the queue to settled.

    Without a password, and in plain, to a server that wants none. `pause` is what is chosen between
    two of them, in seconds. `job_on`: to how many people of another event something is done by the
    same worker until then.
    """
    with _installation(slots) as installation:
        if job_on:
            _ask_for_a_job(installation, job_on)
        event_id = _listed(installation, count)
        with installation.database.writing() as session:
            event = events.event_for_change(session, event_id)
            sending_account.set_account(
                session,
                installation.seal,
                event,
                vouched=True,
                username=SENDER,
                password=password,
                skip_auth=not password,
                server_address="127.0.0.1",
                smtp_port=port,
                security=Security.TLS if password else Security.NONE,
                reach=ANYWHERE,
                min_second=pause,
                max_second=pause,
            )
            go_live(session, event)
            queue_invitations(session, installation.seal, event)
        began, used = time.perf_counter(), time.process_time()
        with _working(installation):
            # Rarely: to look takes the processor, too, and it counts as the worker's.
            _wait(lambda: _sent(installation, INVITATION.name) == count, pause=0.1)
            assert not job_on or _goes_on(installation), "the job was over before the mails"
        ended, spent = time.perf_counter(), time.process_time()
        return (ended - began) * 1000 / count, (spent - used) * 1000 / count


def _over_a_slow_line(server: FarServer) -> float:
    """Milliseconds for each of the mails that one connection carries, with signing in."""
    account = Account(
        host="127.0.0.1",
        port=server.slow_port,
        security=Security.TLS,
        from_address=SENDER,
        username=SENDER,
        password="secret",
        reach=ANYWHERE,
    )
    start = time.perf_counter()
    with closing(SmtpTransport(account)) as transport:
        for number in range(CARRIED):
            outcome = transport.deliver(b"Subject: 1\r\n\r\n", f"v{number}@example.org")
            assert outcome.verdict is Verdict.SENT
    return (time.perf_counter() - start) * 1000 / CARRIED


def _beside_smtp_source() -> list[Line]:
    """Turns of both at one Postfix, with mails of the same size over as many connections."""
    if not postfix.is_installed():
        return []
    with SmtpSink() as sink:
        _send(sink.port, 1, slots=1, password="")
        size = len(sink.received[0].content)
    turns = []
    with postfix.running_postfix() as port:
        for _ in range(TURNS):
            ours, _ = _send(port, STORED, slots=4, password="")
            start = time.perf_counter()
            postfix.feed(port, STORED, size, connections=4)
            turns.append((ours, (time.perf_counter() - start) * 1000 / STORED))
    ours, source = sorted(turns, key=lambda turn: turn[1] / turn[0])[TURNS // 2]
    reached = source / ours >= 0.4
    return [Line("beside smtp-source, at a Postfix", ours, source, "≥ 0.40×", reached)]


def _beside_a_job() -> Line:
    """Turns with and without a job that people are removed by meanwhile."""
    turns = []
    with SmtpSink() as sink:
        for _ in range(TURNS):
            beside, _ = _send(sink.port, STORED, slots=4, password="", job_on=REMOVED)
            alone, _ = _send(sink.port, STORED, slots=4, password="")
            turns.append((beside, alone))
    beside, alone = sorted(turns, key=lambda turn: turn[1] / turn[0])[TURNS // 2]
    return Line("beside a job", beside, alone, "≥ 0.90×", alone / beside >= 0.9)


def _vouched() -> Line:
    """Turns of an account that its owner vouches for, and of one that no speed holds at all."""
    turns = []
    with SmtpSink() as sink:
        for _ in range(TURNS):
            vouched, _ = _send(sink.port, STORED, slots=4, password="")
            with patch.object(speed, "VOUCHED", RampUp(10**9, start=1e9, most=1e9)):
                free, _ = _send(sink.port, STORED, slots=4, password="")
            turns.append((vouched, free))
    vouched, free = sorted(turns, key=lambda turn: turn[1] / turn[0])[TURNS // 2]
    return Line("vouched, beside no speed at all", vouched, free, "≥ 0.95×", free / vouched >= 0.95)


def _ask_for_a_job(installation: Installation, people: int) -> None:
    event_id = crowd(installation.database, people, queued=False)
    with installation.database.writing() as session:
        event = events.event_for_change(session, event_id)
        somebody_at_the_machine = ConsoleSession(name="")
        needed = Permission.CHANGE_LIST
        asking.ask(session, event, [Remove()], needed, somebody_at_the_machine, "")


def _goes_on(installation: Installation) -> bool:
    with installation.database.reading() as session:
        return (
            session.scalar(select(Job.id).where(Job.ended_at.is_(None), Job.done > 0)) is not None
        )


def _submits() -> float:
    """The median time from a submitted name to its certificate handed over, one at a time."""
    with _installation(4) as installation:
        event_id = _listed(installation, SUBMITS)
        with installation.database.writing() as session:
            event = events.event_for_change(session, event_id)
            queue_invitations(session, installation.seal, event)
        with installation.database.reading() as session:
            sealed = session.scalars(select(Volunteer.token)).all()
        durations = []
        with _working(installation):
            _wait(lambda: _sent(installation, INVITATION.name) == SUBMITS)
            for done, token in enumerate(map(installation.seal.open_token, sealed)):
                time.sleep(0.3)  # Idle again, so that the next one is noticed and not in passing.
                start = time.perf_counter()
                with installation.database.writing() as session:
                    submit_name(
                        session, installation.settings, installation.seal, token, "Ana 王小明"
                    )
                _wait(lambda: _sent(installation, CERTIFICATE.name) > done, pause=0.005)  # noqa: B023
                durations.append((time.perf_counter() - start) * 1000)
        return statistics.median(durations)


def _idle_share() -> float:
    """Milliseconds of processor that a worker without work takes a second."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"DATA_DIR": folder, "ADMIN_TOKEN": "x" * 20, "DATABASE_URL": ""}
        command = [Path(sys.executable).with_name("certs"), "worker"]
        worker = psutil.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        try:
            # On a busy machine it takes many seconds to start.
            _wait(lambda: _used(worker, seconds=1) < _STARTING)
            return _used(worker, seconds=10)
        finally:
            worker.send_signal(signal.SIGTERM)
            worker.wait(10)


def _used(worker: psutil.Popen, seconds: float) -> float:
    """Milliseconds of processor that the process takes for each of the next seconds."""
    before = worker.cpu_times()
    time.sleep(seconds)
    after = worker.cpu_times()
    return (after.user + after.system - before.user - before.system) * 1000 / seconds


@contextmanager
def _installation(slots: int) -> Iterator[Installation]:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            _env_file=None,
            data_dir=Path(folder),
            database_url="",
            admin_token="token-of-the-benchmark",
            worker_slots=slots,
        )
        installation = open_installation(settings)
        yield installation
        installation.database.close()


@contextmanager
def _working(installation: Installation) -> Iterator[None]:
    stop = threading.Event()
    worker = threading.Thread(target=run_worker, args=(installation, stop))
    worker.start()
    try:
        yield
    finally:
        stop.set()
        worker.join()


def _listed(installation: Installation, count: int) -> int:
    text = "\n".join(f"v{number}@example.org" for number in range(count))
    with installation.database.writing() as session:
        event, _ = create_event(session, name="Benchmark", language="en")
        set_picture(session, event, sample_picture(1754))
        roster.add_volunteers(session, event, read_call(text))
        return event.id


def _sent(installation: Installation, kind: str) -> int:
    with installation.database.reading() as session:
        return session.scalar(
            select(func.count()).where(Mail.kind == kind, Mail.state == MailState.SENT)
        )


def _wait(is_so, pause: float = 0.02) -> None:
    deadline = time.monotonic() + 120
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(pause)
