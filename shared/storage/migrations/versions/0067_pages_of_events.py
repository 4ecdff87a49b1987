"""An event may have a public page, and what happened is counted by day from an index.

The page shows certificates whose owners have agreed.
"""

import sqlalchemy as sa
from alembic import op

revision = "0067"
down_revision = "0066"

_AT = sa.DateTime(timezone=True)
_INDEXES = (
    "certificate_wall ON certificate (event_id, id, on_wall_at, replaced_at, withdrawn_at)"
    " WHERE on_wall_at IS NOT NULL AND replaced_at IS NULL AND withdrawn_at IS NULL",
    "volunteer_asked ON volunteer (event_id, asked_at) WHERE asked_at IS NOT NULL",
    "volunteer_submitted ON volunteer (event_id, submitted_at) WHERE submitted_at IS NOT NULL",
    "mail_sent ON mail (event_id, kind, sent_at) WHERE sent_at IS NOT NULL",
)


def upgrade() -> None:
    op.add_column("event", sa.Column("page_id", sa.Text(), nullable=True))
    op.add_column("event", sa.Column("page_published_at", _AT, nullable=True))
    op.add_column(
        "event",
        sa.Column("page_is_listed", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("event", sa.Column("page_thanks", sa.Text(), nullable=False, server_default=""))
    op.create_index("ix_event_page_id", "event", ["page_id"], unique=True)
    op.add_column("certificate", sa.Column("on_wall_at", _AT, nullable=True))
    for index in _INDEXES:
        op.execute(f"CREATE INDEX ix_{index}")
