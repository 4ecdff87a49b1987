"""A condition on many values, with one parameter for all of them.

`column.in_` has a parameter for each: with 500 addresses, SQLAlchemy takes longer to write the
statement than the database to answer it.
"""

import json
from collections.abc import Sequence
from typing import Any, Self

from sqlalchemy import Boolean, Dialect, Text, TypeDecorator, literal
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine


class _List(TypeDecorator[list[Any]]):
    """PostgreSQL's arrays; SQLite, which has none, takes them as JSON."""

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
    """Whether what stands in a column is one of these values, texts or numbers."""

    type = Boolean()
    inherit_cache = True

    def __init__(self, column: InstrumentedAttribute[Any], values: Sequence[Any]) -> None:
        super().__init__(column, literal(list(values), _List(column.type)))

    def self_group(self, against: object = None) -> Self:
        """Never `… = 1`, as of other functions: SQLite would ask each row for it."""
        return self


@compiles(among, "sqlite")
def _on_sqlite(element: among, compiler: SQLCompiler, **options: Any) -> str:
    column, values = (compiler.process(one, **options) for one in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608 (no values)


@compiles(among, "postgresql")
def _on_postgresql(element: among, compiler: SQLCompiler, **options: Any) -> str:
    column, values = (compiler.process(one, **options) for one in element.clauses)
    return f"{column} = ANY ({values})"
