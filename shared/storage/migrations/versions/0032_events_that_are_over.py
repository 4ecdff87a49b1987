"""Events can be archived, which leave the list, and deleted, which go in turns.

A certificate is looked for among the mails before it goes: without an index each would cost a look
at every mail of the installation.
"""

import sqlalchemy as sa
from alembic import op

from shared.storage.columns import UtcDateTime

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

INDEX, CARRIES_ONE = "ix_mail_certificate", sa.text("certificate_id IS NOT NULL")


def upgrade() -> None:
    for column in ("archived_at", "deleted_at"):
        op.add_column("event", sa.Column(column, UtcDateTime()))
    op.create_index(
        INDEX,
        "mail",
        ["certificate_id"],
        sqlite_where=CARRIES_ONE,
        postgresql_where=CARRIES_ONE,
    )


def downgrade() -> None:
    op.drop_index(INDEX, "mail")
    for column in ("archived_at", "deleted_at"):
        op.drop_column("event", column)
