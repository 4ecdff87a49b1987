"""What can be said about a row by the row alone: one expression for the index, queries and Python.

A trait stands below the model of its noun. An index takes it, queries repeat its literal text, and
`holds` evaluates it for a row that was read.
"""

import operator
from collections.abc import Callable
from functools import cache
from typing import Any, cast

from sqlalchemy import (
    BinaryExpression,
    BindParameter,
    BooleanClauseList,
    ColumnElement,
    False_,
    Index,
    Null,
    True_,
    literal_column,
)
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql import operators
from sqlalchemy.sql.elements import Grouping

_COMPARED: dict[Any, Callable[[Any, Any], bool]] = {
    operators.eq: operator.eq,
    operators.ne: operator.ne,
    operators.lt: operator.lt,
    operators.ge: operator.ge,
    operators.gt: operator.gt,
    operators.is_: operator.is_,
    operators.is_not: operator.is_not,
    operators.in_op: lambda value, several: value in several,
}


def partial_index(
    name: str,
    *columns: InstrumentedAttribute[Any],
    where: ColumnElement[bool] | InstrumentedAttribute[bool],
    unique: bool = False,
) -> Index:
    """An index on the rows that have a trait."""
    return Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)


@cache
def literal_sql(trait: ColumnElement[Any]) -> ColumnElement[Any]:
    """A trait, or another indexed expression, for a query: its literal text.

    SQLite never knows what a bound value will be, nor does PostgreSQL in a cached plan, so neither
    would use the index.
    """
    return literal_column(f"({trait.compile(compile_kwargs={'literal_binds': True})})")


def holds(trait: ColumnElement[bool], row: object) -> bool:
    """Whether a row that was read has a trait."""
    if isinstance(trait, Grouping):
        return holds(cast(ColumnElement[bool], trait.element), row)
    if isinstance(trait, BooleanClauseList):
        judged = (holds(part, row) for part in trait.clauses)
        return all(judged) if trait.operator is operators.and_ else any(judged)
    assert isinstance(trait, BinaryExpression)
    column, other = trait.left, trait.right
    assert isinstance(column.key, str)
    constant = {Null: None, True_: True, False_: False}
    value = other.value if isinstance(other, BindParameter) else constant[type(other)]
    return _COMPARED[trait.operator](getattr(row, column.key), value)
