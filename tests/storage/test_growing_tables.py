"""A list that grows from nothing: each turn's query plans fit the table's current size."""

from collections.abc import Iterator

import psycopg
import pytest

from shared.acts import Context
from shared.acts.add_list import add_list
from shared.acts.invite import Invite
from shared.acts.run import run
from shared.events.settings import create_event
from shared.storage.database import Database
from tests.support.factories import SEAL
from tests.support.lists import read_call

MANY, MOST_TIMES = 8_000, 20


@pytest.fixture
def empty(postgresql_server: str) -> Iterator[Database]:
    server = f"postgresql://postgres@/postgres?host={postgresql_server}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE growing TEMPLATE migrated")
    database = Database(f"postgresql+psycopg://postgres@/growing?host={postgresql_server}")
    yield database
    database.close()
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("DROP DATABASE growing WITH (FORCE)")


def test_adding_and_queueing_read_each_row_a_few_times_however_many_there_are(
    empty, postgresql_server
):
    with empty.writing() as session:
        event_id = create_event(session, name="Growing")[0].id
    text = "\n".join(f"volunteer{number}@example.org" for number in range(MANY))
    added = add_list(empty, SEAL, event_id, read_call(text))
    assert len(added.new) == MANY
    assert run(empty, Invite(), event_id, Context(SEAL)).done == MANY
    # The server counts what a connection did when it ends.
    empty.close()
    address = f"postgresql://postgres@/growing?host={postgresql_server}"
    with psycopg.connect(address) as connection:
        read = connection.execute(
            "SELECT relname, seq_tup_read + coalesce(idx_tup_fetch, 0) FROM pg_stat_user_tables "
            "WHERE relname IN ('volunteer', 'mail')"
        ).fetchall()
    # So many times each person, however many there are.
    assert {name: rows for name, rows in read if rows > MOST_TIMES * MANY} == {}
