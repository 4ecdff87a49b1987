"""Reports of undelivered mail without proof wait for a person; those found before were believed."""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"


def upgrade() -> None:
    code = sa.Column("code", sa.Integer(), nullable=False, server_default="550")
    is_open: sa.Column[bool] = sa.Column(
        "is_open", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column("bounce_report", code)
    op.add_column("bounce_report", is_open)
    # Each database has its own way of asking for a flag.
    condition = "is_open" if op.get_bind().dialect.name == "postgresql" else "is_open = 1"
    op.execute(f"CREATE INDEX ix_bounce_report_open ON bounce_report (mail_id) WHERE {condition}")
