"""Installations that are written to a file and made of it again, in another place."""

from pathlib import Path

from sqlalchemy import inspect

from shared.features.backup.backup_file import Manifest, opened
from shared.features.backup.restoring import Restored, restore
from shared.features.backup.tables import STORED, columns_of, lines
from shared.features.backup.writing import write_backup
from shared.settings import Settings
from shared.storage.database import Database
from shared.storage.sealing.tokens import load_keys

PASSPHRASE = "six words that nobody would ever guess"


def written(settings: Settings, file: Path, passphrase: str | None = PASSPHRASE) -> Manifest:
    """The backup of an installation, made while it may be open."""
    database = Database(settings.database_url)
    keys = load_keys(None, settings.data_dir / "secret.key", is_new=False)
    manifest = write_backup(database, file, keys, passphrase)
    database.close()
    return manifest


def restored(settings: Settings, file: Path, passphrase: str | None = PASSPHRASE) -> Restored:
    with opened(file) as backup:
        return restore(settings, backup, passphrase)


def stored_rows(url: str) -> dict[str, list[str]]:
    """Every row of every table that a backup has, as far as this database knows it."""
    database = Database(url)
    with database.engine.connect() as connection:
        known = inspect(connection).get_table_names()
        rows = {
            table: [
                line
                for some in lines(connection, table, columns_of(connection, table))
                for line in some
            ]
            for table in STORED
            if table in known
        }
    database.close()
    return rows
