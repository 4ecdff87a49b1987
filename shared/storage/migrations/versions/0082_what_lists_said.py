"""What a list said of somebody is kept where something else is stored."""

import sqlalchemy as sa
from alembic import op

revision = "0082"
down_revision = "0081"
compatible = True

_CORRECTED = sa.text("stood_key IS NOT NULL")


def upgrade() -> None:
    op.add_column("volunteer", sa.Column("stood", sa.JSON(none_as_null=True)))
    op.add_column("volunteer", sa.Column("stood_key", sa.Text))
    op.create_index(
        "ix_volunteer_stood",
        "volunteer",
        ["event_id", "stood_key"],
        sqlite_where=_CORRECTED,
        postgresql_where=_CORRECTED,
    )
