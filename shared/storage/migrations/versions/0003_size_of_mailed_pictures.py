"""A limit for the size of mailed pictures, and the JPEG quality that each design has for it.

Some mailboxes refuse large mails.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # What was issued before was made with the best quality, and stays so.
    op.add_column(
        "design", sa.Column("jpeg_quality", sa.Integer(), nullable=False, server_default="92")
    )
    op.add_column(
        "event",
        sa.Column("mailed_picture_limit", sa.Integer(), nullable=False, server_default="1000000"),
    )


def downgrade() -> None:
    op.drop_column("event", "mailed_picture_limit")
    op.drop_column("design", "jpeg_quality")
