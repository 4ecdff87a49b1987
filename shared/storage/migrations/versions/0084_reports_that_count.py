"""Whether a report counts: it is proven, or a person believed it."""

import sqlalchemy as sa
from alembic import op

revision = "0084"
down_revision = "0083"
compatible = True


def upgrade() -> None:
    op.add_column(
        "bounce_report",
        sa.Column("counts", sa.Boolean(), server_default=sa.true(), nullable=False),
    )
    op.execute(sa.text("UPDATE bounce_report SET counts = NOT is_open"))
