"""A mail that is refused for now is tried until five days after its first try.

Mails that wait at this moment begin to count with their next try.
"""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"


def upgrade() -> None:
    op.add_column("mail", sa.Column("waits_since", sa.DateTime(timezone=True)))
    op.execute(
        "CREATE INDEX ix_mail_tried_again ON mail (event_id, waits_since) "
        "WHERE waits_since IS NOT NULL AND state IN ('queued', 'sending')"
    )
