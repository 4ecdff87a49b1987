"""What is typed into the console and not saved, and a press that waits until its person confirms,
outlive a restart of the console: sealed, for an hour."""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"


def upgrade() -> None:
    op.create_table(
        "console_draft",
        sa.Column("place", sa.Text(), primary_key=True),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_console_draft_expires_at", "console_draft", ["expires_at"])
