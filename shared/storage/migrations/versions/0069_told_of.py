"""Which troubles the owner has been told of."""

import sqlalchemy as sa
from alembic import op

revision = "0069"
down_revision = "0068"
compatible = True


def upgrade() -> None:
    op.add_column("owner", sa.Column("told_of", sa.JSON(none_as_null=True), nullable=True))
