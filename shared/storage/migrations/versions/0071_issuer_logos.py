"""Logos of issuers, of which none is forgotten."""

import sqlalchemy as sa
from alembic import op

from shared.storage.migrations.tables import tables

revision = "0071"
down_revision = "0070"
compatible = True


def upgrade() -> None:
    op.add_column("issuer", sa.Column("logo", sa.Text(), server_default="", nullable=False))
    logo = "issuer_id integer -> issuer.id key, sha256 text key, content bytes"
    tables({"issuer": "id integer key", "issuer_logo": logo}).create_all(op.get_bind())
