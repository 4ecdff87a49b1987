"""The making of a backup while everything runs."""

import hashlib
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from sqlalchemy import Connection, inspect, text

from shared import product_version
from shared.errors import ProductError, SettingRefused
from shared.features.backup import remembered
from shared.features.backup.backup_file import (
    KEYS,
    MANIFEST,
    UNREADABLE,
    BackupFile,
    Manifest,
    StoredTable,
    open_keys,
    seal_keys,
    write_part,
    writing_table,
)
from shared.features.backup.tables import STORED, columns_of, lines, rows_of
from shared.language import N_
from shared.settings import Settings
from shared.storage.database import Database, is_disk_full
from shared.storage.hooks import Hooks
from shared.storage.private_files import writing_private
from shared.storage.schema import is_too_old, newest_schema, schema_of, why_not
from shared.storage.sealing.tokens import Seal, load_keys

# Called with how many rows were written or read since the last call.
Progress = Callable[[int], object]

_NO_ROOM = N_(
    "There is too little room for a backup beside {file}. Nothing was written; make room, or name "
    "a file on another disk."
)
_TOO_SHORT = N_(
    "The passphrase has fewer than 16 characters, so it could be guessed. Take a longer one, or "
    "leave out --passphrase-file: then one is made and shown. Nothing was written."
)
_FEWEST_CHARACTERS = 16
# Left for the installation itself, which may be on the same disk.
_KEPT_FREE = 100 * 2**20
# What a list's rows shrink to at most; templates do not shrink, but few have them only.
_SHRUNK = 5
_LOOK_EVERY = 64 * 2**20


def count_rows(database: Database) -> int:
    """Return how many rows a backup would have, to show how far it is."""
    with database.reading() as session:
        connection = session.connection()
        return sum(
            session.scalar(text(f"SELECT count(*) FROM {table}")) or 0  # noqa: S608
            for table in _stored(connection)
        )


def write_backup(
    database: Database,
    file: Path,
    keys: list[str],
    passphrase: str | None,
    progress: Progress = lambda rows: None,
) -> Manifest:
    """Write all that is stored at one moment to `file`, which appears whole or not at all.

    `keys` are those of the installation; they are in it, sealed, if there is a `passphrase`.
    Raises ProductError without room on the disk, and for a passphrase that could be guessed.
    """
    if passphrase is not None and len(passphrase) < _FEWEST_CHARACTERS:
        raise ProductError(_TOO_SHORT)
    try:
        # What was committed before its first statement, whoever writes.
        options: dict[str, Any] = (
            {}
            if database.is_sqlite
            else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        )
        with (
            database.engine.connect().execution_options(**options) as connection,
            connection.begin(),
            writing_private(file) as opened,
            ZipFile(opened, "w") as archive,
        ):
            if database.is_sqlite:
                pages = connection.scalar(text("SELECT page_count FROM pragma_page_count")) or 0
                size = pages * (connection.scalar(text("SELECT * FROM pragma_page_size")) or 0)
            else:
                size = connection.scalar(text("SELECT pg_database_size(current_database())")) or 0
            _check_room(file, size // _SHRUNK)
            return _write(connection, archive, file, keys, passphrase, progress)
    except OSError as fault:
        if is_disk_full(fault):
            raise ProductError(_NO_ROOM, file=str(file)) from fault
        raise


def _check_room(file: Path, needed: int = 0) -> None:
    if shutil.disk_usage(file.absolute().parent).free < _KEPT_FREE + needed:
        raise ProductError(_NO_ROOM, file=str(file))


def _stored(connection: Connection) -> list[str]:
    """Return the tables of this installation that are stored. Others may live in the same
    database."""
    schema = schema_of(connection)
    if schema is None:
        raise ProductError(
            N_(
                "There is no installation that can be backed up in this database. Start this "
                "version once, or run “certs migrate”."
            )
        )
    if is_too_old(schema):
        raise why_not(schema)
    there = set(inspect(connection).get_table_names())
    return [table for table in STORED if table in there]


def _write(
    connection: Connection,
    archive: ZipFile,
    file: Path,
    keys: list[str],
    passphrase: str | None,
    progress: Progress,
) -> Manifest:
    manifest = Manifest(
        product=product_version(),
        schema=schema_of(connection) or "",
        engine=connection.dialect.name,
        made_at=f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}",
        keys=fingerprints(keys),
        has_keys=passphrase is not None,
    )
    tables = {}
    for table in _stored(connection):
        columns, digest, rows, size = columns_of(connection, table), hashlib.sha256(), 0, 0
        looked_at = 0
        with writing_table(archive, table) as part:
            for some in lines(connection, table, columns):
                content = "".join(f"{line}\n" for line in some).encode()
                part.write(content)
                digest.update(content)
                rows, size = rows + len(some), size + len(content)
                if size - looked_at > _LOOK_EVERY:
                    _check_room(file)
                    looked_at = size
                progress(len(some))
        last = _last_id(connection, table)
        tables[table] = StoredTable(columns, rows, size, digest.hexdigest(), last)
    manifest = replace(manifest, tables=tables)
    written = manifest.written()
    if passphrase is not None:
        write_part(archive, KEYS, seal_keys(keys, passphrase, written))
    write_part(archive, MANIFEST, written)
    return manifest


def fingerprints(keys: Sequence[str]) -> list[str]:
    """Return fingerprints by which it is known whether keys are the same; they open nothing."""
    return [Seal([key]).fingerprints(remembered.KEYS)[0] for key in keys]


def _last_id(connection: Connection, table: str) -> int | None:
    """Return the last id that was given, also if its row is gone; None if it is that of a row."""
    if connection.dialect.name == "sqlite":
        if not counts_on(connection, table):
            return None
        last = text("SELECT seq FROM sqlite_sequence WHERE name = :table")
        return connection.scalars(last, {"table": table}).first()
    sequence = sequence_of(connection, table)
    if sequence is None:
        return None
    last = text(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}")  # noqa: S608
    given: int = connection.scalars(last).one()
    return given


def counts_on(connection: Connection, table: str) -> bool:
    """Return whether no id of this table of SQLite's is given twice."""
    found = "SELECT sql LIKE '%AUTOINCREMENT%' FROM sqlite_master WHERE name = :table"
    return bool(connection.scalar(text(found), {"table": table}))


def sequence_of(connection: Connection, table: str) -> str | None:
    """Return PostgreSQL's sequence of the ids of the table, quoted; None if it has no such ids."""
    if "id" not in {column.name for column in columns_of(connection, table)}:
        return None
    found = text("SELECT pg_get_serial_sequence(:table, 'id')")
    name: str | None = connection.scalars(found, {"table": table}).one()
    return name


def check(file: BackupFile, passphrase: str | None, progress: Progress) -> None:
    """Read all of a backup, each row as when it is restored, and its keys if there is a passphrase.
    Raises ProductError."""
    if passphrase is not None and file.manifest.has_keys:
        keys = open_keys(file.sealed_keys(), passphrase, file.written_manifest)
        if fingerprints(keys) != file.manifest.keys:
            raise file.damaged(N_("its keys are not those that it names"))
    for name, table in file.manifest.tables.items():
        try:
            for number, _ in enumerate(rows_of(name, table.columns, file.lines(name)), 1):
                if number % 1000 == 0:
                    progress(1000)
        except UNREADABLE as fault:
            raise file.damaged(name) from fault


def keep_before(database: Database, settings: Settings) -> str | None:
    """Write everything as it is, without keys, before a migration after which there is no way back;
    return a sentence that says where."""
    with database.engine.connect() as connection:
        if schema_of(connection) is None:
            return None  # Empty.
    file = settings.data_dir / f"before-{newest_schema()}.zip"
    keys: list[str] = []
    with suppress(SettingRefused):  # By whom it was sealed is then not in it.
        keys = load_keys(settings.given_keys, settings.key_file, is_new=False)
    write_backup(database, file, keys, None)
    return f"everything as it was, without keys: {file}"


HOOKS = Hooks(migrating=keep_before)
