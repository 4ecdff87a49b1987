"""One sending under fault: its database, its mail server, its worker processes, and the audit."""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, update

from shared.events.opening import open_installation
from shared.events.settings import create_event
from shared.storage.clock import database_time
from shared.storage.models import Attempt, Mail, MailState, SendingAccount
from tests.support.begun import begin, end
from tests.support.mailing import hold_still, invite, send_through, wait_until
from tests.support.processes import plain_settings
from tests.support.smtp_sink import SmtpSink

# Where the scene's mail server lies, which stands for one on the internet.
LOOPBACK = "127.0.0.0/8"


@dataclass(frozen=True)
class Audit:
    """What is true in the end, found by comparing the database with the mail server."""

    mails: int
    sent: int
    failed: int
    unsure: int
    # Neither arrived nor known as failed or unsure.
    lost: int
    # Counted as sent, but the server never took it.
    falsely_sent: int
    duplicates: int
    # Arrived twice without being known as a possible duplicate, or with another Message-ID.
    unexplained: int
    # Known as possible duplicates.
    flagged: int


def assert_nothing_is_lost_or_invented(audit: Audit) -> None:
    assert (audit.lost, audit.falsely_sent, audit.unexplained) == (0, 0, 0), audit


class Scene:
    """An event with a list, an account at `sink`, and workers in processes of their own."""

    def __init__(
        self,
        folder: Path,
        database_url: str,
        sink: SmtpSink,
        mails: int,
        *,
        timeout: float = 0.6,
        dot_timeout: float | None = None,
        ask_when_unsure: bool = False,
        account: dict[str, Any] | None = None,
    ) -> None:
        self.sink = sink
        self.settings = plain_settings(
            database_url,
            folder / "data",
            mail_timeout=timeout,
            mail_dot_timeout=dot_timeout or timeout,
            admin_token="owner-token-of-the-faults",
            trusted_networks=LOOPBACK,
        )
        self.installation = open_installation(self.settings)
        self.database = self.installation.database
        with self.database.writing() as session:
            event, _ = create_event(session, name="Fault", language="en")
            event.ask_when_unsure = ask_when_unsure
            send_through(session, event, sink, **{"vouched": True} | (account or {}))
            self.event_id = event.id
        self.addresses = invite(self.installation, self.event_id, mails)

    def end(self) -> Audit:
        """Close the database and tell what is true."""
        audit = self._audit()
        self.database.close()
        return audit

    def start_worker(self, **environment: str) -> BaseProcess:
        return begin(["worker"], self.environment(**environment))

    def environment(self, **more: str) -> dict[str, str]:
        """Of a process that works on this scene."""
        settings = {
            "DATA_DIR": str(self.settings.data_dir),
            "DATABASE_URL": self.settings.database_url,
            "MAIL_TIMEOUT": str(self.settings.mail_timeout),
            "MAIL_DOT_TIMEOUT": str(self.settings.mail_dot_timeout),
            "ADMIN_TOKEN": "owner-token-of-the-faults",
            "TRUSTED_NETWORKS": LOOPBACK,
            "LOG_LEVEL": "ERROR",
        }
        return {**os.environ, **settings, **more}

    @contextmanager
    def worker(self, **environment: str) -> Iterator[BaseProcess]:
        """A worker process that is asked to end when the block does."""
        process = self.start_worker(**environment)
        try:
            yield process
        finally:
            end(process)

    def open_mails(self) -> int:
        with self.database.reading() as session:
            is_open = Mail.state.in_([MailState.QUEUED, MailState.SENDING])
            return session.scalars(select(func.count()).where(is_open)).one()

    def finish(self, seconds: float = 120) -> None:
        """Let a worker do what is left."""
        with self.worker():
            wait_until(lambda: self.open_mails() == 0, seconds)

    def let_time_pass(self, passed: timedelta) -> None:
        """Make waiting mails due; a mail that a worker holds keeps its lease."""
        with self.database.writing() as session:
            hold_still(session)
            moment = database_time(session)
            session.execute(
                update(Mail)
                .where(Mail.state == MailState.QUEUED, Mail.due_at > moment)
                .values(due_at=moment)
            )
            for account in session.scalars(select(SendingAccount)):
                for field in ("paused_until", "next_at"):
                    waits_until = getattr(account, field)
                    setattr(account, field, waits_until and waits_until - passed)
            for attempt in session.scalars(select(Attempt)):
                attempt.at -= passed
                attempt.ended_at = attempt.ended_at and attempt.ended_at - passed
            for mail in session.scalars(select(Mail).where(Mail.waits_since.is_not(None))):
                mail.waits_since = mail.waits_since and mail.waits_since - passed

    def _audit(self) -> Audit:
        arrived = Counter(self.sink.recipients())
        ids = Counter(set(zip(self.sink.recipients(), self.sink.message_ids(), strict=True)))
        many_ids = Counter(recipient for recipient, _ in ids)
        with self.database.reading() as session:
            mails = session.scalars(select(Mail)).all()
        states = Counter(mail.state for mail in mails)
        twice = [mail for mail in mails if arrived[mail.address] > 1]
        known = (MailState.FAILED, MailState.UNSURE)
        return Audit(
            mails=len(mails),
            sent=states[MailState.SENT],
            failed=states[MailState.FAILED],
            unsure=states[MailState.UNSURE],
            lost=sum(not arrived[m.address] and m.state not in known for m in mails),
            falsely_sent=sum(m.state is MailState.SENT and not arrived[m.address] for m in mails),
            duplicates=sum(arrived.values()) - len(arrived),
            unexplained=sum(not m.maybe_duplicate or many_ids[m.address] > 1 for m in twice),
            flagged=sum(mail.maybe_duplicate for mail in mails),
        )
