"""What a list changed is kept for a few days, sealed, so that it can be undone.

Lists that were brought earlier stay as they are.
"""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "list_import",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("event_id", sa.Integer(), sa.ForeignKey("event.id"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reading", sa.Text(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Integer(), nullable=False),
    )
    op.create_index("ix_list_import_event_id", "list_import", ["event_id"])
    op.create_index("ix_list_import_age", "list_import", ["at"])
    op.create_table(
        "list_change",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column(
            "import_id",
            sa.Integer(),
            sa.ForeignKey("list_import.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column(
            "volunteer_id",
            sa.Integer(),
            sa.ForeignKey("volunteer.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("left_as", sa.Text(), nullable=False),
        sa.Column("sealed_before", sa.Text(), nullable=True),
        sa.Column("certificate_id", sa.Integer(), nullable=True),
    )
    op.create_index("ix_list_change_import_id", "list_change", ["import_id"])
    op.create_index("ix_list_change_volunteer_id", "list_change", ["volunteer_id"])
