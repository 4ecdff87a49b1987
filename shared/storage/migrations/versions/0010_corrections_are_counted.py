"""Corrections are counted, because each sends a mail: a person has a limit of them."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "certificate",
        sa.Column("is_correction", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("volunteer", sa.Column("reopened_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("volunteer", "reopened_at")
    op.drop_column("certificate", "is_correction")
