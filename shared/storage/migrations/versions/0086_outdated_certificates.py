"""Since when a certificate is older than what the list says is kept with it."""

import sqlalchemy as sa
from alembic import op

revision = "0086"
down_revision = "0085"
compatible = True

_OUTDATED = sa.text("outdated_at IS NOT NULL AND replaced_at IS NULL AND withdrawn_at IS NULL")


def upgrade() -> None:
    op.add_column("certificate", sa.Column("outdated_at", sa.DateTime(timezone=True)))
    # What the lists of the last days have made so.
    op.execute(
        "UPDATE certificate SET outdated_at = (SELECT max(list_import.at) FROM list_import "
        "JOIN list_change ON list_change.import_id = list_import.id "
        "WHERE list_change.certificate_id = certificate.id) "
        "WHERE id IN (SELECT certificate_id FROM list_change WHERE certificate_id IS NOT NULL)"
    )
    op.create_index(
        "ix_certificate_outdated",
        "certificate",
        ["event_id", "volunteer_id", "outdated_at", "replaced_at", "withdrawn_at"],
        sqlite_where=_OUTDATED,
        postgresql_where=_OUTDATED,
    )
