"""An event is live from a moment on, no longer because it has an account."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("event", sa.Column("live_at", sa.DateTime(timezone=True), nullable=True))
    # An account alone made an event live; since when it had one, nobody wrote down.
    op.execute(
        "UPDATE event SET live_at = created_at WHERE id IN (SELECT event_id FROM mail_account)"
    )


def downgrade() -> None:
    op.drop_column("event", "live_at")
