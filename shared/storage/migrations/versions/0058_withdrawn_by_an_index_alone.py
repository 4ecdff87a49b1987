"""Withdrawn certificates are counted from their index alone.

As rows grew, SQLite began to prefer the index of all certificates of the event, however many there
are: an index in which everything stands that the count asks for is always cheaper.
"""

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None

_NAME = "ix_certificate_withdrawn"


def upgrade() -> None:
    _make(["event_id", "volunteer_id", "replaced_at", "withdrawn_at", "withdrawal_reason"])


def _make(columns: list[str]) -> None:
    withdrawn = sa.text("withdrawn_at IS NOT NULL")
    op.drop_index(_NAME, "certificate")
    op.create_index(
        _NAME, "certificate", columns, sqlite_where=withdrawn, postgresql_where=withdrawn
    )
