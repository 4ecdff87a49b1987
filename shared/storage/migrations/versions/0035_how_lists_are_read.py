"""An event remembers how its lists were read, for the next file with the same titles.

Nothing is remembered of the lists that were added before: their titles were not kept.
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "event", sa.Column("list_mappings", sa.JSON(), nullable=False, server_default="{}")
    )


def downgrade() -> None:
    op.drop_column("event", "list_mappings")
