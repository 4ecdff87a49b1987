"""What an event or a person took with them is told from what a copy never had."""

import sqlalchemy as sa
from alembic import op

revision = "0087"
down_revision = "0086"
compatible = True


def upgrade() -> None:
    last = sa.Column("removed_attempt", sa.Integer(), server_default="0", nullable=False)
    op.add_column("owner", last)
