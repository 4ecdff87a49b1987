"""Each group's people are counted by status from one stretch of an index for each.

Nothing but this index can: the one that pages of a group are read by is in the order of the list.
"""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    in_a_group = sa.text("group_id IS NOT NULL")
    op.create_index(
        "ix_volunteer_group_status",
        "volunteer",
        ["event_id", "group_id", "status"],
        sqlite_where=in_a_group,
        postgresql_where=in_a_group,
    )
