"""All rows of a database as they are at one moment, to be put back again and again."""

import sqlite3
from contextlib import closing

from sqlalchemy import text

from shared.storage.database import Database

_KEEP = """
    DO $$
    DECLARE name text; is_used boolean;
    BEGIN
        DROP SCHEMA IF EXISTS kept CASCADE;
        CREATE SCHEMA kept;
        FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
            EXECUTE format('SELECT EXISTS (SELECT FROM %I)', name) INTO is_used;
            IF is_used THEN EXECUTE format('CREATE TABLE kept.%I AS TABLE %I', name, name); END IF;
        END LOOP;
    END $$
"""
# Numbers that were given since stay given.
_PUT_BACK = """
    DO $$
    DECLARE name text;
    BEGIN
        SET LOCAL session_replication_role = replica;
        FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
            EXECUTE format('DELETE FROM %I', name);
        END LOOP;
        FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'kept' LOOP
            EXECUTE format('INSERT INTO %I SELECT * FROM kept.%I', name, name);
        END LOOP;
    END $$
"""


class KeptRows:
    """The rows at its making, as long as the database is not given to another test."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._copy: sqlite3.Connection | None = None
        if database.is_sqlite:
            self._copy = sqlite3.connect(":memory:")
            with closing(database.engine.raw_connection()) as connection:
                connection.driver_connection.backup(self._copy)
        else:
            self._do(_KEEP)

    def put_back(self) -> None:
        """While nobody else is connected."""
        if self._copy is None:
            self._do(_PUT_BACK)
        else:
            with closing(self._database.engine.raw_connection()) as connection:
                self._copy.backup(connection.driver_connection)

    def _do(self, statement: str) -> None:
        with self._database.engine.begin() as connection:
            connection.execute(text(statement))
