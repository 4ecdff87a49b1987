"""The databases of a PostgreSQL server that one run of the tests has to itself."""

import itertools

import psycopg
from psycopg import sql

# What a test may have made that emptying its tables would not undo: tables, indexes, migrations,
# and the statistics by which the server chooses its plans.
_SHAPE = """
    SELECT
        (SELECT array_agg((oid, relname, xmin)::text ORDER BY oid) FROM pg_class
         WHERE relnamespace = 'public'::regnamespace),
        (SELECT array_agg(version_num) FROM alembic_version),
        (SELECT array_agg(revision) FROM schema_floor),
        (SELECT count(*) FROM pg_statistic JOIN pg_class ON pg_class.oid = starelid
         WHERE relnamespace = 'public'::regnamespace)
"""
_END_OTHERS = """
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
# Only what holds rows, and without a look at foreign keys: 2 ms, where TRUNCATE takes 30.
_EMPTY = """
    DO $$
    DECLARE name text; is_used boolean;
    BEGIN
        SET LOCAL session_replication_role = replica;
        FOR name IN
            SELECT tablename FROM pg_tables
            WHERE schemaname = 'public' AND tablename NOT IN ('alembic_version', 'schema_floor')
        LOOP
            EXECUTE format('SELECT EXISTS (SELECT FROM %I)', name) INTO is_used;
            IF is_used THEN EXECUTE format('DELETE FROM %I', name); END IF;
        END LOOP;
        PERFORM setval(format('%I', sequencename)::regclass, start_value, false)
        FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL;
    END $$
"""
_TABLES = """
    SELECT tablename FROM pg_tables
    WHERE schemaname = 'public' AND tablename NOT IN ('alembic_version', 'schema_floor')
"""
_NUMBERS = """
    SELECT sequencename, last_value FROM pg_sequences
    WHERE schemaname = 'public' AND last_value IS NOT NULL
"""
# A test that filled more makes its successors look through what it left.
_LARGEST = 24 * 2**20


class Databases:
    """Empty, migrated databases. One that was used is emptied: a new one takes 90 ms."""

    def __init__(self, folder: str) -> None:
        """`folder`: where the server's socket lies; it has a database called "migrated"."""
        self._folder = folder
        self._names = itertools.count()
        self._empty: list[str] = []
        # Kept, as a server's new process takes 15 ms to read its catalogue.
        self._cleaners: dict[str, psycopg.Connection] = {}
        with self._connect("migrated") as connection:
            self._shape = connection.execute(_SHAPE).fetchone()

    def take(self) -> str:
        """The name of an empty database, until it is given back."""
        if self._empty:
            return self._empty.pop()
        name = f"test_{next(self._names)}"
        self._administer("CREATE DATABASE {} TEMPLATE migrated", name)
        return name

    def give_back(self, name: str) -> None:
        """Whoever is still connected is disconnected."""
        cleaner = self._cleaner_of(name)
        cleaner.execute(_END_OTHERS)
        if self._is_reusable(cleaner):
            cleaner.execute(_EMPTY)
            self._empty.append(name)
            return
        self._cleaners.pop(name).close()
        self._administer("DROP DATABASE {} WITH (FORCE)", name)

    def rows_of(self, name: str) -> sql.Composed:
        """Statements that put the same rows into an empty database, for `fill`."""
        cleaner = self._cleaner_of(name)
        parts = [sql.SQL("BEGIN; SET LOCAL session_replication_role = replica")]
        for (table,) in cleaner.execute(_TABLES).fetchall():
            named = sql.Identifier(table)
            (rows,) = cleaner.execute(
                sql.SQL("SELECT json_agg(one)::text FROM {} one").format(named)
            ).fetchone() or [None]
            if rows:
                insert = sql.SQL(
                    "INSERT INTO {0} SELECT * FROM json_populate_recordset(NULL::{0}, {1})"
                )
                parts.append(insert.format(named, sql.Literal(rows)))
        for sequence, last in cleaner.execute(_NUMBERS).fetchall():
            parts.append(sql.SQL("SELECT setval({}, {})").format(sequence, last))
        return sql.SQL("; ").join([*parts, sql.SQL("COMMIT")])

    def fill(self, name: str, rows: sql.Composed) -> None:
        self._cleaner_of(name).execute(rows)

    def close(self) -> None:
        for cleaner in self._cleaners.values():
            cleaner.close()

    def _cleaner_of(self, name: str) -> psycopg.Connection:
        kept = self._cleaners.get(name)
        if kept is None or not _is_alive(kept):
            kept = self._cleaners[name] = self._connect(name)
        return kept

    def _is_reusable(self, cleaner: psycopg.Connection) -> bool:
        is_as_made = cleaner.execute(_SHAPE).fetchone() == self._shape
        size = cleaner.execute("SELECT pg_database_size(current_database())").fetchone()
        return is_as_made and size is not None and size[0] < _LARGEST

    def _administer(self, statement: str, name: str) -> None:
        with self._connect("postgres") as connection:
            connection.execute(sql.SQL(statement).format(sql.Identifier(name)))

    def _connect(self, name: str) -> psycopg.Connection:
        return psycopg.connect(
            f"postgresql://postgres@/{name}?host={self._folder}", autocommit=True
        )


def _is_alive(connection: psycopg.Connection) -> bool:
    """Tests of lost connections end all that there are."""
    try:
        connection.execute("SELECT")
    except psycopg.OperationalError:
        return False
    return True
