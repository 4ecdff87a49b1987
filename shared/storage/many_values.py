"""Many values in one statement, with one parameter for all of them.

`column.in_` has one for each: with 500 addresses, SQLAlchemy takes longer to write the statement
than the database takes to answer it (`make bench`: CSV read, mapped, compared). Rows that are added
or changed are one parameter, too (adding, updating).
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Self

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Dialect,
    Table,
    Text,
    TypeDecorator,
    column,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine


class _List(TypeDecorator[list[Any]]):
    """A list as one parameter: an array in PostgreSQL, JSON in SQLite, which has no arrays."""

    impl = Text
    cache_ok = True

    def __init__(self, of: TypeEngine[Any]) -> None:
        super().__init__()
        self.of = of

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        is_postgresql = dialect.name == "postgresql"
        return dialect.type_descriptor(ARRAY(self.of) if is_postgresql else Text())

    def process_bind_param(self, value: list[Any] | None, dialect: Dialect) -> Any:
        return value if dialect.name == "postgresql" else json.dumps(value)


class among(FunctionElement[bool]):
    """The condition that the value in a column is one of these, texts or numbers."""

    type = Boolean()
    inherit_cache = True

    def __init__(
        self, column: ColumnElement[Any] | InstrumentedAttribute[Any], values: Sequence[Any]
    ) -> None:
        super().__init__(column, literal(list(values), _List(column.type)))

    def self_group(self, against: object = None) -> Self:
        """Add no `… = 1`, as to other functions: SQLite would ask each row for it."""
        return self


@compiles(among, "sqlite")
def _on_sqlite(element: among, compiler: SQLCompiler, **options: Any) -> str:
    column, values = (compiler.process(clause, **options) for clause in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608 (no values)


@compiles(among, "postgresql")
def _on_postgresql(element: among, compiler: SQLCompiler, **options: Any) -> str:
    column, values = (compiler.process(clause, **options) for clause in element.clauses)
    return f"{column} = ANY ({values})"


def add_rows(
    connection: Connection,
    table: Table,
    rows: Sequence[Mapping[str, Any]],
    *returning: Column[Any],
) -> Sequence[Any]:
    """Store these rows, which have the same columns; return the columns `returning`, in any
    order."""
    if not rows:
        return []
    storing = insert(table)
    if returning:
        # Makes SQLAlchemy store many rows with one statement. With a statement for each, SQLite's
        # index for searching takes twice as long.
        storing = storing.returning(*returning)
    if connection.dialect.name == "sqlite":
        # Through JSON, as below, it takes a fifth longer.
        stored = connection.execute(storing, rows)
    else:
        # With parameters for each row, psycopg alone takes longer than all of this.
        given = select(*_recordset(table, rows))
        stored = connection.execute(storing.from_select(list(rows[0]), given))
    return stored.all() if returning else []


def change_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Change rows by their `id`; all have the same columns.

    One statement does it: with one for each, SQLite writes its search index after every row, which
    takes twenty times as long.
    """
    if not rows:
        return
    names = [name for name in rows[0] if name != "id"]
    if connection.dialect.name == "sqlite":
        # JSON stays text, as other statements store it.
        texts = [name for name in names if isinstance(table.c[name].type, JSON)]
        plain = [
            {**row, **{name: row[name] and json.dumps(row[name]) for name in texts}} for row in rows
        ]
        written = json.dumps(plain, default=_as_sqlite_stores)
        value = func.json_each(written).table_valued("value", name="given").c.value
        given = {name: func.json_extract(value, f"$.{name}") for name in ("id", *names)}
    else:
        given = dict(_recordset(table, rows).items())
    changed = update(table).where(table.c.id == given.pop("id"))
    connection.execute(changed.values(given))


def _as_sqlite_stores(at: datetime) -> str:
    """Write a time as SQLAlchemy's own type does on SQLite."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"


def _recordset(table: Table, rows: Sequence[Mapping[str, Any]]) -> Any:
    """The rows as columns of a table, on PostgreSQL."""
    types = [column(name, table.c[name].type) for name in rows[0]]
    # Times as texts, which their type reads.
    given = func.json_to_recordset(
        literal(json.dumps(rows, default=str), Text()).cast(JSON)
    ).table_valued(*types, name="given")
    return given.render_derived(with_types=True).c
