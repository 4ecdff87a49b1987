"""What an event's people are told about what is kept of them, and who answers for it.

All empty: the organization, its contact address, and the text that the program brings.
"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in ("responsible_organization", "privacy_contact"):
        op.add_column("event", sa.Column(column, sa.Text(), server_default="", nullable=False))
    op.add_column(
        "event", sa.Column("privacy_texts", sa.JSON(), server_default="{}", nullable=False)
    )


def downgrade() -> None:
    for column in ("privacy_texts", "privacy_contact", "responsible_organization"):
        op.drop_column("event", column)
