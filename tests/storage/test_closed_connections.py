"""A connection that ended while nobody used it: whoever wants it next gets a new one."""

import os
import socket
import threading
import time
from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import make_url, text

from shared.storage import postgresql
from shared.storage.database import Database
from tests.support.suspending import suspended

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)

WHO = text("SELECT pg_backend_pid()")


@pytest.fixture
def operator(database_url: str) -> Iterator[psycopg.Connection]:
    """Somebody else's connection to the same database."""
    url = make_url(database_url).set(drivername="postgresql")
    with psycopg.connect(url.render_as_string(), autocommit=True) as connection:
        yield connection


def left_in_the_pool(database: Database) -> int:
    """The server's process behind a connection that was used and given back."""
    with database.reading() as session:
        return session.scalars(WHO).one()


def test_a_connection_that_the_server_ended_is_replaced_before_it_is_used(database, operator):
    ended = left_in_the_pool(database)
    operator.execute("SELECT pg_terminate_backend(%s, 5000)", [ended])
    with database.writing() as session:
        assert session.scalars(WHO).one() != ended


def test_to_use_a_connection_again_asks_the_server_nothing(database, operator):
    used = left_in_the_pool(database)
    last = "SELECT query FROM pg_stat_activity WHERE pid = %s"
    before = operator.execute(last, [used]).fetchone()
    with database.engine.connect() as connection:
        assert connection.connection.driver_connection.info.backend_pid == used
        assert operator.execute(last, [used]).fetchone() == before


def test_a_connection_that_was_not_used_for_long_is_used_again_if_it_answers(database, monkeypatch):
    monkeypatch.setattr(postgresql, "_LONG_UNUSED", 0.0)
    used = left_in_the_pool(database)
    with database.writing() as session:
        assert session.scalars(WHO).one() == used


def test_a_connection_that_was_not_used_for_long_and_broke_in_silence_is_replaced(
    database, database_url, monkeypatch
):
    monkeypatch.setattr(postgresql, "_LONG_UNUSED", 0.0)
    with database.reading() as session:
        broken = session.scalars(WHO).one()
        number = session.connection().connection.driver_connection.fileno()
    found: list[int] = []
    next_one = threading.Thread(target=lambda: found.append(left_in_the_pool(database)))
    with suspended(database_url):
        # As behind a firewall that forgot it: the server says nothing.
        with socket.socket(fileno=os.dup(number)) as ours:
            ours.shutdown(socket.SHUT_WR)
        next_one.start()
        time.sleep(0.3)
    next_one.join()
    assert found != [broken]
    assert len(found) == 1
