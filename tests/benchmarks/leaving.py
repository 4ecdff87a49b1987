"""Mails that leave: whether a long queue slows the worker, on both databases, over real SMTP.

`python -m tests.benchmarks leaving`; other sizes: `leaving=3000,1000000`, the smallest first.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil
from sqlalchemy import bindparam, func, select, update

from shared.destinations import ANYWHERE
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.events.opening import open_installation
from shared.mail.accounts import sending_account
from shared.mail.kinds.invitation import INVITATION
from shared.settings import Settings
from shared.storage.database import Database
from shared.storage.models import Event, Mail, MailState, Security, Volunteer, now
from shared.storage.sealing.tokens import new_token
from tests.benchmarks.crowd import postgresql
from tests.benchmarks.far_server import FarServer, far_server
from tests.benchmarks.table import Line
from tests.support.crowds import crowd

SIZES = (3_000, 100_000)
# So many leave before the watch starts, and so many while it runs.
_BEFORE, _MEASURED = 200, 2_000
_SENT = select(func.count()).where(
    Mail.event_id.in_(select(Event.id)),
    Mail.kind == INVITATION.name,
    Mail.state == MailState.SENT,
)
_OWNER = "token-of-the-benchmark"


def measure(*sizes: int) -> list[Line]:
    lines = []
    with far_server() as server:
        for where, urls in (("SQLite", _files), ("PostgreSQL", _servers)):
            few, *costs = [_cost(server, urls, size) for size in sizes or SIZES]
            lines += [
                Line(f"a mail, {size:,} waiting ({where})", cost, few, "≤ 1.2×", cost <= 1.2 * few)
                for size, cost in zip(sizes or SIZES, [few, *costs], strict=True)
            ]
    return lines


@contextmanager
def _files(folder: Path) -> Iterator[str]:
    yield f"sqlite:///{folder / 'certs.sqlite3'}"


@contextmanager
def _servers(folder: Path) -> Iterator[str]:
    with postgresql("leaving") as url:
        yield url


def _cost(server: FarServer, urls, size: int) -> float:
    """Milliseconds for each mail that a worker of its own process sends of so many."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = stack.enter_context(urls(folder))
        settings = Settings(_env_file=None, data_dir=folder, database_url=url, admin_token=_OWNER)
        installation = open_installation(settings)
        stack.callback(installation.database.close)
        _queue(installation, server, size)
        stack.enter_context(_worker(folder, url, server))
        return _milliseconds_a_mail(installation.database)


def _queue(installation: Installation, server: FarServer, size: int) -> None:
    """A live event with an invitation for each of so many people; the first have a link."""
    event_id = crowd(installation.database, size)
    with installation.database.writing() as session:
        event = event_for_change(session, event_id)
        sending_account.set_account(
            session, installation.seal, event, username="thanks@example.org", password="secret",
            vouched=True, server_address="127.0.0.1", smtp_port=server.port, security=Security.TLS,
            reach=ANYWHERE,
        )  # fmt: skip
        event.live_at = now()
        next_due = select(Mail.volunteer_id).order_by(Mail.due_at, Mail.id)
        first = next_due.limit(2 * (_BEFORE + _MEASURED))
        tokens = [
            {"row": row, "sealed": installation.seal.seal_token(new_token())}
            for row in session.scalars(first)
        ]
        table = Volunteer.__table__
        given = update(table).where(table.c.id == bindparam("row"))
        session.connection().execute(given.values(token=bindparam("sealed")), tokens)


@contextmanager
def _worker(folder: Path, url: str, server: FarServer) -> Iterator[None]:
    environment = os.environ | {
        "DATA_DIR": str(folder), "DATABASE_URL": url, "ADMIN_TOKEN": _OWNER,
        "SSL_CERT_FILE": str(server.authorities),
    }  # fmt: skip
    command = [Path(sys.executable).with_name("certs"), "worker"]
    worker = psutil.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        worker.send_signal(signal.SIGTERM)
        worker.wait(10)


def _milliseconds_a_mail(database: Database) -> float:
    first, began = _when_sent(database, _BEFORE)
    last, ended = _when_sent(database, _BEFORE + _MEASURED)
    return (ended - began) * 1000 / (last - first)


def _when_sent(database: Database, count: int) -> tuple[int, float]:
    """How many mails have left, and when: as soon as they are so many."""
    deadline = time.monotonic() + 120
    while True:
        with database.reading() as session:
            # By an index: a reader that takes long keeps SQLite from emptying its journal.
            sent = session.scalars(_SENT).one()
        if sent >= count:
            return sent, time.perf_counter()
        assert time.monotonic() < deadline
        time.sleep(0.1)
