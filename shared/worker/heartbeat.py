"""Shows that a worker is alive, frees what suspended ones hold, and notices a restored database."""

import json
import logging
import os
import socket
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import delete, or_, text
from sqlalchemy.orm import Session

from shared.backup.remembered import Memory, write_whole
from shared.events.installation import Installation
from shared.mail.bounces.looking import AFTER_TROUBLE
from shared.mail.queue import clock, hold
from shared.storage.database import Database, database_time
from shared.storage.models import Worker
from shared.storage.private_files import private_folder, tighten

log = logging.getLogger(__name__)

_EVERY_SECONDS = 5.0
_FORGET_WORKERS_AFTER = timedelta(days=1)

# A dump that is restored gets other oids, another cluster another system identifier, and a standby
# that takes over another timeline.
_POSTGRESQL = text(
    "SELECT system_identifier::text, timeline_id,"
    " (SELECT oid::bigint FROM pg_database WHERE datname = current_database()),"
    " 'mail'::regclass::oid::bigint"
    " FROM pg_control_system(), pg_control_checkpoint()"
)
_LAST_IN_POSTGRESQL = text(
    "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM attempt_id_seq"
)
_LAST_IN_SQLITE = text("SELECT seq FROM sqlite_sequence WHERE name = 'attempt'")


@dataclass(frozen=True)
class Identity:
    """`database` names this very database; `attempts` is the last id of an attempt that was ever
    given, which only grows."""

    database: str
    attempts: int


def identity_of(session: Session) -> Identity:
    """Read from the database itself, and from its file where it is one."""
    if session.get_bind().dialect.name == "postgresql":
        parts = list(session.execute(_POSTGRESQL).one())
        last = session.scalar(_LAST_IN_POSTGRESQL)
    else:
        # A file that is put in its place has another inode.
        (path,) = session.scalars(text("SELECT file FROM pragma_database_list WHERE name = 'main'"))
        parts = [Path(path).stat().st_ino] if path else []
        last = session.scalar(_LAST_IN_SQLITE)
    return Identity(json.dumps(parts), last or 0)


class Mark:
    """What this installation has sent, outside the database: by it a restored copy, or a database
    that was moved, is noticed before it sends everything again.

    One file for all workers with this `DATA_DIR`: the database they last sent from, and how many
    attempts it knew of."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "sent.json"
        self._last: Identity | None = None
        with suppress(OSError, ValueError, TypeError):
            self._last = Identity(**json.loads(self._file.read_text(encoding="utf-8")))

    def compare(self, database: Database) -> None:
        """Hold all mails if the database is another one, or knows less than the mark; renew it.

        Called before the first mail and every few seconds, so that no mail waits for a disk. Where
        there is no mark yet it is made, and nothing is held.
        """
        with database.reading() as session:
            now = identity_of(session)
        last = self._last or now
        if now.database != last.database or now.attempts < last.attempts:
            with database.writing() as session:
                hold.hold(session)
            log.error("the database is older than what was sent, or was moved: mails are held")
        hold.end_where_nothing_waits(database)
        if now == self._last:
            return
        self._last = now
        try:
            # Of several workers the last one counts: what another read a moment before is at most
            # a little less.
            write_whole(self._file, asdict(now))
        except OSError as fault:
            # Mails go on: after a restart, less of a restore would be noticed.
            log.warning("%s cannot be written: %s", self._file, fault)


class Heartbeat:
    """The heartbeat of one worker, identified by `worker_id`."""

    def __init__(self, installation: Installation, worker_id: str) -> None:
        self._database, self._settings = installation.database, installation.settings
        self._id = worker_id
        self._mark = Mark(self._settings.data_dir)
        self._memory = Memory(self._settings.data_dir, installation.seal)
        self._next_beat = 0.0
        # Its age tells whoever watches this machine, without a database and in a moment.
        self._sign = self._settings.data_dir / "workers" / socket.gethostname()

    def beat(self) -> None:
        """Called often; compares the database with the mark and writes every few seconds.

        Raises SchemaUnknown once a newer version has changed the database for good.
        """
        if time.monotonic() < self._next_beat:
            return
        self._database.refuse_outgrown()
        self._mark.compare(self._database)
        try:
            with self._database.reading() as session:
                self._memory.note(session)
        except OSError as fault:
            # Mails go on: a restore would leave out more numbers, and erase nobody again.
            log.warning("what a restore has to know cannot be written: %s", fault)
        if ended := self._database.end_sleeping_transactions(self._settings.lease):
            log.warning("ended %d transactions of processes that sleep", ended)
        with self._database.reading() as session:
            row, now = session.get(Worker, self._id), database_time(session)
        if row is None or row.seen_at > now + clock.UNNOTICED:
            interval = max(timedelta(seconds=self._settings.mailbox_interval), AFTER_TROUBLE)
            lease = self._settings.lease_of_content
            if count := clock.bring_back(self._database, lease, interval):
                log.warning("the clock was set back: %d mails that waited for it leave now", count)
        with self._database.writing() as session:
            now = database_time(session)
            long_ago, not_yet = now - _FORGET_WORKERS_AFTER, now + clock.UNNOTICED
            is_over = or_(Worker.seen_at < long_ago, Worker.seen_at > not_yet)
            session.execute(delete(Worker).where(is_over, Worker.id != self._id))
            row = session.get(Worker, self._id) or Worker(
                id=self._id, host=socket.gethostname(), process_id=os.getpid(), started_at=now
            )
            row.seen_at = now
            session.add(row)
        with suppress(OSError):  # The disk is full: mails go on, and `certs doctor` says so.
            private_folder(self._sign.parent)
            self._sign.touch()
            tighten(self._sign)
        self._next_beat = time.monotonic() + _EVERY_SECONDS

    def soon(self) -> None:
        """Beat before anything else: the database was away, and may be another one by now."""
        self._next_beat = 0.0

    def end(self, session: Session) -> None:
        """Note that this worker stops regularly."""
        session.execute(delete(Worker).where(Worker.id == self._id))
        with suppress(OSError):
            self._sign.unlink()
