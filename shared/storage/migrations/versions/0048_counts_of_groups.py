"""Each group's people are counted by status from one stretch of an index for each.

Nothing but this index can: the one that pages of a group are read by is in the order of the list.
"""

from alembic import op

revision = "0048"
down_revision = "0047"


def upgrade() -> None:
    op.execute(
        "CREATE INDEX ix_volunteer_group_status ON volunteer (event_id, group_id, status) "
        "WHERE group_id IS NOT NULL"
    )
