"""A record of what was sent, kept outside the database, by which a worker notices a restored copy,
or a database that was moved, before it sends everything again.

The database is always ahead: a claim, a hand-over or an outcome is committed first, then noted
here, and only then is a mail sent. So a kill alone changes nothing, whereas a copy from before any
sent mail lacks something that is noted.
"""

import json
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from pydantic import TypeAdapter
from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.mail.queue import hold
from shared.mail.queue.attempts import HANDED_OVER
from shared.storage.database import Database
from shared.storage.models import Attempt, Owner
from shared.storage.private_files import write_json

try:
    import fcntl
except ImportError:  # Windows, where one worker at a time writes.
    fcntl = None  # type: ignore[assignment]

log = logging.getLogger(__name__)

# One sector, which a disk writes whole or not at all, and the number of workers that fit into it.
_SIZE, _MOST_WORKERS = 512, 6
# macOS has no fdatasync.
_onto_disk = getattr(os, "fdatasync", os.fsync)

# A restored dump has other oids, another cluster another system identifier, and a promoted standby
# another timeline.
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
class Sent:
    """The state of a database that sent mails.

    `database` identifies it; `attempts` is the highest id of an attempt that was ever given in it.
    `last` has, for each worker, the attempt (of a real mail) that it stored last, and whether that
    had ended; the worker that wrote last comes last.
    """

    database: str
    attempts: int
    last: dict[str, tuple[int, bool]] = field(default_factory=dict)

    def is_known_to(self, session: Session, now: "Sent") -> bool:
        """Whether the database from which `now` was read is this one, and has what is noted."""
        if now.database != self.database or now.attempts < self.attempts:
            return False
        return all(_knows(session, attempt, ended) for attempt, ended in self.last.values())


_SENT = TypeAdapter(Sent)


def _knows(session: Session, attempt: int, ended: bool) -> bool:
    row = session.get(Attempt, attempt)
    if row is None:
        # The last id that was given proves nothing: in a copy of PostgreSQL, a sequence may be
        # ahead of the rows.
        return attempt <= session.get_one(Owner, 1).removed_attempt
    return row.ended_at is not None or (not ended and row.phase == HANDED_OVER)


def state_of(session: Session) -> Sent:
    """Read the state from the database itself, and from its file if it is one."""
    if session.get_bind().dialect.name == "postgresql":
        parts = list(session.execute(_POSTGRESQL).one())
        last = session.scalar(_LAST_IN_POSTGRESQL)
    else:
        # A file that replaces it has another inode.
        (path,) = session.scalars(text("SELECT file FROM pragma_database_list WHERE name = 'main'"))
        parts = [Path(path).stat().st_ino] if path else []
        last = session.scalar(_LAST_IN_SQLITE)
    return Sent(json.dumps(parts), last or 0)


class Mark:
    """The file that all workers with this `DATA_DIR` share, as used by `worker`."""

    def __init__(self, folder: Path, worker: str = "") -> None:
        self._file, self._worker = folder / "sent.json", worker[:8]
        # The last comparison's state; all that is known if the folder cannot be written.
        self._known: Sent | None = None
        self._warned = ""

    def compare(self, database: Database) -> None:
        """Hold all mails and renew the mark if the database is another one, or lacks what is noted.

        Call it before the first mail and every few seconds. If there is no mark yet, it is made
        and nothing is held.
        """
        # The mark is read first: what another worker notes after that, the database has already.
        marked = self._read()
        last = marked or self._known
        with database.reading() as session:
            now = state_of(session)
            is_older = last is not None and not last.is_known_to(session, now)
        if is_older:
            with database.writing() as session:
                hold.hold(session)
            log.error("the database is older than what was sent, or was moved: mails are held")
        hold.end_where_nothing_waits(database)
        self._known = now
        if is_older or marked is None:
            with self._warning_once():
                write_json(self._file, asdict(now))

    def note_claimed(self, attempt: int) -> None:
        """Note a claim's last attempt, durably; call it before its first mail is handed over."""

        def claimed(sent: Sent) -> Sent:
            return replace(sent, attempts=max(sent.attempts, attempt))

        self._note(claimed, durably=True)

    def note_stored(self, attempt: int, *, ended: bool) -> None:
        """Note an attempt of a commit, preferably one that has not ended; call it before the
        commit's mails are handed over."""

        def stored(sent: Sent) -> Sent:
            others = [last for last in sent.last.items() if last[0] != self._worker]
            last = [*others, (self._worker, (attempt, ended))]
            return replace(sent, last=dict(last[-_MOST_WORKERS:]))

        self._note(stored, durably=False)

    def _note(self, change: Callable[[Sent], Sent], *, durably: bool) -> None:
        """Change the file in place, which takes 60 µs, and the disk's time if `durably`."""
        with self._warning_once():
            opened = os.open(self._file, os.O_RDWR)
            try:
                if fcntl:
                    fcntl.flock(opened, fcntl.LOCK_EX)
                # The next comparison replaces a damaged file.
                with suppress(ValueError):
                    sent = change(_SENT.validate_json(os.read(opened, _SIZE)))
                    os.lseek(opened, 0, os.SEEK_SET)
                    os.write(opened, json.dumps(asdict(sent)).encode().ljust(_SIZE))
                    if durably:
                        _onto_disk(opened)
            finally:
                os.close(opened)

    @contextmanager
    def _warning_once(self) -> Iterator[None]:
        try:
            yield
        except OSError as fault:
            # Mails are sent anyway: after a restart, a restore might not be noticed. The log says
            # so once, not for every mail.
            if str(fault) != self._warned:
                log.warning("%s cannot be written: %s", self._file, fault)
            self._warned = str(fault)

    def _read(self) -> Sent | None:
        with suppress(OSError, ValueError), self._file.open("rb") as opened:
            if fcntl:
                fcntl.flock(opened, fcntl.LOCK_SH)
            return _SENT.validate_json(opened.read())
        return None
