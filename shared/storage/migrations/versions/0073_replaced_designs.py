"""What each design has replaced, so that one step after the other leads back."""

import sqlalchemy as sa
from alembic import op

revision = "0073"
down_revision = "0072"
branch_labels = None
depends_on = None
compatible = True


def upgrade() -> None:
    op.add_column("design", sa.Column("replaced_version", sa.Integer(), nullable=True))
