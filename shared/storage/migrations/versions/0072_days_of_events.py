"""When an event was, for signed credentials."""

import sqlalchemy as sa
from alembic import op

revision = "0072"
down_revision = "0071"
compatible = True


def upgrade() -> None:
    for column in ("starts_on", "ends_on"):
        op.add_column("event", sa.Column(column, sa.Date(), nullable=True))
