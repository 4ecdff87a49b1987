"""Statements that are compiled once: asked at every visit, or carried out for every mail."""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import Connection, Dialect, Select, Update
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.compiler import SQLCompiler

from shared.storage.traits import written_out


class PreparedQuery:
    """A select whose rows come straight from the database driver.

    Through SQLAlchemy it takes 70 µs each time; SQLite's answer to a visit takes 7 µs (`make
    bench`: getUserInfo, processor).
    """

    def __init__(self, query: Select[Any]) -> None:
        self._query = query
        self._compiled: dict[str, _Compiled] = {}

    def first(self, connection: Connection, **values: Any) -> Any | None:
        """The first row for the query's named `values`, with its columns as attributes.

        Raises what SQLAlchemy raises when it executes the same query.
        """
        dialect = connection.dialect
        if dialect.name not in self._compiled:
            self._compiled[dialect.name] = _Compiled.of(self._query, dialect)
        try:
            return self._compiled[dialect.name].first(connection, values)
        except dialect.loaded_dbapi.Error:
            # Run again by SQLAlchemy, which knows its errors and which connections are broken.
            return connection.execute(self._query, values).first()


@dataclass(frozen=True)
class _Compiled:
    sql: str
    # The values that the query binds besides those given at each call.
    bound: dict[str, Any]
    row: Callable[..., Any]
    # For the columns whose values are converted in Python, by position.
    readers: Sequence[tuple[int, Callable[[Any], Any]]]

    @classmethod
    def of(cls, query: Select[Any], dialect: Dialect) -> Self:
        dialect = _SQLITE if dialect.name == "sqlite" else dialect
        compiled = query.compile(dialect=dialect)
        columns = query.selected_columns
        types = [column.type.dialect_impl(dialect) for column in columns]
        processors = [type.result_processor(dialect, None) for type in types]
        readers = [(place, read) for place, read in enumerate(processors) if read]
        row = namedtuple("Found", columns.keys())  # type: ignore[misc]
        return cls(str(compiled), dict(compiled.params), row, readers)

    def first(self, connection: Connection, values: dict[str, Any]) -> Any | None:
        cursor = connection.connection.cursor()
        try:
            cursor.execute(self.sql, self.bound | values)
            found = cursor.fetchone()
        finally:
            cursor.close()
        if found is None:
            return None
        columns = list(found)
        for place, read in self.readers:
            columns[place] = read(columns[place])
        return self.row(*columns)


class PreparedChange:
    """An update of which only the values change from one time to the next.

    SQLAlchemy compares the whole of a long statement each time in order to find what it compiled
    before: 70 µs, where SQLite takes 8 to carry it out (`make bench`: processor's time per
    invitation).
    """

    def __init__(self, statement: Update, *columns: str) -> None:
        """`columns` are set to the values in each row, beside what the statement itself sets."""
        self._statement = written_out(statement)
        self._columns = columns
        self._compiled: dict[str, _CompiledChange] = {}

    def run(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> int:
        """Carry it out for each of `rows`, at least one; how many rows of the table matched."""
        change = self._compiled_for(connection.dialect)
        values = [change.values(row) for row in rows]
        # With SQLAlchemy's errors, and its handling of broken connections.
        matched: int = connection.exec_driver_sql(
            change.sql, values if len(values) > 1 else values[0]
        ).rowcount
        return matched

    def _compiled_for(self, dialect: Dialect) -> "_CompiledChange":
        if dialect.name not in self._compiled:
            compiled = self._statement.compile(dialect=dialect, column_keys=self._columns)
            assert isinstance(compiled, SQLCompiler)
            bound = {name: parameter for parameter, name in compiled.bind_names.items()}
            writes = {
                name: parameter.type.dialect_impl(dialect).bind_processor(dialect)
                for name, parameter in bound.items()
            }
            fixed = {
                name: write(compiled.params[name])
                if (write := writes[name])
                else compiled.params[name]
                for name, parameter in bound.items()
                if not parameter.required
            }
            writers = [(name, write) for name, write in writes.items() if name not in fixed]
            places = compiled.positiontup if compiled.positional else None
            self._compiled[dialect.name] = _CompiledChange(str(compiled), fixed, writers, places)
        return self._compiled[dialect.name]


@dataclass(frozen=True)
class _CompiledChange:
    sql: str
    # The statement's own values, as the database keeps them.
    fixed: Mapping[str, Any]
    # The names of a row's values, with what the database keeps of each.
    writers: Sequence[tuple[str, Callable[[Any], Any] | None]]
    # Where the driver wants values by their places: the names in that order.
    places: Sequence[str] | None

    def values(self, row: Mapping[str, Any]) -> Any:
        values = dict(self.fixed)
        for name, write in self.writers:
            values[name] = write(row[name]) if write else row[name]
        return values if self.places is None else tuple(values[name] for name in self.places)


# The default one numbers its parameters.
_SQLITE = sqlite.dialect(paramstyle="named")
