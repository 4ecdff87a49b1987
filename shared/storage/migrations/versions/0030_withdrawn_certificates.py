"""Certificates can be withdrawn and issued anew by an organizer, one or all of an event.

What was issued before stands, and was asked for by its owner. The index counts what stands, and
finds what is in an older design, without a look at the rows of a long list.
"""

import sqlalchemy as sa
from alembic import op

from shared.storage.columns import UtcDateTime

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

_STANDING = sa.text("replaced_at IS NULL AND withdrawn_at IS NULL")


def upgrade() -> None:
    for column in (
        sa.Column("by_organizer", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("withdrawn_at", UtcDateTime()),
        sa.Column("withdrawal_reason", sa.Text(), nullable=False, server_default=""),
        sa.Column("undone_withdrawals", sa.JSON(), nullable=False, server_default="[]"),
    ):
        op.add_column("certificate", column)
    op.create_index(
        "ix_certificate_standing",
        "certificate",
        ["event_id", "design_id", "volunteer_id"],
        sqlite_where=_STANDING,
        postgresql_where=_STANDING,
    )


def downgrade() -> None:
    op.drop_index("ix_certificate_standing", "certificate")
    for name in ("undone_withdrawals", "withdrawal_reason", "withdrawn_at", "by_organizer"):
        op.drop_column("certificate", name)
