"""Who signs for an event, and which certificates are to be signed, as rows of their own.

The columns that said so stay until the next version, which nothing reads: SQLite does not drop one
that refers to another table.
"""

from alembic import op

from shared.storage.migrations.tables import tables

revision = "0096"
down_revision = "0095"
# A program of the version before would go on to note there what this one reads elsewhere.
compatible = False

_TABLES = {
    "event": "id integer key",
    "issuer": "id integer key",
    "certificate": "id integer key",
    "event_issuer": "event_id integer -> event.id key, issuer_id integer -> issuer.id",
    "unsigned_certificate": "certificate_id integer -> certificate.id key",
}


def upgrade() -> None:
    tables(_TABLES).create_all(op.get_bind())
    op.create_index("ix_event_issuer_issuer_id", "event_issuer", ["issuer_id"])
    op.execute(
        "INSERT INTO event_issuer (event_id, issuer_id)"
        " SELECT id, issuer_id FROM event WHERE issuer_id IS NOT NULL"
    )
    op.execute(
        "INSERT INTO unsigned_certificate (certificate_id)"
        " SELECT id FROM certificate WHERE credential_due IS TRUE"
    )
    op.drop_index("ix_event_issuer_id", "event")
    op.drop_index("ix_certificate_to_sign", "certificate")
