"""People may thank back, once for their certificate: when, and in which words."""

import sqlalchemy as sa
from alembic import op

revision = "0089"
down_revision = "0088"
compatible = True


def upgrade() -> None:
    op.add_column("volunteer", sa.Column("thanked_at", sa.DateTime(timezone=True)))
    op.add_column("volunteer", sa.Column("thanks", sa.Text()))
