"""A mail that is refused for now is tried until five days after its first try.

Mails that wait at this moment begin to count with their next try.
"""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

INDEX = "ix_mail_tried_again"
TRIED_AGAIN = sa.text("waits_since IS NOT NULL AND state IN ('queued', 'sending')")


def upgrade() -> None:
    op.add_column("mail", sa.Column("waits_since", sa.DateTime(timezone=True)))
    op.create_index(
        INDEX,
        "mail",
        ["event_id", "waits_since"],
        sqlite_where=TRIED_AGAIN,
        postgresql_where=TRIED_AGAIN,
    )
