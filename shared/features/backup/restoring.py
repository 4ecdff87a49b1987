"""The making of an empty installation into that of a backup, of this or an earlier version."""

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import cast

import psycopg
from sqlalchemy import URL, Connection, inspect, make_url, select, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from shared.errors import DISK_FULL, EventUnknown, ProductError, SettingRefused
from shared.events.erased_addresses import note_erased
from shared.events.opening import take_owner_token
from shared.features.backup import remembered
from shared.features.backup.backup_file import UNREADABLE, BackupFile, open_keys
from shared.features.backup.remembered import RememberedBackup
from shared.features.backup.tables import DERIVED, STORED, columns_of, store
from shared.features.backup.writing import Progress, counts_on, fingerprints, sequence_of
from shared.language import N_
from shared.log.actor import AT_THE_MACHINE
from shared.mail.queue.hold import hold
from shared.privacy.erasure import erase
from shared.settings import Settings
from shared.storage import hooks, migrating
from shared.storage.clock import database_time
from shared.storage.database import Database, is_disk_full
from shared.storage.models import Event, Owner, Volunteer
from shared.storage.models.volunteer import ERASED
from shared.storage.private_files import onto_disk, private_folder, writing_private
from shared.storage.schema import is_known, is_too_old, upgrade
from shared.storage.sealing.own_keys import ADDRESS_HASHES, BINDINGS, AddressHashes
from shared.storage.sealing.tokens import Seal, load_keys

# At least so many numbers are left out, when it is not known how many were given since the copy was
# made, and at least as many as had been given by then.
_FEWEST_LEFT_OUT = 1_000
_PATIENCE = text("SET LOCAL lock_timeout = '5s'")
_SEALED = N_(
    "The keys in this backup are sealed: name the file with their passphrase (--passphrase-file). "
    "Without them, the links of its {people} people and all its passwords would be lost. Nothing "
    "was done."
)
_MISSING = N_(
    "This backup has no keys, and this installation has other ones. Put the old "
    "secret.key into DATA_DIR, or its content into SECRET_KEYS. Without it, the links "
    "of its {people} people and all its passwords would be lost. If it is lost, add "
    "--give-up-lost. Nothing was changed."
)
_ERASED_SINCE = N_(
    "DATA_DIR/remembered.json lists {people} erased people, perhaps erased after this "
    "backup, under a key that is missing here. Add it after the others, in SECRET_KEYS "
    "or secret.key. If it is lost, add --give-up-lost, and erase them again. Nothing "
    "was changed."
)
_IN_USE = N_(
    "Something is still using this database. Stop “certs up”, or every service, and try "
    "again. Nothing was changed."
)


class KeysMissing(ProductError):
    """Nothing here opens what is sealed in the backup."""


@dataclass(frozen=True)
class Jump:
    """The number with which an event goes on, and the one that was to be next."""

    event_id: int
    event: str
    before: int
    now: int


@dataclass(frozen=True)
class Restored:
    people: int
    rows: int
    jumps: list[Jump]
    # People whom the backup still knew and who had been erased; None where nobody can tell.
    erased: int | None


def restore(
    settings: Settings,
    file: BackupFile,
    passphrase: str | None,
    progress: Progress = lambda rows: None,
    *,
    gives_up: bool = False,
) -> Restored:
    """Fill the empty installation of these settings, or leave it as it was.

    Whoever `gives_up` what is sealed with keys that are missing restores all the rest.

    Raises ProductError for a backup that cannot be restored here, and for what is not empty.
    """
    if is_too_old(file.manifest.schema):
        raise ProductError(
            N_(
                "This backup was made by a version before 0.2.0 (schema {schema}). Restore it with "
                "version 0.2.0, and make another one there. Nothing was done."
            ),
            schema=file.manifest.schema,
        )
    if not is_known(file.manifest.schema):
        raise ProductError(
            N_(
                "This backup was made by version {product} (schema {schema}), which is newer than "
                "this one. Restore it with that version or a newer one. Nothing was done."
            ),
            product=file.manifest.product,
            schema=file.manifest.schema,
        )
    given, key_file = settings.given_keys, settings.key_file
    own = load_keys(given, key_file) if given is not None or key_file.exists() else []
    private_folder(settings.data_dir)
    try:
        keys = _keys(own, file, passphrase, are_given=given is not None)
    except KeysMissing:
        if not gives_up:
            raise
        keys = own or load_keys(given, key_file)
    known = _known(settings.data_dir, file, [*own, *keys], gives_up=gives_up)
    with ExitStack() as undo:
        with _target(settings) as connection:
            _fill(connection, file, progress)
            upgrade(connection)
            result = _finish(connection, keys, known, file)
            if given is None and keys != own:
                undo.callback(_put_keys(key_file, keys))
        undo.pop_all()
    take_owner_token(settings.data_dir)
    # All mails are held; for the worker this is another database, and it would hold them once more.
    (settings.data_dir / "sent.json").unlink(missing_ok=True)
    return result


def _keys(
    own: list[str], file: BackupFile, passphrase: str | None, *, are_given: bool
) -> list[str]:
    """Return the keys that seal what is in the backup; `own` are this installation's, by its
    settings if they `are_given`. Raises ProductError."""
    manifest = file.manifest
    if manifest.has_keys and passphrase is not None:
        keys = open_keys(file.sealed_keys(), passphrase, file.written_manifest)
        if not are_given:
            return keys
        if not set(keys) <= set(own):
            reason = N_(
                "holds other keys than this backup, with which its links and passwords could not "
                "be opened. Leave it empty, or put the old keys into it. Nothing was done."
            )
            raise SettingRefused(field="SECRET_KEYS", reason=reason)
        return own
    if not set(manifest.keys) <= set(fingerprints(own)):
        raise KeysMissing(_SEALED if manifest.has_keys else _MISSING, people=_people(file))
    return own


def _known(
    folder: Path, file: BackupFile, keys: Sequence[str], *, gives_up: bool
) -> RememberedBackup | None:
    """Return what is known of the time since the copy, with its key opened, which may be given up.

    Raises KeysMissing.
    """
    known = remembered.read(folder, file.manifest.keys)
    if known is None or known.address_key is None:
        return known
    try:
        # It was perhaps sealed anew since, with a key that came after the copy.
        opened = Seal([*keys]).open_bound(known.address_key, BINDINGS[ADDRESS_HASHES])
    except SettingRefused:
        if not gives_up:
            raise KeysMissing(_ERASED_SINCE, people=len(known.erased)) from None
        return replace(known, address_key=None)
    return replace(known, address_key=opened)


def _people(file: BackupFile) -> int:
    return file.manifest.tables["volunteer"].rows


def _put_keys(key_file: Path, keys: Sequence[str]) -> Callable[[], object]:
    """Write the keys, and keep those before beside them: an older backup may need those. Return
    what undoes it."""
    undo: Callable[[], object] = key_file.unlink
    if key_file.exists():
        kept = key_file.with_name(f"{key_file.name}.{fingerprints([key_file.read_text()])[0][:8]}")
        kept.unlink(missing_ok=True)
        os.link(key_file, kept)
        undo = partial(kept.replace, key_file)
    with writing_private(key_file) as opened:
        opened.write(",".join(keys).encode() + b"\n")
    return undo


# Where it is restored to


@contextmanager
def _target(settings: Settings) -> Iterator[Connection]:
    """Connect to an empty database, which takes the place of this installation's at the end; after
    an error it never was there."""
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite":
        with _sqlite_file(url) as connection:
            yield connection
        return
    database = Database(settings.database_url)
    try:
        if migrating.others(database):
            raise ProductError(_IN_USE)
        with database.engine.begin() as connection:
            connection.execute(_PATIENCE)
            _refuse_unless_empty(connection)
            ours = {*STORED, *DERIVED}
            for table in inspect(connection).get_table_names():
                if table in ours:
                    connection.execute(text(f"DROP TABLE {table} CASCADE"))
            for function in ("volunteer_grams", "follow_volunteer_search"):
                connection.execute(text(f"DROP FUNCTION IF EXISTS {function} CASCADE"))
            yield connection
    except OperationalError as fault:
        if isinstance(fault.orig, psycopg.errors.LockNotAvailable):
            raise ProductError(_IN_USE) from fault
        raise
    finally:
        database.close()


@contextmanager
def _sqlite_file(url: URL) -> Iterator[Connection]:
    file = Path(url.database or "")
    draft = file.with_name(f"{file.name}.restored")
    draft.unlink(missing_ok=True)
    with _locked(url) if file.exists() else nullcontext():
        database = Database(url.set(database=str(draft)).render_as_string())
        try:
            with database.engine.connect() as connection:
                driver = cast(sqlite3.Connection, connection.connection.dbapi_connection)
                # It is thrown away unless it becomes whole, and then it is checked at once.
                for pragma in ("journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF"):
                    driver.execute(f"PRAGMA {pragma}").fetchall()
                with connection.begin():
                    yield connection
                driver.execute("PRAGMA journal_mode=WAL").fetchall()
            database.close()
            onto_disk(draft)
            draft.replace(file)
            onto_disk(file.absolute().parent)
        finally:
            database.close()
            for beside in ("", "-wal", "-shm", "-journal"):
                draft.with_name(f"{draft.name}{beside}").unlink(missing_ok=True)


@contextmanager
def _locked(url: URL) -> Iterator[None]:
    """Lock the file for others, whose writes would be lost."""
    database = Database(url.render_as_string())
    try:
        with database.engine.connect() as connection:
            _refuse_unless_empty(connection)
    finally:
        database.close()
    with closing(sqlite3.connect(url.database or "", timeout=1, isolation_level=None)) as current:
        try:
            current.execute("PRAGMA journal_mode=DELETE").fetchall()
            current.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as fault:
            raise ProductError(_IN_USE) from fault
        yield


def _refuse_unless_empty(connection: Connection) -> None:
    there = set(inspect(connection).get_table_names())
    counted = {
        table: connection.scalar(text(f"SELECT count(*) FROM {table}"))  # noqa: S608
        for table in ("volunteer", "mail", "design", "event")
        if table in there
    }
    events = counted.pop("event", 0) or 0
    if events > 1 or any(counted.values()):
        raise ProductError(
            N_(
                "This installation is not empty: it has {events} events and {people} people, which "
                "would be lost. Restore into a new one: another DATA_DIR, and another database in "
                "DATABASE_URL if it is set. Nothing was done."
            ),
            events=events,
            people=counted.get("volunteer") or 0,
        )


# What comes into it


def _fill(connection: Connection, file: BackupFile, progress: Progress) -> None:
    """Make the tables as they were, with their rows."""
    upgrade(connection, file.manifest.schema)
    tables = file.manifest.tables
    there = {
        name: columns_of(connection, name)
        for name in inspect(connection).get_table_names()
        if name in STORED
    }
    if there != {name: table.columns for name, table in tables.items()}:
        raise file.damaged(N_("its tables are not those of its version"))
    with _without_indexes(connection, sorted(tables), file):
        for name, table in tables.items():
            try:
                for count in store(connection, name, table.columns, file.lines(name)):
                    progress(count)
            except (*UNREADABLE, sqlite3.Error, psycopg.Error) as fault:
                if is_disk_full(fault):
                    raise ProductError(DISK_FULL) from fault
                raise file.damaged(name) from fault
            _count_on(connection, name, table.last_id or 0)


@contextmanager
def _without_indexes(
    connection: Connection, tables: Sequence[str], file: BackupFile
) -> Iterator[None]:
    """Fill tables without indexes, references and triggers, which come (back) at the end: in half
    of the time, and in any order of the rows."""
    is_sqlite = connection.dialect.name == "sqlite"
    if is_sqlite:
        found = connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        ).all()
        drop, make = [f"DROP INDEX {name}" for name, _ in found], [sql for _, sql in found]
    else:
        drop, make = _made_by_postgresql(connection)
    for statement in drop:
        connection.exec_driver_sql(statement)
    yield
    try:
        for statement in make:
            connection.exec_driver_sql(statement)
    except IntegrityError as fault:
        raise file.damaged(N_("its rows contradict each other")) from fault
    if is_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise file.damaged(N_("its rows contradict each other"))


def _made_by_postgresql(connection: Connection) -> tuple[list[str], list[str]]:
    references = connection.exec_driver_sql(
        "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)"
        " FROM pg_constraint"
        " WHERE contype = 'f' AND connamespace = current_schema()::regnamespace"
    ).all()
    indexes = connection.exec_driver_sql(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
        " JOIN pg_class ON pg_class.oid = indexrelid"
        " WHERE relnamespace = current_schema()::regnamespace AND NOT indisprimary"
        " AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)"
    ).all()
    tables = sorted({table for table, *_ in references})
    drop = [f"ALTER TABLE {table} DROP CONSTRAINT {name}" for table, name, _ in references]
    drop += [f"DROP INDEX {name}" for name, _ in indexes]
    drop += [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables]
    make = [definition for _, definition in indexes]
    make += [f"ALTER TABLE {table} ADD CONSTRAINT {name} {how}" for table, name, how in references]
    make += [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables]
    return drop, [*make, "ANALYZE"]


def _count_on(connection: Connection, table: str, last: int) -> None:
    """Let ids go on after the last that was given, so that none is given twice."""
    if connection.dialect.name == "sqlite":
        if counts_on(connection, table):
            highest = text(f"SELECT coalesce(max(id), 0) FROM {table}")  # noqa: S608
            now = {"table": table, "last": max(connection.scalar(highest) or 0, last)}
            connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :table"), now)
            insert = text("INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :last)")
            connection.execute(insert, now)
    elif sequence := sequence_of(connection, table):
        highest = text(f"SELECT greatest(max(id), :last) FROM {table}")  # noqa: S608
        if at := connection.scalar(highest, {"last": last}):
            connection.execute(
                text("SELECT setval(:sequence, :at)"), {"sequence": sequence, "at": at}
            )


def _finish(
    connection: Connection, keys: list[str], known: RememberedBackup | None, file: BackupFile
) -> Restored:
    """Bring about what must hold before anything works on it."""
    connection.execute(text("DELETE FROM search_backlog"))
    connection.execute(
        text(
            "INSERT INTO search_backlog (last_id)"
            " SELECT max(id) FROM volunteer HAVING max(id) IS NOT NULL"
        )
    )
    with Session(connection, expire_on_commit=False) as session:
        session.info["actor"] = AT_THE_MACHINE
        hold(session)
        hooks.features().restored(session)
        # Whatever was issued since the copy was made, nothing is known of it here.
        owner, now = session.get_one(Owner, 1), database_time(session)
        lost = [file.manifest.made_at, f"{now:%Y-%m-%d %H:%M:%S}"]
        owner.unknown_times = [*(owner.unknown_times or []), lost]
        jumps = _leave_numbers_out(session, known.numbers if known else None)
        erased = _erase_again(session, Seal(keys), known) if known else 0
        session.flush()
    return Restored(_people(file), file.manifest.total, jumps, erased)


def _leave_numbers_out(session: Session, given: Mapping[int, int] | None) -> list[Jump]:
    """Skip numbers that may have been given since the copy was made."""
    jumps = []
    for event in session.scalars(select(Event).where(Event.is_own.is_(False)).order_by(Event.id)):
        before = event.next_number
        if given is None:
            until = before + max(_FEWEST_LEFT_OUT, before)
        elif given.get(event.id, before) > before:
            # The last few seconds may not have been written down.
            until = given[event.id] + _FEWEST_LEFT_OUT
        else:
            continue
        # A round number ends the gap, so that people see what it is.
        event.next_number = -(-(until - 1) // _FEWEST_LEFT_OUT) * _FEWEST_LEFT_OUT + 1
        jumps.append(Jump(event.id, event.name, before, event.next_number))
    return jumps


def _erase_again(session: Session, seal: Seal, known: RememberedBackup) -> int | None:
    if known.address_key is None:
        return None if known.erased else 0
    hashes = AddressHashes(known.address_key.encode())
    owner = session.get_one(Owner, 1)
    if owner.sealed_address_key is None:
        owner.sealed_address_key = seal.seal_bound(known.address_key, BINDINGS[ADDRESS_HASHES])
    erased = set(known.erased)
    events = {event_id for event_id, _ in erased}
    people = select(Volunteer.id, Volunteer.event_id, Volunteer.email_key).where(
        Volunteer.event_id.in_(events), ~ERASED
    )
    found = [
        (event_id, id)
        for id, event_id, address in session.execute(people).yield_per(1000)
        if (event_id, hashes.of(event_id, address)) in erased
    ]
    for event_id, id in found:
        with suppress(EventUnknown):
            erase(session, seal, event_id, id)
    for event_id, one in erased:
        if session.get(Event, event_id) is not None:
            note_erased(session, seal, event_id, one)
    return len(found)
