"""Certificates and designs keep how their texts were set, so that no later rule changes them."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # What was issued before keeps nothing yet: the worker sets it by the rules of its time, and
    # so does whoever draws it earlier.
    op.add_column("design", sa.Column("typesetting", sa.JSON(), nullable=True))
    op.add_column("certificate", sa.Column("typesetting", sa.JSON(), nullable=True))
    op.create_index(
        "ix_certificate_not_set",
        "certificate",
        ["id"],
        sqlite_where=sa.text("typesetting IS NULL"),
        postgresql_where=sa.text("typesetting IS NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_certificate_not_set", "certificate")
    op.drop_column("certificate", "typesetting")
    op.drop_column("design", "typesetting")
