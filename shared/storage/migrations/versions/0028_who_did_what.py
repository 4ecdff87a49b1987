"""A log of who did what, from now on: nobody wrote down what was done before."""

import sqlalchemy as sa
from alembic import op

from shared.storage.columns import UtcDateTime

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

# Name, columns, and which rows (empty: all).
_INDEXES = (
    ("at", ("event_id", "at", "id"), ""),
    ("action", ("event_id", "action", "at", "id"), ""),
    ("by", ("event_id", "by_key_id", "by_role", "at", "id"), ""),
    ("by_action", ("event_id", "by_key_id", "by_role", "action", "at", "id"), ""),
    ("network", ("event_id", "network", "at", "id"), ""),
    ("volunteer", ("event_id", "volunteer_id", "at", "id"), "volunteer_id IS NOT NULL"),
    ("age", ("at",), ""),
)


def upgrade() -> None:
    # No foreign keys: an entry outlives what it names.
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("event_id", sa.Integer()),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("by_key_id", sa.Integer()),
        sa.Column("by_role", sa.Text()),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("network", sa.Text(), nullable=False),
        sa.Column("volunteer_id", sa.Integer()),
        sa.Column("key_id", sa.Integer()),
        sa.Column("count", sa.Integer()),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_entry"),
    )
    for name, columns, which in _INDEXES:
        where = sa.text(which) if which else None
        op.create_index(
            f"ix_audit_entry_{name}",
            "audit_entry",
            list(columns),
            sqlite_where=where,
            postgresql_where=where,
        )


def downgrade() -> None:
    op.drop_table("audit_entry")
