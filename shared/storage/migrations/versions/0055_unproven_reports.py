"""Reports of undelivered mail without proof wait for a person; those found before were believed."""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None


def upgrade() -> None:
    code = sa.Column("code", sa.Integer(), nullable=False, server_default="550")
    is_open: sa.Column[bool] = sa.Column(
        "is_open", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column("bounce_report", code)
    op.add_column("bounce_report", is_open)
    op.create_index(
        "ix_bounce_report_open",
        "bounce_report",
        ["mail_id"],
        sqlite_where=sa.text("is_open = 1"),
        postgresql_where=sa.text("is_open"),
    )
