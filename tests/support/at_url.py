"""Installations and databases by their URLs."""

from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import text

from shared.settings import Settings
from shared.storage.database import Database


def settings_of(url: str, folder: Path, **others: Any) -> Settings:
    return Settings(_env_file=None, data_dir=folder, database_url=url, **others)


def change(url: str, *statements: str) -> None:
    with closing(Database(url)) as database, database.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
