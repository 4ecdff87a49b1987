"""Who says the names of an event: as before, everybody is asked, until an organizer says else.

Also who of a list is asked then and whose certificate can be issued, each as an index, so that both
are counted without a look at the rows.
"""

import sqlalchemy as sa
from alembic import op

from shared.storage.columns import UtcDateTime

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

_INDEXES = {
    "ix_volunteer_to_ask": (
        ["event_id", "status", "token", "erased_at", "listed_name"],
        "status = 0 AND token IS NULL AND erased_at IS NULL AND listed_name = ''",
    ),
    "ix_volunteer_to_issue": (
        ["event_id", "status", "problem", "reopened_at", "listed_name"],
        "status < 2 AND listed_name <> '' AND problem IS NULL AND reopened_at IS NULL",
    ),
    "ix_volunteer_held": (
        ["event_id", "status", "problem"],
        "status < 2 AND problem IN ('name_does_not_fit', 'no_glyph')",
    ),
}


def upgrade() -> None:
    op.add_column("event", sa.Column("naming", sa.Text(), nullable=False, server_default="ask"))
    op.add_column("event", sa.Column("names_until", sa.Date()))
    op.add_column("event", sa.Column("issue_at", UtcDateTime()))
    op.create_index("ix_event_issue_at", "event", ["issue_at"])
    for name, (columns, which) in _INDEXES.items():
        where = sa.text(which)
        op.create_index(name, "volunteer", columns, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    for name in _INDEXES:
        op.drop_index(name, "volunteer")
    op.drop_index("ix_event_issue_at", "event")
    for column in ("issue_at", "names_until", "naming"):
        op.drop_column("event", column)
