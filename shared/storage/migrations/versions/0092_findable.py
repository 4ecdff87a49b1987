"""Since when somebody lets search engines find the page of their certificate."""

import sqlalchemy as sa
from alembic import op

revision = "0092"
down_revision = "0091"
compatible = True


def upgrade() -> None:
    op.add_column("volunteer", sa.Column("findable_at", sa.DateTime(timezone=True)))
