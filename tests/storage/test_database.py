"""The database: both kinds keep their promises, whichever process comes first."""

import time
from contextlib import nullcontext, suppress
from datetime import UTC, timedelta

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from shared.errors import ProductError
from shared.events import event_for_change
from shared.mail.kinds.trial import TEST
from shared.storage import migrating
from shared.storage.clock import database_time
from shared.storage.database import Database
from shared.storage.models import Base, Event, Mail, Security, SendingAccount
from tests.support.processes import fresh_process, in_processes
from tests.support.without import taken_out


def migrate(url: str) -> list[str]:
    """The tables of the model after a migration in this process."""
    database = Database(url)
    migrating.migrate(database)
    tables = inspect(database.engine).get_table_names()
    database.close()
    return sorted(Base.metadata.tables.keys() & set(tables))


def migrate_each(urls: list[str]) -> list[list[str]]:
    return [migrate(url) for url in urls]


def empty(url: str) -> None:
    database = Database(url)
    if not database.is_sqlite:
        with database.writing() as session:
            session.execute(text("DROP SCHEMA public CASCADE"))
            session.execute(text("CREATE SCHEMA public"))
    database.close()


_LEFT = {
    # What version 0.2.0 reads, and this one no more; a later version drops it.
    ("certificate", "credential_due"),
    ("event", "issuer_id"),
    ("event", "fk_event_issuer_id"),
    # Only the database knows that a place in a list is one of a list that is there: the model of
    # the list is a feature's.
    ("issued_id", "fk_issued_id_status_list_id"),
}


def _is_compared(name: str, kind: str, whose: dict[str, str]) -> bool:
    # Tables of a feature that was taken out stay.
    if kind == "table":
        return name in Base.metadata.tables
    return (whose.get("table_name"), name) not in _LEFT


def test_every_table_has_a_model_as_long_as_no_feature_is_taken_out(database):
    tables = set(inspect(database.engine).get_table_names()) - Base.metadata.tables.keys()
    # Each kind of database has its own for searching.
    others = {one for one in tables if not one.startswith(("volunteer_search", "search_"))}
    assert others == {"alembic_version"} or taken_out()


def test_the_migrations_make_exactly_the_tables_of_the_model(database):
    with database.engine.connect() as connection:
        options = {"include_name": _is_compared}
        context = MigrationContext.configure(connection, opts=options)
        found = compare_metadata(context, Base.metadata)
    # SQLite cannot add a foreign key to a table that exists: the one from event to design. It has
    # no use for the index.
    expected = ["fk_event_design_id", "ix_volunteer_counts"] if database.is_sqlite else []
    assert [difference[1].name for difference in found] == expected


def test_migrating_again_changes_nothing(database, event_id):
    migrating.migrate(database)
    with database.reading() as session:
        assert session.get_one(Event, event_id).name == "Harbour Run 2026"


def test_of_several_processes_that_migrate_at_once_one_does_it_and_none_fails(database_url):
    empty(database_url)
    tables = sorted(Base.metadata.tables)
    assert in_processes(migrate, [(database_url,)] * 3) == [tables] * 3


def test_processes_that_open_new_files_at_once_wait_for_each_other(tmp_path):
    urls = [f"sqlite:///{tmp_path}/{number}.sqlite3" for number in range(10)]
    tables = sorted(Base.metadata.tables)
    assert in_processes(migrate_each, [(urls,)] * 3) == [[tables] * 10] * 3


def take_turns(url: str, event_id: int) -> None:
    """Write nearly all the time, with short rests: each turn counts on in the event's name."""
    database = Database(url)
    for turn in range(50):
        with database.writing() as session:
            session.get_one(Event, event_id).name = str(turn)
            session.flush()
            time.sleep(0.3)
        time.sleep(0.02)
    database.close()


# PostgreSQL tells who waits at once.
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_writer_gets_in_at_the_first_rest_of_another_process(database, database_url, event_id):
    def turn(session: Session) -> int | None:
        name = session.get_one(Event, event_id).name
        return int(name) if name.isdigit() else None

    other, waited = fresh_process(take_turns, database_url, event_id), 0
    other.start()
    for _ in range(6):
        with database.reading() as session:
            while (begun := turn(session)) is None:
                session.rollback()
        with database.writing() as session:
            waited += turn(session) - begun
        time.sleep(0.05)
    other.kill()
    other.join()
    # By SQLite's own waiting it is three or four each.
    assert waited <= 10


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_writer_who_has_waited_too_long_hears_so_and_can_try_again(
    database, database_url, event_id, monkeypatch
):
    monkeypatch.setattr("shared.storage.database._SQLITE_PATIENCE", 0.05)
    other = Database(database_url)
    with other.writing() as first, database.writing() as second:
        first.connection()
        with pytest.raises(OperationalError, match="locked"):
            second.connection()
    with database.writing() as session:
        assert session.get_one(Event, event_id).name == "Harbour Run 2026"
    other.close()


def test_what_a_writer_did_is_undone_when_an_error_leaves_it(database, event_id):
    def change_and_fail() -> None:
        with database.writing() as session:
            session.get_one(Event, event_id).name = "Other"
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change_and_fail()
    with database.reading() as session:
        assert session.get_one(Event, event_id).name == "Harbour Run 2026"


def test_what_a_reader_changes_is_thrown_away(database, event_id):
    with database.reading() as session:
        session.get_one(Event, event_id).name = "Other"
        session.flush()
    with database.reading() as session:
        assert session.get_one(Event, event_id).name == "Harbour Run 2026"


def test_readers_see_the_last_commit_while_somebody_writes(database, event_id):
    with database.writing() as writer:
        writer.get_one(Event, event_id).name = "Not committed yet"
        writer.flush()
        with database.reading() as reader:
            assert reader.get_one(Event, event_id).name == "Harbour Run 2026"


def test_rows_that_point_nowhere_are_refused(database):
    with pytest.raises(IntegrityError), database.writing() as session:
        session.add(Mail(event_id=999, kind=TEST.name, due_at=database_time(session)))


def test_the_clock_of_the_database_moves_within_a_transaction(database):
    with database.writing() as session:
        earlier, later = database_time(session), database_time(session)
    assert earlier < later
    assert earlier.tzinfo is UTC


def test_an_unreachable_database_is_an_error_not_a_silent_no(tmp_path):
    nowhere = Database(f"postgresql+psycopg://postgres@/none?host={tmp_path}")
    with pytest.raises(OperationalError):
        migrating.may_work_on(nowhere)
    nowhere.close()


def test_a_database_that_answers_says_so(database):
    assert migrating.may_work_on(database)


# SQLite's processes are on one machine and are suspended together.
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("is_amid_many_rows", [False, True])
def test_a_process_that_sleeps_inside_a_transaction_does_not_keep_its_locks(
    database: Database, event_id: int, is_amid_many_rows: bool
) -> None:
    with database.engine.connect() as sleeping:
        connection = sleeping.connection.driver_connection
        assert isinstance(connection, psycopg.Connection)
        rows = connection.pipeline() if is_amid_many_rows else nullcontext()
        with suppress(psycopg.OperationalError), rows:
            connection.execute("UPDATE event SET name = 'Asleep' WHERE id = %s", [event_id])
            time.sleep(0.4)
            assert database.end_sleeping_transactions(timedelta(minutes=1)) == 0
            assert database.end_sleeping_transactions(timedelta(seconds=0.2)) == 1
        with database.writing() as session:
            session.execute(text("SET LOCAL lock_timeout = '5s'"))
            event = event_for_change(session, event_id)
            assert event.name == "Harbour Run 2026"
        sleeping.invalidate()


def test_the_database_itself_keeps_one_row_for_each_proven_account(database):
    columns = {"username": "u", "host": "h", "port": 1, "security": Security.TLS, "proof": "p"}

    def add(*, signed_in):
        with database.writing() as session:
            session.add(SendingAccount(**columns, signed_in=signed_in))

    for signed_in in (True, False, False):
        add(signed_in=signed_in)
    with pytest.raises(IntegrityError):
        add(signed_in=True)


@pytest.mark.parametrize("revision", ["0023", "9999"])
def test_a_database_of_an_unknown_version_is_refused_in_one_sentence(database, revision):
    with database.writing() as session:
        known = session.scalar(text("SELECT version_num FROM alembic_version"))
        session.execute(text("UPDATE alembic_version SET version_num = :it"), {"it": revision})
        # Of a program that knew this migration.
        session.execute(text("UPDATE schema_floor SET revision = :it"), {"it": revision})
    with pytest.raises(ProductError, match=revision):
        migrating.migrate(database)
    with database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = :it"), {"it": known})
        session.execute(text("UPDATE schema_floor SET revision = :it"), {"it": known})
