"""The schema: the revision of the database, pending migrations, and which programs may work on it.

Each migration says whether programs of the previous version can work on its result (`compatible`).
The newest one after which they cannot is stored, so that an older program knows it.
"""

import warnings
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import SAWarning

from shared import product_version
from shared.errors import SchemaTooOld, SchemaUnknown
from shared.language import N_
from shared.storage.word_search import follow_changes, follows_changes

if TYPE_CHECKING:
    from alembic.config import Config

_FOLDER = Path(__file__).parent / "migrations"
_FLOOR = "schema_floor"


MIGRATION_WAITS = N_(
    "The database is from an earlier version (revision {revision}, this version needs "
    "{newest}). Run “certs migrate”, or start the services to update it. Nothing was "
    "changed."
)


def newest_schema() -> str:
    """The newest migration that this version knows, by the names of the files."""
    return max(file.name[:4] for file in (_FOLDER / "versions").glob("0*.py"))


def version_and_schema() -> str:
    """Return the version for reports and logs: 0.2.0, schema 0068."""
    return f"{product_version()}, schema {newest_schema()}"


def schema_of(connection: Connection) -> str | None:
    """The last migration that was done on the database; None for an empty one."""
    # Without Alembic, which takes a tenth of a second to load and is needed only to migrate.
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.scalars(text("SELECT version_num FROM alembic_version")).first()


def is_known(revision: str | None) -> bool:
    """Return whether this version has the migration to this revision."""
    return revision in _revisions()


def may_work_on(connection: Connection) -> bool:
    """Return whether a program of this version may work on the database as it is."""
    revision = schema_of(connection)
    if revision is None or revision == newest_schema() or revision in _revisions():
        return True
    if revision < newest_schema() or not inspect(connection).has_table(_FLOOR):
        return False
    return connection.scalar(text(f"SELECT revision FROM {_FLOOR}")) in _revisions()  # noqa: S608


def is_too_old(revision: str) -> bool:
    """Return whether the revision is older than the first that this version can migrate."""
    return revision < min(_revisions())


def why_not(revision: str | None) -> SchemaUnknown:
    """Return the error that says why this version must not work on a database of this revision."""
    kind = SchemaTooOld if revision and is_too_old(revision) else SchemaUnknown
    return kind(revision=revision)


def upgrade(connection: Connection, to: str = "head") -> None:
    """Bring the tables up to date, or up to an earlier revision, within the caller's transaction.

    A newer database on which this version may work stays as it is. Raises SchemaUnknown for others
    that no migration starts from (see `why_not`).
    """
    known = schema_of(connection)
    # Alembic would read every migration just to find that there is nothing to do.
    if known != (newest_schema() if to == "head" else to):
        if known is not None and known not in _revisions():
            if not may_work_on(connection):
                raise why_not(known)
            return
        from alembic import command

        config = _migrations()
        config.attributes["connection"] = connection
        with warnings.catch_warnings():
            # SQLite rebuilds tables, and their migrations create such indexes again.
            unseen = "Skipped unsupported reflection of expression-based index"
            warnings.filterwarnings("ignore", unseen, SAWarning)
            command.upgrade(config, to)
        if breaking := _breaking_after(known, to):
            connection.execute(text(f"UPDATE {_FLOOR} SET revision = :it"), {"it": breaking[-1]})  # noqa: S608
    if connection.dialect.name == "sqlite" and to == "head":
        follow_changes(connection)


def is_up_to_date(connection: Connection) -> bool:
    """Return whether `upgrade` has nothing to do."""
    is_followed = connection.dialect.name != "sqlite" or follows_changes(connection)
    return is_followed and schema_of(connection) == newest_schema()


def waits_for_migration(connection: Connection) -> bool:
    """Return whether a migration is pending that this version knows."""
    revision = schema_of(connection)
    return revision != newest_schema() and revision in _revisions()


def waits_for_a_break(connection: Connection) -> bool:
    """Return whether a migration is pending that is not compatible."""
    return waits_for_migration(connection) and bool(_breaking_after(schema_of(connection), "head"))


def _breaking_after(revision: str | None, to: str) -> list[str]:
    """Return the migrations after it that are not compatible, oldest first."""
    last = newest_schema() if to == "head" else to
    return [
        number
        for number, compatible in _revisions().items()
        if (revision or "") < number <= last and not compatible
    ]


@cache
def _revisions() -> dict[str, bool]:
    """Return whether each migration that this version knows is compatible, oldest first."""
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory.from_config(_migrations()).walk_revisions()
    found = {script.revision: getattr(script.module, "compatible", False) for script in scripts}
    return dict(sorted(found.items()))


def _migrations() -> "Config":
    from alembic.config import Config

    config = Config()
    # Alembic's configuration would interpret a "%" in the folder's name.
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    return config
