"""Bringing the tables up to date beside programs at work, and noticing that others have done it."""

import logging
import time
from collections.abc import Callable

from sqlalchemy import func, select, text
from sqlalchemy.exc import OperationalError

from shared import APPLICATION
from shared.errors import ProductError
from shared.language import N_
from shared.storage import schema
from shared.storage.database import THIS_PROGRAM, Database

log = logging.getLogger(__name__)

# PostgreSQL, “Error codes”: lock_not_available, deadlock_detected.
_LOCKED = ("55P03", "40P01")
# Any number, as long as nothing else in this database takes the same lock.
_MIGRATION_LOCK = 7_406_122
_SOMEBODY = text("SELECT EXISTS (SELECT 1 FROM volunteer)")
# Seconds, since all others queue behind a migration that waits for a table.
_IMPATIENTLY = text("SET LOCAL lock_timeout = '3s'")
_MIGRATION_TRIES, _MIGRATION_REST = 20, 1.0
_OTHERS = text(
    """
    SELECT DISTINCT application_name, coalesce(host(client_addr), 'this machine')
    FROM pg_stat_activity
    WHERE application_name LIKE :application AND datname = current_database()
      AND pid <> pg_backend_pid()
    ORDER BY 1, 2
    """
)
# The programs, ours or not, that hold a lock on one of the tables.
_LOCKERS = text(
    """
    SELECT DISTINCT application_name, coalesce(host(client_addr), 'this machine')
    FROM pg_stat_activity JOIN pg_locks USING (pid)
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND granted
      AND relation IN (SELECT oid FROM pg_class WHERE relnamespace = current_schema()::regnamespace)
    ORDER BY 1, 2
    """
)


def migrate(
    database: Database,
    *,
    with_people: bool = True,
    before_break: Callable[[], object] = lambda: None,
) -> None:
    """Bring the tables up to date. Of several processes, one does it and the others wait.

    `before_break` is called, while nobody else can migrate, before a migration that programs of
    the previous version cannot work with. Raises SchemaUnknown for tables that this version
    must not work on, and ProductError if others keep the tables locked, or, unless
    `with_people`, if somebody is on a list.
    """
    in_the_way = ""
    for _ in range(_MIGRATION_TRIES):
        try:
            return _migrate_at_once(database, with_people, before_break)
        except OperationalError as fault:
            if getattr(fault.orig, "sqlstate", None) not in _LOCKED:
                raise
            in_the_way = _in_the_way(database) or in_the_way
            reason = type(fault.orig).__name__
            log.warning("the migration tries again (%s), beside %s", reason, in_the_way)
            time.sleep(_MIGRATION_REST)
    raise ProductError(
        N_(
            "The database could not be updated, because other programs use it "
            "without a pause: {programs}. Stop them and try again. Nothing was "
            "changed."
        ),
        programs=in_the_way,
    )


def _in_the_way(database: Database) -> str:
    """Name the programs that hold locks, or if they just ended, those of ours that are
    connected."""
    with database.patient() as connection:
        lockers = [_program(*row) for row in connection.execute(_LOCKERS)]
    return "; ".join(lockers or others(database))


def _migrate_at_once(
    database: Database, with_people: bool, before_break: Callable[[], object]
) -> None:
    # Most commands only read, and must work while somebody else holds the locks.
    with database.patient() as connection:
        if schema.is_up_to_date(connection):
            return
    with database.engine.execution_options(writes=True).begin() as connection:
        if not database.is_sqlite:
            connection.execute(select(func.pg_advisory_xact_lock(_MIGRATION_LOCK)))
            connection.execute(_IMPATIENTLY)
        if schema.waits_for_migration(connection):
            if not with_people and connection.scalar(_SOMEBODY):
                left_at, newest = schema.schema_of(connection), schema.newest_schema()
                raise ProductError(schema.MIGRATION_WAITS, revision=left_at, newest=newest)
            if schema.waits_for_a_break(connection):
                before_break()
        schema.upgrade(connection)


def refuse_outgrown(database: Database) -> None:
    """Raise SchemaUnknown once a program of this version must no longer work on it."""
    with database.engine.connect() as connection:
        if not schema.may_work_on(connection):
            raise schema.why_not(schema.schema_of(connection))


def others(database: Database, *, of_another_version: bool = False) -> list[str]:
    """Name our other programs connected to the same PostgreSQL database: service, version and
    machine."""
    if database.is_sqlite:
        return []
    with database.patient() as connection:
        rows = connection.execute(_OTHERS, {"application": f"{APPLICATION}%"}).all()
    return [
        _program(name, place)
        for name, place in rows
        if not of_another_version or name.split()[:2] != THIS_PROGRAM.split()
    ]


def may_work_on(database: Database) -> bool:
    """Return whether a program of this version may (still) work on the database."""
    with database.engine.connect() as connection:
        return schema.may_work_on(connection)


def _program(name: str, place: str) -> str:
    """Describe a connected program: certs worker 0.2.0 (10.0.0.7)."""
    if name.startswith(APPLICATION):
        version, _, service = name.removeprefix(APPLICATION).strip().partition(" ")
        name = " ".join(filter(None, ("certs", service, version or "0.1.0")))
    return f"{name or '?'} ({place})"
