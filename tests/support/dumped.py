"""All that a copy of the database says."""

import quopri
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.storage.models import Base


def dump(session: Session) -> str:
    """Every column of every table; what is encoded for mails stands there decoded, too."""
    rows = [row for table in Base.metadata.tables for row in session.execute(select_all(table))]
    return repr([[readable(cell) for cell in row] for row in rows])


def select_all(table: str) -> Any:
    return text(f"SELECT * FROM {table}")


def readable(cell: Any) -> Any:
    return (cell, quopri.decodestring(cell)) if isinstance(cell, bytes) else cell
