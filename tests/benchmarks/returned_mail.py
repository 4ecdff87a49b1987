"""Mails that come back: reading a mailbox full of reports, over IMAP with TLS, on SQLite.

`python -m tests.benchmarks returned`; another number of reports: `returned=1000`.
"""

import os
import tempfile
import time
from pathlib import Path

from sqlalchemy import func, insert, select

from shared.events.installation import Installation
from shared.events.opening import open_installation
from shared.events.settings import create_event
from shared.features.returned_mail.looking import look
from shared.features.returned_mail.mailbox import MailboxChange, set_mailbox
from shared.features.returned_mail.models import BounceMailbox
from shared.mail.kinds.invitation import INVITATION
from shared.settings import Settings
from shared.storage.models import (
    Event,
    Mail,
    MailState,
    Problem,
    Security,
    SendingAccount,
    Volunteer,
    now,
)
from tests.benchmarks.table import Line
from tests.support.bounce_reports import Dsn, Original
from tests.support.imap_server import ImapServer
from tests.support.odd_bounces import REPORTS

REPORTED = 10_000
_MINUTE = 60_000.0


def measure(*sizes: int) -> list[Line]:
    """Among as many mails of other kinds of report; the target is a minute for 10 000."""
    return [_line(size) for size in sizes or (REPORTED,)]


def _line(size: int) -> Line:
    with tempfile.TemporaryDirectory() as folder, ImapServer() as server:
        authority = Path(folder) / "imap.pem"
        authority.write_bytes(server.certificate)
        os.environ["SSL_CERT_FILE"] = str(authority)
        installation = _installation(Path(folder))
        event_id = _mailed(installation, size)
        server.put(*(_report(number) for number in range(1, size + 1)))
        _enter(installation, event_id, server)
        taken = _read(installation)
        installation.database.close()
    limit = _MINUTE * size / REPORTED
    return Line(f"{size:,} reports read", taken, None, f"≤ {limit / 1000:.0f} s", taken <= limit)


def _report(number: int) -> bytes:
    original = Original(f"<{number}-{number:016x}@example.org>", f"volunteer{number}@example.net")
    _, build, _ = REPORTS[number % len(REPORTS)]
    return build(original) if number % 2 else Dsn("5.1.1", "smtp; 550 5.1.1 unknown")(original)


def _installation(folder: Path) -> Installation:
    return open_installation(
        Settings(
            _env_file=None,
            data_dir=folder,
            database_url=f"sqlite:///{folder / 'certs.sqlite3'}",
            admin_token="token-of-the-benchmark",
            trusted_networks="127.0.0.0/8",
        )
    )


def _mailed(installation: Installation, size: int) -> int:
    with installation.database.writing() as session:
        event, _ = create_event(session, name="Returned", language="en")
        event.account = SendingAccount(
            username="thanks@example.org", host="smtp.example.org", port=465, security=Security.TLS
        )
        numbers = range(1, size + 1)
        people = [
            {"event_id": event.id, "email": f"volunteer{n}@example.net", "number": str(n),
             "email_key": f"volunteer{n}@example.net", "listed_name": "", "columns": {}}
            for n in numbers
        ]  # fmt: skip
        ids = session.scalars(insert(Volunteer).returning(Volunteer.id), people).all()
        mails = [
            {"event_id": event.id, "volunteer_id": id, "kind": INVITATION.name, "due_at": now(),
             "state": MailState.SENT, "sent_at": now(), "address": f"volunteer{n}@example.net",
             "message_id": f"<{n}-{n:016x}@example.org>"}
            for n, id in zip(numbers, ids, strict=True)
        ]  # fmt: skip
        session.execute(insert(Mail), mails)
        return event.id


def _enter(installation: Installation, event_id: int, server: ImapServer) -> None:
    place = MailboxChange("127.0.0.1", server.port, Security.TLS, server.user, server.password)
    with installation.database.writing() as session:
        event = session.get_one(Event, event_id)
        reach = installation.settings.organizers_reach
        set_mailbox(session, installation.seal, event, place, reach)


def _read(installation: Installation) -> float:
    with installation.database.reading() as session:
        mailbox = session.scalars(select(BounceMailbox)).one()
    start = time.perf_counter()
    look(installation, mailbox)
    taken = (time.perf_counter() - start) * 1000
    flagged = select(func.count()).where(Volunteer.problem == Problem.CAME_BACK)
    with installation.database.reading() as session:
        assert session.scalars(flagged).one() > 0
    return taken
