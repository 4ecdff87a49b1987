"""An account says what carries its messages; until now all were handed over by SMTP."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    smtp = sa.Column("transport", sa.Text(), server_default="smtp", nullable=False)
    op.add_column("sending_account", smtp)


def downgrade() -> None:
    op.drop_column("sending_account", "transport")
