"""All that an address was thanked for: who has it, over events, and which events are left out."""

import sqlalchemy as sa
from alembic import op

revision = "0091"
down_revision = "0090"
compatible = True


def upgrade() -> None:
    op.add_column(
        "event",
        sa.Column("on_records", sa.Boolean(), server_default=sa.true(), nullable=False),
    )
    op.create_index("ix_volunteer_address", "volunteer", ["email_key"])
