"""A contact address of each event, whom people with a wrong link write to."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "event", sa.Column("contact_address", sa.Text(), nullable=False, server_default="")
    )


def downgrade() -> None:
    op.drop_column("event", "contact_address")
