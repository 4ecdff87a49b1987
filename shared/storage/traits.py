"""Traits: conditions on a row alone, each one expression for index, queries and Python.

A trait is defined below the model of its noun. Indexes and queries use it like any condition, and
`holds` evaluates it for a row that was read.
"""

import operator
from collections.abc import Callable
from typing import Any, TypeVar, cast

from sqlalchemy import (
    BinaryExpression,
    BindParameter,
    BooleanClauseList,
    ClauseElement,
    ColumnClause,
    ColumnElement,
    False_,
    Index,
    Null,
    True_,
    and_,
    null,
)
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql import operators
from sqlalchemy.sql.elements import Grouping
from sqlalchemy.sql.visitors import ExternallyTraversible, replacement_traverse
from sqlalchemy.types import TypeEngine

T = TypeVar("T", bound=ClauseElement)
_DIALECT = DefaultDialect()

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


def trait(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """The trait of a row that meets all of these conditions on its columns."""
    return written_out(and_(*conditions))


class _Constant(ColumnClause[Any]):
    """A value as its text in SQL."""

    inherit_cache = True

    def __init__(self, text: str, value: object, type: TypeEngine[Any] | None = None) -> None:
        super().__init__(text, type, is_literal=True)
        self.value = value


def written_out(part: T) -> T:
    """Return an expression or a statement with its known values written out.

    SQLite never knows a bound value when it plans, nor does PostgreSQL in a cached plan, so neither
    would use the index of a trait that compares with one. And if a bound value could make an index
    useful, SQLite plans the statement each time: 180 µs for one that takes 8.
    """

    def constant(element: ExternallyTraversible, **_: object) -> ClauseElement | None:
        if not isinstance(element, BindParameter) or element.required:
            return None
        if element.value is None:
            return null()
        write = element.type.dialect_impl(_DIALECT).literal_processor(_DIALECT)
        if write is None:
            return None
        if element.expanding:
            return _Constant(f"({', '.join(map(write, element.value))})", element.value)
        return _Constant(write(element.value), element.value, element.type)

    return cast(T, replacement_traverse(part, {}, constant))


def holds(trait: ColumnElement[bool], row: object) -> bool:
    """Return whether a row that was read has a trait."""
    if isinstance(trait, Grouping):
        return holds(cast(ColumnElement[bool], trait.element), row)
    if isinstance(trait, BooleanClauseList):
        judged = (holds(part, row) for part in trait.clauses)
        return all(judged) if trait.operator is operators.and_ else any(judged)
    assert isinstance(trait, BinaryExpression)
    column, other = trait.left, trait.right
    assert isinstance(column.key, str)
    constant = {Null: None, True_: True, False_: False}
    is_value = isinstance(other, BindParameter | _Constant)
    value = other.value if is_value else constant[type(other)]
    return _COMPARED[trait.operator](getattr(row, column.key), value)
