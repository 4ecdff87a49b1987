"""A person of an event may come in by their organization's sign-in, which knows them by an issuer
and a subject, once on each event."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

_BOUND = sa.text("issuer IS NOT NULL AND revoked_at IS NULL")


def upgrade() -> None:
    for column in ("issuer", "subject"):
        op.add_column("access_key", sa.Column(column, sa.Text()))
    op.create_index(
        "ix_access_key_identity",
        "access_key",
        ["issuer", "subject", "event_id"],
        unique=True,
        sqlite_where=_BOUND,
        postgresql_where=_BOUND,
    )


def downgrade() -> None:
    op.drop_index("ix_access_key_identity", "access_key")
    for column in ("issuer", "subject"):
        op.drop_column("access_key", column)
