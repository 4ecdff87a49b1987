"""What ends a process that is stuck, and what does not."""

import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from sqlalchemy import select

from shared import liveness
from shared.storage.models import Mail, MailState
from tests.faults.experiments import slow_script
from tests.faults.postgresql import PostgreSQL
from tests.faults.scene import Audit, Scene
from tests.support.begun import begin, end
from tests.support.console_server import free_port
from tests.support.mailing import wait_until
from tests.support.processes import fresh_process
from tests.support.smtp_sink import SmtpSink
from tests.support.stuck import work_and_get_stuck


def stuck_on_one_mail(folder: Path, database_url: str, mails: int) -> tuple[Audit, int, str]:
    """Composing one mail ends each worker that tries; how many ended, and what is said of it."""
    with SmtpSink(slow_script(random.Random(1))) as sink:
        scene = Scene(folder, database_url, sink, mails)
        poisoned = scene.addresses[mails // 2]
        environment = scene.environment(CERTS_SILENCE_SECONDS="3")
        ended, deadline = 0, time.monotonic() + 180
        worker = fresh_process(work_and_get_stuck, environment, poisoned)
        worker.start()
        while scene.open_mails() and time.monotonic() < deadline:
            if not worker.is_alive():
                ended += 1
                worker = fresh_process(work_and_get_stuck, environment, poisoned)
                worker.start()
            time.sleep(0.1)
        end(worker)
        with scene.database.reading() as session:
            failed = select(Mail).where(Mail.state == MailState.FAILED)
            said = [f"{one.address == poisoned}: {one.answer}" for one in session.scalars(failed)]
        return scene.end(), ended, "; ".join(said)


def hanging_database(
    folder: Path, database_url: str, server: PostgreSQL | None, seconds: float
) -> tuple[Audit, int, int]:
    """The database answers nobody for so long; how many of three services lived, and how many
    ended as stuck."""
    silence = "60" if seconds > 60 else "6"
    with SmtpSink(slow_script(random.Random(1))) as sink, ExitStack() as running:
        scene = Scene(folder, database_url, sink, 100, timeout=5)
        environment = scene.environment(
            CERTS_SILENCE_SECONDS=silence, API_PORT=str(free_port()), CONSOLE_PORT=str(free_port())
        )
        services = [begin([name], environment) for name in ("api", "console", "worker")]
        for service in services:
            running.callback(end, service)
        wait_until(lambda: len(sink.received) > 10, 60)
        with _hanging(database_url, server):
            time.sleep(seconds)
        wait_until(lambda: scene.open_mails() == 0, 300)
        alive = sum(service.is_alive() for service in services)
        return scene.end(), alive, len(liveness.ends(scene.settings.data_dir))


@contextmanager
def _hanging(database_url: str, server: PostgreSQL | None) -> Iterator[None]:
    if server is not None:
        with server.suspended():
            yield
        return
    path = database_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        yield
        holder.execute("ROLLBACK")
