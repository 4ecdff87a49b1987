"""Shows that a worker is alive, and frees what suspended ones hold."""

import logging
import os
import socket
import time
from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from shared.storage.database import Database, database_time
from shared.storage.models import Worker
from shared.worker.mark import Mark

log = logging.getLogger(__name__)

_EVERY_SECONDS = 5.0
_FORGET_WORKERS_AFTER = timedelta(days=1)


class Heartbeat:
    """The heartbeat of one worker, identified by `worker_id`."""

    def __init__(self, database: Database, worker_id: str, lease: timedelta, mark: Mark) -> None:
        self._database = database
        self._id = worker_id
        self._lease = lease
        self._mark = mark
        self._next_beat = 0.0

    def beat(self) -> None:
        """Called often; compares the database with the mark and writes every few seconds."""
        if time.monotonic() < self._next_beat:
            return
        self._mark.compare(self._database)
        if ended := self._database.end_sleeping_transactions(self._lease):
            log.warning("ended %d transactions of processes that sleep", ended)
        with self._database.writing() as session:
            now = database_time(session)
            session.execute(delete(Worker).where(Worker.seen_at < now - _FORGET_WORKERS_AFTER))
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
