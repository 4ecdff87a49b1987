"""The database: SQLite beside the program, or PostgreSQL."""

import errno
import logging
import os
import sqlite3
import threading
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

from cachetools import TTLCache
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import (
    InterfaceError,
    InternalError,
    InvalidatePoolError,
    OperationalError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from shared import APPLICATION, product_version
from shared.errors import DATABASE_DAMAGED, DATABASE_READ_ONLY, DISK_FULL
from shared.logs import this_service
from shared.storage.private_files import private_file, private_folder, tighten

log = logging.getLogger(__name__)

# Errors that pass, or that an administrator can end: a restart, a lock, a full disk, a damaged
# file. Other database errors are defects.
DATABASE_AWAY = (OperationalError, InterfaceError, InternalError, NoConnectionFree)

# PostgreSQL, “Error codes”: disk_full.
_PG_DISK_FULL = ("53100",)
# And data_corrupted, index_corrupted.
_PG_DAMAGED = ("XX001", "XX002")
# And read_only_sql_transaction, io_error.
_PG_UNWRITABLE = ("25006", "58030")
_SQLITE_UNWRITABLE = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR)
# Errors logged within the last minute: every request meets the same one.
said_lately: TTLCache[str, bool] = TTLCache(8, 60)
_saying = threading.Lock()
_WAL_TRIES = 250
# The name of our connections on a PostgreSQL server, before the service.
THIS_PROGRAM = f"{APPLICATION} {product_version()}"
_END_SLEEPING = text(
    """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name LIKE :application AND datname = current_database()
      AND usename = current_user AND xact_start IS NOT NULL AND wait_event = 'ClientRead'
      AND state_change < clock_timestamp() - make_interval(secs => :seconds)
    """
)
_ANALYZE = text("ANALYZE volunteer, mail")
_TURNS_TO_LOOK_AFTER = frozenset(4**power for power in range(10))
# Seconds to wait for a free connection of the pool, when many wait for a server that hangs.
_POOL_PATIENCE = 10
# Seconds that a writer waits for another one.
_SQLITE_PATIENCE = 15
# SQLite retries after 1, 2 and 5 ms, later only every 100 ms, and misses the pauses of `turns`.
_MS_OF_FREQUENT_TRIES = 8
_BEGIN_WRITING = "BEGIN IMMEDIATE"
_PATH_OF_FILE = "SELECT file FROM pragma_database_list WHERE name = 'main'"
_FILE = "file"
# Seconds that writers wait while the journal is emptied.
_JOURNAL_PATIENCE = 1


class Database:
    """Sessions for readers and for writers.

    On SQLite a writer takes the write lock when it begins, so what it reads before writing cannot
    change in between; readers never wait for it (WAL).
    """

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self._writing = self.engine.execution_options(writes=True)
        # On SQLite a transaction costs nothing; elsewhere this saves two of four round trips.
        alone = {} if self.is_sqlite else {"isolation_level": "AUTOCOMMIT"}
        self._patient = self.engine.execution_options(**alone)
        self._impatient = _impatient_engine(url) if self.is_sqlite else self._patient
        self._kept: Connection | None = None
        self._write_lock = threading.Lock()

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that is rolled back at its end."""
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self, by: object = None) -> Iterator[Session]:
        """A session that is committed at its end, or rolled back on an error.

        `by` is the `Actor` for whom it writes, kept in `session.info["actor"]`; None if the program
        writes on its own.
        """
        with (
            self.write_lock(),
            Session(self._writing, expire_on_commit=False) as session,
            session.begin(),
        ):
            session.info["actor"] = by
            yield session

    def patient(self) -> Connection:
        """Return a connection for a single reading statement without a transaction, which would be
        two more round trips to PostgreSQL: 1.3 times the processor's time for a visit (`make
        bench`: getUserInfo, processor)."""
        return self._patient.connect()

    def impatient(self) -> Connection:
        """Return such a connection for an event loop: on SQLite it raises OperationalError at once
        where `patient` would wait for the file to be unlocked."""
        return self._impatient.connect()

    @contextmanager
    def kept(self) -> Iterator[Connection]:
        """The same connection at each use, by one user at a time, and a new one after an error.

        Taking PostgreSQL's from the pool each time, with its set-up and reset, costs a visit 1.5
        times the processor's time (`make bench`: getUserInfo, processor); SQLite's a tenth.
        """
        if self._kept is None:
            self._kept = self.patient()
        try:
            yield self._kept
        except SQLAlchemyError:
            self._close_kept()
            raise

    def _close_kept(self) -> None:
        kept, self._kept = self._kept, None
        if kept is not None:
            kept.close()

    @contextmanager
    def write_lock(self) -> Iterator[None]:
        """Let the threads of one process write one after the other.

        SQLite itself makes a second writer sleep and retry: four sending threads spent a third of
        their time that way. A thread that waits too long continues, and gets SQLite's own error.
        """
        is_locked = self.is_sqlite and self._write_lock.acquire(timeout=_SQLITE_PATIENCE)
        try:
            yield
        finally:
            if is_locked:
                self._write_lock.release()

    def end_sleeping_transactions(self, longest: timedelta) -> int:
        """End transactions that have waited for their process for `longest`; return how many.

        A suspended process (a closed lid, a paused container) would keep its locks. PostgreSQL's
        own idle_in_transaction_session_timeout misses a process stopped while sending many rows,
        since that counts as active.
        """
        if self.is_sqlite:
            return 0  # Its processes are on one machine and are suspended together.
        with self.engine.connect() as connection:
            values = {"application": f"{APPLICATION}%", "seconds": longest.total_seconds()}
            return len(connection.execute(_END_SLEEPING, values).all())

    def look_at_growth(self, turn: int) -> None:
        """After turn 1, 4, 16 … of long work, let PostgreSQL count the rows of the tables again.

        With plans for an empty table, each turn would read everything that earlier turns stored.
        """
        if not self.is_sqlite and turn in _TURNS_TO_LOOK_AFTER:
            with self._patient.connect() as connection:
                connection.execute(_ANALYZE)

    def empty_journal(self) -> None:
        """Move SQLite's journal into its file, so that the journal holds no earlier rows.

        It is put off if somebody reads for longer than a second.
        """
        if not self.is_sqlite:
            return
        with self.write_lock(), closing(self.engine.raw_connection()) as connection:
            cursor = connection.cursor()
            cursor.execute(f"PRAGMA busy_timeout={_JOURNAL_PATIENCE * 1000}")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute(f"PRAGMA busy_timeout={_SQLITE_PATIENCE * 1000}")
            cursor.close()

    def close(self) -> None:
        self._close_kept()
        self._impatient.dispose()
        self.engine.dispose()


def is_disk_full(fault: BaseException) -> bool:
    """Return whether something could not be stored, in a database or a file, for lack of room."""
    inner = cause(fault)
    if isinstance(inner, OSError):
        return inner.errno in (errno.ENOSPC, errno.EDQUOT)
    return _has_code(fault, (sqlite3.SQLITE_FULL,), _PG_DISK_FULL)


def is_damaged(fault: BaseException) -> bool:
    """Return whether the database cannot be read, or its file is none."""
    return _has_code(fault, (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB), _PG_DAMAGED)


def note_fault(fault: BaseException) -> str:
    """Log an error of the database or its disk, at most once a minute.

    Return the sentence for users; empty if the database just does not answer.
    """
    message = ""
    if is_damaged(fault):
        message = DATABASE_DAMAGED
    elif is_disk_full(fault):
        message = DISK_FULL
    elif _has_code(fault, _SQLITE_UNWRITABLE, _PG_UNWRITABLE):
        message = DATABASE_READ_ONLY
    with _saying:
        is_new = message not in said_lately
        said_lately.setdefault(message, True)
    if is_new:
        log.error("%s (%s)", message or "The database does not answer", cause(fault))
    return message


def explain_fault(fault: Exception) -> str:
    """Say what an administrator has to do about an error of the database."""
    if is_damaged(fault):
        return f"{DATABASE_DAMAGED} ({cause(fault)})"
    if is_disk_full(fault):
        return DISK_FULL
    code, inner = _sqlite_code(fault), cause(fault)
    if code == sqlite3.SQLITE_IOERR:
        return f"the disk of the database is full, or fails: {inner}"
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
        return f"the database's file and its folder must be writable for this user: {inner}"
    return f"the database does not answer: {cause(fault)}"


def cause(fault: BaseException) -> object:
    """Return what to log about an error, without the statement's values, which may be addresses."""
    return getattr(fault, "orig", None) or fault


def _has_code(fault: BaseException, sqlite: Collection[int], postgresql: Collection[str]) -> bool:
    is_in_sqlite = _sqlite_code(fault) in sqlite
    return is_in_sqlite or getattr(cause(fault), "sqlstate", None) in postgresql


def _sqlite_code(fault: BaseException) -> int:
    """Return the primary code, the lowest eight bits (sqlite.org/rescode.html); 0 for other
    errors."""
    code: int = getattr(cause(fault), "sqlite_errorcode", 0)
    return code & 0xFF


def _engine(url: str) -> Engine:
    # Errors are logged, so they omit values such as names, addresses and sealed tokens.
    if not url.startswith("sqlite"):
        from shared.storage.postgresql import PatientConnection, notice_closed_connections

        engine = create_engine(
            url,
            pool_size=8,
            pool_timeout=_POOL_PATIENCE,
            hide_parameters=True,
            connect_args={
                "connect_timeout": 5,
                "application_name": f"{THIS_PROGRAM} {this_service()}".strip(),
                # For memory and SSDs: PostgreSQL assumes spinning disks, and would read whole
                # tables rather than a large part of an index.
                "options": "-c random_page_cost=1.1",
            },
        )

        @event.listens_for(engine, "do_connect")
        def connect(
            _: object, __: object, arguments: Sequence[Any], options: dict[str, Any]
        ) -> Any:
            return PatientConnection.connect(*arguments, **options)

        notice_closed_connections(engine)
        return engine
    if path := make_url(url).database:
        # SQLite gives its journal and shared memory the same permissions.
        file = Path(path)
        if not file.parent.exists():
            private_folder(file.parent)
        private_file(file)
        for beside in ("-wal", "-shm"):
            tighten(file.with_name(file.name + beside))
    engine = _engine_of_file(url, _SQLITE_PATIENCE, pool_size=8)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _engine_of_file(url: str, patience: float, **options: Any) -> Engine:
    """Return an engine for SQLite that waits for so many seconds for its file to be unlocked."""
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": patience}, **options)
    event.listen(engine, "do_connect", _open_file)
    event.listen(engine, "connect", _note_file)
    event.listen(engine, "checkout", _follow_file)
    event.listen(engine, "handle_error", _no_defect)
    return engine


def _impatient_engine(url: str) -> Engine:
    """Return an engine for SQLite that never waits, and therefore only reads."""
    engine = _engine_of_file(url, 0, pool_size=1, isolation_level="AUTOCOMMIT")

    @event.listens_for(engine, "connect")
    def only_reads(connection: DBAPIConnection, _: Any) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA query_only=ON")
        cursor.close()

    return engine


def _open_file(_: object, __: object, arguments: list[Any], options: dict[str, Any]) -> Any:
    """Open the file, which must exist: SQLite would create an empty one in its place."""
    uri = f"{Path(arguments[0]).absolute().as_uri()}?mode=rw"
    return sqlite3.connect(uri, uri=True, **options)


def _note_file(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    (path,) = connection.execute(_PATH_OF_FILE).fetchone()
    entry.info[_FILE] = path, os.stat(path).st_ino


def _follow_file(_: DBAPIConnection, entry: ConnectionPoolEntry, __: Any) -> None:
    """Reconnect if the file was replaced, such as by a restored copy: what is written to the old
    one is lost with the last process that has it open.

    Raises OperationalError if the file is gone.
    """
    path, inode = entry.info[_FILE]
    try:
        found = os.stat(path).st_ino
    except OSError as absent:
        raise OperationalError(None, None, sqlite3.OperationalError(str(absent))) from None
    if found != inode:
        log.warning("another file has come in the place of the database: it is opened anew")
        raise InvalidatePoolError


def _no_defect(context: ExceptionContext) -> None:
    """Raise an error of DATABASE_AWAY for a damaged file, for which sqlite3 raises its base
    error."""
    fault = context.original_exception
    if is_damaged(fault):
        raise OperationalError(context.statement, None, fault, hide_parameters=True) from fault


def _set_up_sqlite(connection: DBAPIConnection, _: Any) -> None:
    # sqlite3 would begin transactions late; `_begin_sqlite` does it instead.
    connection.isolation_level = None
    cursor = connection.cursor()
    _write_ahead(cursor)
    # FULL: a power cut must not lose that a server took a mail (0.3 ms a commit, measured). Deleted
    # data is overwritten, so that erased people are not left in the file.
    for pragma in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _write_ahead(cursor: DBAPICursor) -> None:
    """Switch to WAL, a setting of the file; a new file is first made able to give back room
    (`storage.room`).

    When several processes open a new file at once, SQLite tells all but one that it is locked,
    without waiting as for other statements (4 of 100 starts with four processes).
    """
    for _ in range(_WAL_TRIES):
        try:
            # Even if it is WAL already, this waits for writers.
            if cursor.execute("PRAGMA page_count").fetchone() == (0,):
                cursor.execute("PRAGMA auto_vacuum=INCREMENTAL")
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            time.sleep(0.02)
        else:
            return
    cursor.execute("PRAGMA journal_mode=WAL")


def _begin_sqlite(connection: Connection) -> None:
    if connection.get_execution_options().get("writes"):
        # Take the write lock soon after another process releases it, if only for a moment.
        until = time.monotonic() + _SQLITE_PATIENCE
        cursor = connection.connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={_MS_OF_FREQUENT_TRIES}")
        try:
            while _is_busy(cursor) and time.monotonic() < until:
                continue
            if not cast(sqlite3.Connection, connection.connection.dbapi_connection).in_transaction:
                # Fails with SQLAlchemy's error.
                connection.exec_driver_sql(_BEGIN_WRITING)
        finally:
            cursor.execute(f"PRAGMA busy_timeout={_SQLITE_PATIENCE * 1000}")
            cursor.close()
    else:
        connection.exec_driver_sql("BEGIN")


def _is_busy(cursor: DBAPICursor) -> bool:
    """Begin a writer's transaction; return whether somebody else has one."""
    try:
        cursor.execute(_BEGIN_WRITING)
    except sqlite3.DatabaseError as fault:
        return _sqlite_code(fault) == sqlite3.SQLITE_BUSY
    return False
