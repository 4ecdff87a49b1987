"""Statements that are compiled once, for every visit or every mail."""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect, Row, Select, Update
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.compiler import SQLCompiler

from shared.storage.traits import written_out

# Converts a value into what the driver takes, or back.
_Convert = Callable[[Any], Any]
# The default one numbers its parameters.
_SQLITE = sqlite.dialect(paramstyle="named")


class Prepared:
    """A statement whose text goes to the driver unchanged, with new values each time.

    SQLAlchemy compares a long statement each time to find its compiled form, and makes a result:
    110 µs, where SQLite answers a visit in 7. With SQLAlchemy, and with bound constants
    (`written_out`), the API takes 1.4 times the processor's time (`make bench`: getUserInfo,
    processor), and a worker 1.2 times (processor's time per invitation).
    """

    def __init__(self, statement: Select[Any] | Update, *columns: str) -> None:
        """`columns` are set to each row's values, beside those that the statement sets itself."""
        self._statement = written_out(statement)
        self._columns = columns
        self._compiled: dict[str, _Compiled] = {}

    def first(self, connection: Connection, **values: Any) -> Any | None:
        """Return the first row for the named `values`, with its columns as attributes, or None.

        Raises what SQLAlchemy raises when it executes the same query.
        """
        compiled = self._on(connection.dialect)
        try:
            cursor = connection.connection.cursor()
            try:
                cursor.execute(compiled.sql, compiled.bound(values))
                found = cursor.fetchone()
            finally:
                cursor.close()
        except connection.dialect.loaded_dbapi.Error:
            # Run again by SQLAlchemy, which knows its errors and which connections are broken.
            again: Row[Any] | None = connection.execute(self._statement, values).first()
            return again
        return None if found is None else compiled.read(found)

    def run(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> int:
        """Carry out a change for each of `rows`, at least one; return how many rows matched.

        Raises SQLAlchemy's errors.
        """
        compiled = self._on(connection.dialect)
        values = [compiled.bound(row) for row in rows]
        return connection.exec_driver_sql(
            compiled.sql, values if len(values) > 1 else values[0]
        ).rowcount

    def _on(self, dialect: Dialect) -> "_Compiled":
        if dialect.name not in self._compiled:
            named = _SQLITE if dialect.name == "sqlite" else dialect
            compiled = self._statement.compile(dialect=named, column_keys=self._columns)
            assert isinstance(compiled, SQLCompiler)
            self._compiled[dialect.name] = _Compiled.of(compiled, self._statement, named)
        return self._compiled[dialect.name]


def _as_it_is(value: Any) -> Any:
    return value


@dataclass(frozen=True)
class _Compiled:
    sql: str
    # The values that the statement sets itself, as the driver takes them.
    fixed: Mapping[str, Any]
    # Conversions for each further named value, and for each column of a query by its place.
    writers: Sequence[tuple[str, _Convert]]
    readers: Sequence[tuple[int, _Convert]]
    row: Callable[..., Any]

    @classmethod
    def of(
        cls, compiled: SQLCompiler, statement: Select[Any] | Update, dialect: Dialect
    ) -> "_Compiled":
        columns = statement.selected_columns if isinstance(statement, Select) else None
        types = [column.type.dialect_impl(dialect) for column in columns or ()]
        read = [kind.result_processor(dialect, None) for kind in types]
        writes = {
            name: bound.type.dialect_impl(dialect).bind_processor(dialect) or _as_it_is
            for bound, name in compiled.bind_names.items()
        }
        given = {name for bound, name in compiled.bind_names.items() if bound.required}
        return cls(
            str(compiled),
            {
                name: write(compiled.params[name])
                for name, write in writes.items()
                if name not in given
            },
            [(name, write) for name, write in writes.items() if name in given],
            [(place, convert) for place, convert in enumerate(read) if convert],
            namedtuple("Found", columns.keys() if columns else ()),
        )

    def bound(self, row: Mapping[str, Any]) -> dict[str, Any]:
        return {**self.fixed, **{name: write(row[name]) for name, write in self.writers}}

    def read(self, found: Sequence[Any]) -> Any:
        columns = list(found)
        for place, convert in self.readers:
            columns[place] = convert(columns[place])
        return self.row(*columns)
