"""The most crowded names of each list, to be looked at before a sending, and how far it was read.

They are known by their people alone, without the names.
"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fit_progress",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("design_id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("is_whole", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_fit_progress_event_id"),
        sa.PrimaryKeyConstraint("event_id", name="pk_fit_progress"),
    )
    op.create_table(
        "crowded_name",
        sa.Column("volunteer_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("crowding", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_crowded_name_event_id"),
        sa.PrimaryKeyConstraint("volunteer_id", name="pk_crowded_name"),
    )
    op.create_index("ix_crowded_name_event", "crowded_name", ["event_id", "crowding"])


def downgrade() -> None:
    op.drop_table("crowded_name")
    op.drop_table("fit_progress")
