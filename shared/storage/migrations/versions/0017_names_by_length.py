"""An index of the names by their length: the longest are among the tightest on a certificate."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_NAME_LENGTH = "length(coalesce(nullif(given_name, ''), listed_name))"


def upgrade() -> None:
    op.create_index("ix_volunteer_name_length", "volunteer", ["event_id", sa.text(_NAME_LENGTH)])


def downgrade() -> None:
    op.drop_index("ix_volunteer_name_length", "volunteer")
