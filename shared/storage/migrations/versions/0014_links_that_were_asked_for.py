"""Invitations that people asked for are marked, since there is a limit of them."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "mail", sa.Column("is_requested", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    requested = sa.text("is_requested")
    op.create_index(
        "ix_mail_requested",
        "mail",
        ["event_id", "created_at"],
        sqlite_where=requested,
        postgresql_where=requested,
    )


def downgrade() -> None:
    op.drop_index("ix_mail_requested", "mail")
    op.drop_column("mail", "is_requested")
