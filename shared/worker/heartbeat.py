"""Shows that a worker is alive, and frees what suspended ones hold."""

import logging
import os
import socket
import time
from datetime import timedelta

from sqlalchemy import delete, or_
from sqlalchemy.orm import Session

from shared.mail.bounces.looking import AFTER_TROUBLE
from shared.mail.queue import clock
from shared.settings import Settings
from shared.storage.database import Database, database_time
from shared.storage.models import Worker
from shared.worker.mark import Mark

log = logging.getLogger(__name__)

_EVERY_SECONDS = 5.0
_FORGET_WORKERS_AFTER = timedelta(days=1)


class Heartbeat:
    """The heartbeat of one worker, identified by `worker_id`."""

    def __init__(self, database: Database, worker_id: str, settings: Settings, mark: Mark) -> None:
        self._database = database
        self._id = worker_id
        self._settings = settings
        self._mark = mark
        self._next_beat = 0.0

    def beat(self) -> None:
        """Called often; compares the database with the mark and writes every few seconds."""
        if time.monotonic() < self._next_beat:
            return
        self._mark.compare(self._database)
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
        self._next_beat = time.monotonic() + _EVERY_SECONDS

    def soon(self) -> None:
        """Beat before anything else: the database was away, and may be another one by now."""
        self._next_beat = 0.0

    def end(self, session: Session) -> None:
        """Note that this worker stops regularly."""
        session.execute(delete(Worker).where(Worker.id == self._id))
