"""How many mails leave between two looks at a mailbox for returned mail."""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"


def upgrade() -> None:
    op.add_column(
        "bounce_mailbox", sa.Column("batch", sa.Integer(), nullable=False, server_default="200")
    )
    op.add_column("bounce_mailbox", sa.Column("may_leave", sa.Integer(), server_default="200"))
    op.add_column("bounce_mailbox", sa.Column("used_up_at", sa.DateTime(timezone=True)))
