"""The addresses at which relays tell of returned mail."""

from alembic import op

from shared.storage.migrations.tables import tables

revision = "0083"
down_revision = "0082"
compatible = True

_TABLES = {
    "sending_account": "id integer key",
    "bounce_webhook": """
        id integer key, account_id integer -> sending_account.id cascade, service string32,
        nonce text, secret_hash string64, sealed_key text?, heard_at time?, trouble text,
        unique account_id
    """,
}


def upgrade() -> None:
    tables(_TABLES).create_all(op.get_bind())
