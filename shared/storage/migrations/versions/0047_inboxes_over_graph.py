"""Mails that come back are read over Microsoft Graph, too, with the sign-in that sends.

A mailbox says which way it is read; until now all were read by IMAP. Graph numbers no mails, so
that how far its inbox was read is a time.
"""

import sqlalchemy as sa
from alembic import op

from shared.storage.columns import UtcDateTime

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    way = sa.Column("way", sa.Text(), server_default="imap", nullable=False)
    op.add_column("bounce_mailbox", way)
    op.add_column("bounce_mailbox", sa.Column("read_until", UtcDateTime()))


def downgrade() -> None:
    op.drop_column("bounce_mailbox", "read_until")
    op.drop_column("bounce_mailbox", "way")
