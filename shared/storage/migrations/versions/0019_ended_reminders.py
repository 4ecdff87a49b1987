"""When a person ended the reminders: they get none any more, and the organizer sees who did."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "volunteer", sa.Column("reminders_ended_at", sa.DateTime(timezone=True), nullable=True)
    )
    ended = sa.text("reminders_ended_at IS NOT NULL")
    op.create_index(
        "ix_volunteer_reminders_ended",
        "volunteer",
        ["event_id", "id"],
        sqlite_where=ended,
        postgresql_where=ended,
    )


def downgrade() -> None:
    op.drop_index("ix_volunteer_reminders_ended", "volunteer")
    op.drop_column("volunteer", "reminders_ended_at")
