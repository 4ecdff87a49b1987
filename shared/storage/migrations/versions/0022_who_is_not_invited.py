"""Who is not invited, so that a long list is counted without looking through its mails."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    not_invited = sa.text("status = 0 AND token IS NULL")
    op.create_index(
        "ix_volunteer_not_invited",
        "volunteer",
        ["event_id", "token"],
        sqlite_where=not_invited,
        postgresql_where=not_invited,
    )


def downgrade() -> None:
    op.drop_index("ix_volunteer_not_invited", "volunteer")
