"""An event may have a public page, and what happened is counted by day from an index.

The page shows certificates whose owners have agreed.
"""

import sqlalchemy as sa
from alembic import op

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None

_AT = sa.DateTime(timezone=True)
_ON_THE_WALL = "on_wall_at IS NOT NULL AND replaced_at IS NULL AND withdrawn_at IS NULL"


def upgrade() -> None:
    op.add_column("event", sa.Column("page_id", sa.Text(), nullable=True))
    op.add_column("event", sa.Column("page_published_at", _AT, nullable=True))
    op.add_column(
        "event",
        sa.Column("page_is_listed", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("event", sa.Column("page_thanks", sa.Text(), nullable=False, server_default=""))
    op.create_index("ix_event_page_id", "event", ["page_id"], unique=True)
    op.add_column("certificate", sa.Column("on_wall_at", _AT, nullable=True))
    _index("certificate", "wall", _ON_THE_WALL, "id", "on_wall_at", "replaced_at", "withdrawn_at")
    _index("volunteer", "asked", "asked_at IS NOT NULL", "asked_at")
    _index("volunteer", "submitted", "submitted_at IS NOT NULL", "submitted_at")
    _index("mail", "sent", "sent_at IS NOT NULL", "kind", "sent_at")


def _index(table: str, name: str, where: str, *columns: str) -> None:
    condition = sa.text(where)
    op.create_index(
        f"ix_{table}_{name}",
        table,
        ["event_id", *columns],
        sqlite_where=condition,
        postgresql_where=condition,
    )
