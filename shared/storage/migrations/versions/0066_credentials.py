"""Certificates are signed as credentials, which others verify.

Who signs, with which keys; the lists by which credentials are revoked; what they thank for; and
the credentials. Certificates from before get theirs when somebody asks for it first.
"""

import sqlalchemy as sa
from alembic import op

from shared.storage.migrations.tables import tables

revision = "0066"
down_revision = "0065"

_TABLES = {
    "certificate": "id integer key",
    "event": "id integer key",
    "issuer": """
        id integer key, slug text, name text = '', page text = '', created_at time, unique slug
    """,
    "issuer_key": """
        id integer key, issuer_id integer -> issuer.id, name text, public_key text,
        sealed_private_key text?, created_at time, retired_at time?, leaked_at time?,
        unique issuer_id name
    """,
    "status_list": """
        id integer key, public_id text, issuer_id integer -> issuer.id, event_id integer, did text,
        address text, used integer, bits bytes?, version integer, unique public_id
    """,
    "achievement": """
        id integer key, public_id text, event_id integer -> event.id, digest text, address text,
        document json, unique public_id, unique event_id digest
    """,
    "credential": """
        id integer key, certificate_id integer -> certificate.id, edition integer,
        status_list_id integer -> status_list.id, index integer,
        achievement_id integer? -> achievement.id, issuer_key_id integer? -> issuer_key.id,
        document bytes?, did text, address text?, titles json, signed_at time?, revoked_at time?,
        unique certificate_id edition, unique status_list_id index
    """,
}


def upgrade() -> None:
    tables(_TABLES).create_all(op.get_bind())
    op.create_index("ix_status_list_event_id", "status_list", ["event_id"])
    for column in ("status_list_id", "achievement_id", "issuer_key_id"):
        op.create_index(f"ix_credential_{column}", "credential", [column])
    op.add_column("owner", sa.Column("sealed_place_key", sa.Text(), nullable=True))
    op.add_column(
        "certificate",
        sa.Column("credential_due", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    true = "true" if op.get_bind().dialect.name == "postgresql" else "1"
    op.execute(
        f"CREATE INDEX ix_certificate_to_sign ON certificate (id) WHERE credential_due IS {true}"
    )
    # In words that both databases take: SQLite adds no foreign key to a column that is there.
    op.execute(
        "ALTER TABLE event ADD COLUMN issuer_id INTEGER "
        "CONSTRAINT fk_event_issuer_id REFERENCES issuer (id)"
    )
    op.create_index("ix_event_issuer_id", "event", ["issuer_id"])
