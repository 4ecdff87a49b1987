"""An index on who was invited and can still enter their name."""

import sqlalchemy as sa
from alembic import op

revision = "0079"
down_revision = "0078"
compatible = True

_SILENT = sa.text(
    "status = 1 AND erased_at IS NULL AND address_forgotten_at IS NULL AND suppressed_at IS NULL"
)


def upgrade() -> None:
    op.create_index(
        "ix_volunteer_silent",
        "volunteer",
        ["event_id", "id", "status", "erased_at", "address_forgotten_at", "suppressed_at"],
        sqlite_where=_SILENT,
        postgresql_where=_SILENT,
    )
