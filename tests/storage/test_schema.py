"""Which programs may work on which database, and that each says so in one sentence."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine, func, inspect, select, text

from api.app import create_app
from shared import logs, product_version
from shared.errors import ProductError, SchemaUnknown
from shared.events.installation import Installation
from shared.events.opening import open_installation
from shared.settings import Settings
from shared.storage import migrating, outgrowth
from shared.storage.database import Database
from shared.storage.migrating import _MIGRATION_LOCK
from shared.storage.models import Owner
from shared.storage.schema import newest_schema, schema_of
from tests.installations import restore
from tests.support.at_url import change, settings_of
from tests.support.mailing import wait_until
from tests.support.moved import stored_rows, written
from tests.support.processes import in_processes
from tests.support.upgraded import empty_database, empty_url

__all__ = ["empty_url"]

NEWER = "UPDATE alembic_version SET version_num = '9999'"
BREAKING = "UPDATE schema_floor SET revision = '9998'"


def test_an_older_program_goes_on_where_a_newer_one_says_that_it_can(installation: Installation):
    change(installation.settings.database_url, NEWER)
    open_installation(installation.settings).database.close()
    with TestClient(create_app(installation)) as api:
        assert api.get("/health/ready").json()["data"]["schema"] == "9999"


def test_what_only_reads_begins_while_others_write_or_migrate(installation: Installation):
    with ThreadPoolExecutor(1) as others, installation.database.writing() as session:
        session.get(Owner, 1)  # SQLite's lock is taken with the first statement.
        if not installation.database.is_sqlite:
            session.execute(select(func.pg_advisory_xact_lock(_MIGRATION_LOCK)))
        opened = others.submit(open_installation, installation.settings).result(timeout=10)
    with opened.database.reading() as session:
        assert session.get(Owner, 1)
    opened.database.close()


def test_an_older_program_does_not_start_where_it_cannot(installation: Installation):
    change(installation.settings.database_url, NEWER, BREAKING)
    with pytest.raises(SchemaUnknown, match="9999"):
        open_installation(installation.settings)
    # As each worker asks with its heartbeat.
    with pytest.raises(SchemaUnknown, match="9999"):
        migrating.refuse_outgrown(installation.database)


def test_a_running_program_refuses_calls_once_the_database_has_outgrown_it(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(outgrowth, "FRESH", 0.0)
    with TestClient(create_app(installation)) as api:
        assert api.get("/certificate?token=x").status_code < 500
        change(installation.settings.database_url, NEWER, BREAKING)
        refused = api.get("/api/getUserInfo?token=x")
        assert refused.status_code == 503
        assert "A newer version changed the database," in refused.json()["message"]
        page = api.get("/certificate?token=x", headers={"Accept": "text/html"})
        assert page.status_code == 503
        ready = api.get("/health/ready")
        assert (ready.status_code, ready.json()["code"]) == (503, 503)
        assert "newer" in ready.json()["message"]
        assert api.get("/health/live").status_code == 200


def test_health_says_version_and_schema(installation: Installation):
    with TestClient(create_app(installation)) as api:
        told = api.get("/health").json()["data"]
    assert told["schema"] == newest_schema()
    assert told["version"]


@pytest.fixture
def stored(empty_url: str, tmp_path: Path) -> Settings:
    """An installation with people that no program of this version has opened yet."""
    settings = settings_of(empty_url, tmp_path / "data")
    kind = "sqlite" if empty_url.startswith("sqlite") else "postgresql"
    restore("0.2.0", kind, empty_url, settings.data_dir)
    return settings


def revision(settings: Settings) -> str | None:
    database = Database(settings.database_url)
    with database.engine.connect() as connection:
        found = schema_of(connection)
    database.close()
    return found


def test_one_who_must_not_migrate_leaves_a_database_with_people_as_it_is(stored: Settings):
    with pytest.raises(ProductError, match="certs migrate"):
        open_installation(stored.model_copy(update={"auto_migrate": False}))
    assert revision(stored) == "0073"
    open_installation(stored).database.close()
    assert revision(stored) == newest_schema()


def test_an_empty_database_is_set_up_by_anybody(empty_url: str, tmp_path: Path):
    settings = settings_of(empty_url, tmp_path / "data", auto_migrate=False)
    open_installation(settings).database.close()
    assert revision(settings) == newest_schema()


def test_processes_that_start_at_once_bring_it_up_once(stored: Settings):
    starts = [(stored.database_url, stored.data_dir)] * 3
    assert set(in_processes(start, starts)) == {newest_schema()}


def start(database_url: str, data_dir: Path) -> str | None:
    settings = settings_of(database_url, data_dir)
    open_installation(settings).database.close()
    return revision(settings)


@pytest.mark.parametrize("left_at", ["0005", "0047", "0072"])
def test_what_a_version_before_0_2_0_left_is_sent_to_0_2_0(
    stored: Settings, left_at: str, tmp_path: Path
):
    change(stored.database_url, f"UPDATE alembic_version SET version_num = '{left_at}'")
    before = stored_rows(stored.database_url)
    for work in (open_installation, lambda settings: written(settings, tmp_path / "a.zip")):
        with pytest.raises(ProductError, match=r"version 0\.2\.0 once to update it"):
            work(stored)
    assert revision(stored) == left_at
    assert stored_rows(stored.database_url) == before


def test_an_installation_that_was_brought_up_has_the_tables_of_a_new_one(
    stored: Settings, request: pytest.FixtureRequest, tmp_path: Path
):
    open_installation(stored).database.close()
    kind = stored.database_url.partition(":")[0].partition("+")[0]
    with empty_database(request, kind, tmp_path / "new") as url:
        open_installation(settings_of(url, tmp_path / "new" / "data")).database.close()
        assert tables_of(stored.database_url) == tables_of(url)


def tables_of(url: str) -> dict[str, Any]:
    """Columns, constraints and indexes of every table, whatever SQLite calls what it has not
    reflected."""
    with closing(Database(url)) as database:
        looked_at = inspect(database.engine)
        found = {
            name: (
                [(one["name"], str(one["type"]), one["nullable"], one["default"])
                 for one in looked_at.get_columns(name)],
                looked_at.get_pk_constraint(name)["constrained_columns"],
                sorted(one["constrained_columns"] + [one["referred_table"]]
                       for one in looked_at.get_foreign_keys(name)),
                sorted(one["column_names"] for one in looked_at.get_unique_constraints(name)),
            )
            for name in looked_at.get_table_names()
        }  # fmt: skip
        of_indexes = "SELECT name, sql FROM sqlite_master WHERE type IN ('index', 'trigger')"
        if not database.is_sqlite:
            of_indexes = (
                # Not its words: PostgreSQL writes the conditions of what was dumped otherwise.
                "SELECT indexname, tablename FROM pg_indexes WHERE schemaname = 'public'"
            )
        with database.engine.connect() as connection:
            indexes = {name: sql for name, sql in connection.execute(text(of_indexes)) if sql}
    return {"indexes": indexes, **found}


# Somebody who issues: they read certificates, and lock a design next, which the migration has
# rewritten by then.
_WAITS_FOR_CERTIFICATES = text(
    "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'certificate'::regclass"
)


def test_a_migration_that_a_program_locks_out_in_a_circle_tries_again(
    empty_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    if empty_url.startswith("sqlite"):
        pytest.skip("SQLite has one writer at a time anyway")
    settings = settings_of(empty_url, tmp_path / "data")
    restore("0.2.0", "postgresql", empty_url, settings.data_dir)
    name = "?application_name=volunteer-certificates&"
    worker = create_engine(empty_url.replace("?", name))
    watch, database = Database(empty_url), Database(empty_url)
    with worker.connect() as connection, ThreadPoolExecutor() as pool:
        with connection.begin():
            connection.execute(text("SELECT count(*) FROM certificate"))
            migration = pool.submit(migrating.migrate, database)
            with watch.patient() as looking:
                wait_until(lambda: bool(looking.scalar(_WAITS_FOR_CERTIFICATES)))
            # The server ends one of the two, that which waits for longer: the migration.
            assert connection.execute(text("SELECT id FROM design FOR UPDATE")).all()
        migration.result()
    assert "tries again (DeadlockDetected), beside certs 0.1.0 (this machine)" in caplog.text
    for one in (watch, database):
        one.close()
    worker.dispose()
    assert revision(settings) == newest_schema()


def test_a_migration_waits_for_who_works_and_stops_nobody(
    stored: Settings, monkeypatch: pytest.MonkeyPatch
):
    if stored.database_url.startswith("sqlite"):
        pytest.skip("SQLite has one writer at a time anyway")
    # As each service sets up its log first.
    monkeypatch.setattr(logs, "_service", "worker")
    worker = Database(stored.database_url)
    locked = threading.Event()

    def work() -> None:
        with worker.engine.begin() as connection:
            connection.execute(text("SELECT count(*) FROM certificate"))
            locked.set()
            # Longer than a migration waits for a lock at once.
            time.sleep(4)

    thread = threading.Thread(target=work)
    thread.start()
    locked.wait()
    database = Database(stored.database_url)
    who = f"certs worker {product_version()} (this machine)"
    assert migrating.others(database) == [who]
    assert migrating.others(database, of_another_version=True) == []
    migrating.migrate(database)
    thread.join()
    worker.close()
    database.close()
    assert revision(stored) == newest_schema()
