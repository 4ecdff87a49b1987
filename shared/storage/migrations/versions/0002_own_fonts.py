"""Organizers upload fonts of their own.

A file is kept once, by its hash, however many events use it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "font_file",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_font_file")),
    )
    op.create_table(
        "event_font",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_font_event_id")),
        sa.ForeignKeyConstraint(
            ["sha256"], ["font_file.sha256"], name=op.f("fk_event_font_sha256")
        ),
        sa.PrimaryKeyConstraint("event_id", "sha256", name=op.f("pk_event_font")),
    )


def downgrade() -> None:
    op.drop_table("event_font")
    op.drop_table("font_file")
