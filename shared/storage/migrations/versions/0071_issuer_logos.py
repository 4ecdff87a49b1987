"""Logos of issuers, of which none is forgotten."""

import sqlalchemy as sa
from alembic import op

revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None
compatible = True


def upgrade() -> None:
    op.add_column("issuer", sa.Column("logo", sa.Text(), server_default="", nullable=False))
    op.create_table(
        "issuer_logo",
        sa.Column("issuer_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["issuer_id"], ["issuer.id"], name="fk_issuer_logo_issuer_id"),
        sa.PrimaryKeyConstraint("issuer_id", "sha256", name="pk_issuer_logo"),
    )
