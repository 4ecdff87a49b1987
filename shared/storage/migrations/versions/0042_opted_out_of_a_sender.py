"""Who ended reminders is found by address, since that holds in all events of one account."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

_ENDED = sa.text("reminders_ended_at IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "ix_volunteer_opted_out",
        "volunteer",
        ["email_key", "event_id"],
        sqlite_where=_ENDED,
        postgresql_where=_ENDED,
    )


def downgrade() -> None:
    op.drop_index("ix_volunteer_opted_out", "volunteer")
