"""A database as an earlier version of the program left it."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from shared.storage import database as database_module
from shared.storage.database import Database


def take_back_to(database: Database, revision: str) -> None:
    """Undo all later migrations; the next start of the program makes them again."""
    config = Config()
    config.set_main_option(
        "script_location", str(Path(database_module.__file__).parent / "migrations")
    )
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)
