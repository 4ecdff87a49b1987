"""The heartbeat of a worker: it shows that the worker is alive, frees what suspended ones hold, and
notices a restored database."""

import logging
import os
import socket
import time
from contextlib import suppress
from datetime import timedelta

from sqlalchemy import delete, or_
from sqlalchemy.orm import Session

from shared import features
from shared.events.installation import Installation
from shared.mail.queue import clock
from shared.storage.clock import database_time
from shared.storage.migrating import refuse_outgrown
from shared.storage.models import Worker
from shared.storage.private_files import private_folder, tighten
from shared.worker.mark import Mark

log = logging.getLogger(__name__)

_EVERY_SECONDS = 5.0
_FORGET_WORKERS_AFTER = timedelta(days=1)


class Heartbeat:
    """The heartbeat of one worker, identified by `worker_id`."""

    def __init__(self, installation: Installation, worker_id: str) -> None:
        self._database, self._settings = installation.database, installation.settings
        self._id = worker_id
        self.mark = Mark(self._settings.data_dir, worker_id)
        self._beats = features.beats(installation)
        self._next_beat = 0.0
        # The file's age shows a health check that the worker is alive, without a database.
        self._sign = self._settings.data_dir / "workers" / socket.gethostname()

    def beat(self) -> None:
        """Every few seconds, however often it is called, compare the database with the mark and
        write.

        Raises SchemaUnknown once a newer version has changed the database for good.
        """
        if time.monotonic() < self._next_beat:
            return
        refuse_outgrown(self._database)
        self.mark.compare(self._database)
        for beat in self._beats:
            beat()
        if ended := self._database.end_sleeping_transactions(self._settings.lease):
            log.warning("ended %d transactions of processes that sleep", ended)
        with self._database.reading() as session:
            row, now = session.get(Worker, self._id), database_time(session)
        if row is None or row.seen_at > now + clock.UNNOTICED:
            lease = self._settings.lease_of_content
            if count := clock.bring_back(self._database, lease):
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
        """Beat at the next call: the database was away, and may be another one by now."""
        self._next_beat = 0.0

    def end(self, session: Session) -> None:
        """Note that this worker stops as intended."""
        session.execute(delete(Worker).where(Worker.id == self._id))
        with suppress(OSError):
            self._sign.unlink()
