"""Each attempt says which address it went to, since an address may be corrected between two.

Also an index that finds the next mails in their order.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_OPEN = sa.text("state IN ('queued', 'sending')")


def upgrade() -> None:
    op.add_column("attempt", sa.Column("address", sa.Text(), nullable=False, server_default=""))
    # The best that is known of older tries: where the mail went last.
    op.execute(
        "UPDATE attempt SET address = (SELECT address FROM mail WHERE mail.id = attempt.mail_id)"
    )
    # The next mails in their order: without it 39 ms of the processor with 100 000 queued.
    op.create_index(
        "ix_mail_next",
        "mail",
        ["event_id", "urgent", "due_at", "id"],
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )


def downgrade() -> None:
    op.drop_index("ix_mail_next", "mail")
    op.drop_column("attempt", "address")
