"""Counting rows, and changing those that nobody has read."""

from typing import Any

from sqlalchemy import ColumnElement, Delete, Select, Update, func, select
from sqlalchemy.orm import Session


def count_where(session: Session, *which: ColumnElement[bool]) -> int:
    """Count the rows that meet these conditions, at least one."""
    return session.scalars(select(func.count()).where(*which)).one()


def count_rows(session: Session, found: Select[*tuple[Any, ...]]) -> int:
    """Count the rows of a query, whatever their order."""
    counted = select(func.count()).select_from(found.order_by(None).subquery())
    return session.scalars(counted).one()


def change_unread(session: Session, change: Update | Delete) -> None:
    """Change or delete rows of which the session has read none, so that it looks for none."""
    session.execute(change.execution_options(synchronize_session=False))
