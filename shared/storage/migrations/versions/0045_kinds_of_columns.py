"""Columns of lists are numbers, dates or secrets, and may be public.

What was stored before stays text, as it was: an organizer says what it is. Secrets are sealed apart
from the other values, and each certificate keeps which of its values its page may show.
"""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

_HAS_SECRETS = sa.text("secrets IS NOT NULL")
_CATCHING_UP = sa.text("backlog > 0")


def upgrade() -> None:
    op.create_table(
        "list_column",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("is_public", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("is_in_full", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("backlog", sa.Integer(), nullable=False),
        sa.Column("total", sa.Text(), nullable=False),
        sa.Column("read_count", sa.Integer(), nullable=False),
        sa.Column("unread_count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_list_column_event_id"),
        sa.PrimaryKeyConstraint("id", name="pk_list_column"),
        sa.UniqueConstraint("event_id", "title", name="uq_list_column_event_id"),
    )
    _partial_index("list_column", "ix_list_column_backlog", _CATCHING_UP)
    op.create_table(
        "unread_value",
        sa.Column("column_id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["column_id"],
            ["list_column.id"],
            name="fk_unread_value_column_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteer.id"],
            name="fk_unread_value_volunteer_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("column_id", "volunteer_id", name="pk_unread_value"),
    )
    op.create_index("ix_unread_value_volunteer_id", "unread_value", ["volunteer_id"])
    for table in ("volunteer", "certificate"):
        op.add_column(table, sa.Column("secrets", sa.JSON(), nullable=True))
        _partial_index(table, f"ix_{table}_secrets", _HAS_SECRETS)
    op.add_column(
        "certificate",
        sa.Column("public_columns", sa.JSON(), server_default="[]", nullable=False),
    )


def _partial_index(table: str, name: str, where: sa.TextClause) -> None:
    op.create_index(name, table, ["id"], sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    op.drop_column("certificate", "public_columns")
    for table in ("certificate", "volunteer"):
        op.drop_index(f"ix_{table}_secrets", table)
        op.drop_column(table, "secrets")
    op.drop_table("unread_value")
    op.drop_table("list_column")
