"""A mark outside the database of what this installation has sent, by which a restored copy of the
database, or one that was moved, is noticed before it sends everything again."""

import json
import logging
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.mail.queue import hold
from shared.storage.database import Database

log = logging.getLogger(__name__)

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

    def is_older_or_another(self, mark: "Identity") -> bool:
        """Whether this is not the database that `mark` was made of, or an earlier state of it."""
        return self.database != mark.database or self.attempts < mark.attempts


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
    """One file for all workers with this `DATA_DIR`: the database they last sent from, and how many
    attempts it knew of."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "sent.json"
        self._last = self._read()

    def compare(self, database: Database) -> None:
        """Hold all mails if the database is another one, or knows less than the mark; renew it.

        Called before the first mail and every few seconds, so that no mail waits for a disk. Where
        there is no mark yet it is made, and nothing is held.
        """
        with database.reading() as session:
            now = identity_of(session)
        if self._last and now.is_older_or_another(self._last):
            with database.writing() as session:
                hold.hold(session)
            log.error("the database is older than what was sent, or was moved: mails are held")
        hold.end_where_nothing_waits(database)
        if now == self._last:
            return
        self._last = now
        try:
            self._write(now)
        except OSError as fault:
            # Mails go on: after a restart, less of a restore would be noticed.
            log.warning("%s cannot be written: %s", self._file, fault)

    def _read(self) -> Identity | None:
        with suppress(OSError, ValueError, TypeError):
            return Identity(**json.loads(self._file.read_text(encoding="utf-8")))
        return None

    def _write(self, now: Identity) -> None:
        # Whole or not at all. Of several workers the last one counts: what another read a moment
        # before is at most a little less.
        draft = self._file.with_suffix(f".{os.getpid()}")
        with draft.open("w", encoding="utf-8") as file:
            json.dump({"database": now.database, "attempts": now.attempts}, file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._file)
