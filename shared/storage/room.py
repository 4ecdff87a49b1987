"""Giving back disk space that SQLite's file no longer needs; PostgreSQL does so itself."""

import shutil
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from shared.errors import ProductError
from shared.language import N_
from shared.storage.database import Database, cause

# Free pages of 4 KB that are kept for the next rows.
_SPARE = 2_560
# Pages in one turn of about 30 ms, in which nobody else can write.
_AT_ONCE = 500
_LONGEST_SECONDS, _REST_SECONDS = 1.0, 0.02
_GIVES_BACK = text("SELECT auto_vacuum <> 0 FROM pragma_auto_vacuum")
_FREE = text("SELECT freelist_count FROM pragma_freelist_count")


@dataclass(frozen=True)
class Shrunk:
    """Sizes of the file in bytes."""

    before: int
    after: int


def release(database: Database) -> None:
    """Give free space back to the system, in short turns; called again, it continues."""
    until = time.monotonic() + _LONGEST_SECONDS
    while database.is_sqlite and time.monotonic() < until:
        with database.reading() as session:
            if not session.scalar(_GIVES_BACK) or session.scalar(_FREE) <= _SPARE:
                return
        with database.write_lock(), closing(database.engine.raw_connection()) as connection:
            # A cursor's `execute` would take one step of it, which is one page.
            connection.executescript(f"PRAGMA incremental_vacuum({_AT_ONCE})")
        time.sleep(_REST_SECONDS)


def make_releasable(database: Database) -> Shrunk | None:
    """Rewrite a file of an earlier version, which cannot give space back; return None if it can.

    Others wait until it is done. Raises ProductError, with the file unchanged, if there is no room
    for a copy or others write without a pause.
    """
    if not database.is_sqlite or not (path := database.engine.url.database):
        return None
    file = Path(path)
    with database.reading() as session:
        if session.scalar(_GIVES_BACK):
            return None
    before = file.stat().st_size
    # The copy, and the journal through which it takes the file's place.
    if shutil.disk_usage(file.parent).free < 2 * before:
        raise _not_now(f"{2 * before // 2**20 + 1} MB are needed beside it")
    try:
        with database.write_lock(), closing(database.engine.raw_connection()) as raw:
            raw.executescript("PRAGMA auto_vacuum=INCREMENTAL; VACUUM")
    except OperationalError as fault:
        raise _not_now(str(cause(fault))) from fault
    database.empty_journal()
    return Shrunk(before, file.stat().st_size)


def _not_now(reason: str) -> ProductError:
    return ProductError(
        N_("The database file cannot shrink now: {reason}. Everything else is done."),
        reason=reason,
    )
