"""Mails may be held after a restore, and Message-IDs are derived with a key of their own.

No id of an attempt is given twice, in SQLite either, so that a copy that is older than what was
sent is recognized by the last one.
"""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"


def upgrade() -> None:
    op.add_column("owner", sa.Column("sealed_message_key", sa.Text()))
    op.add_column("owner", sa.Column("held_at", sa.DateTime(timezone=True)))
    op.add_column("event", sa.Column("hold_ended_at", sa.DateTime(timezone=True)))
    if op.get_bind().dialect.name == "sqlite":
        counted = {"sqlite_autoincrement": True}
        with op.batch_alter_table("attempt", recreate="always", table_kwargs=counted):
            pass
