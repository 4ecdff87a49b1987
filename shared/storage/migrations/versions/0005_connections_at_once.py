"""How many connections a mail server takes at once, if it was found to take fewer than we open."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("mail_account", sa.Column("connections", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("mail_account", "connections")
