"""People are erased: their rows count and say nothing, and their addresses are known as hashes.

The key of the hashes is made when the first is needed. Who was erased is no longer among those
who wait for an invitation. Mails of a rehearsal are found by their recipient.
"""

import sqlalchemy as sa
from alembic import op

from shared.storage.columns import UtcDateTime

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "erased_address",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("address_hash", sa.String(64), nullable=False),
        sa.Column("erased_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_erased_address_event_id"),
        sa.PrimaryKeyConstraint("event_id", "address_hash", name="pk_erased_address"),
    )
    op.add_column("owner", sa.Column("sealed_address_key", sa.Text()))
    op.add_column("volunteer", sa.Column("erased_at", UtcDateTime()))
    _index_who_waits(
        ["event_id", "status", "token", "erased_at"],
        "status = 0 AND token IS NULL AND erased_at IS NULL",
    )
    op.create_index("ix_rehearsal_mail_recipient", "rehearsal_mail", ["event_id", "recipient"])


def downgrade() -> None:
    op.drop_index("ix_rehearsal_mail_recipient", "rehearsal_mail")
    _index_who_waits(["event_id", "token"], "status = 0 AND token IS NULL")
    op.drop_column("volunteer", "erased_at")
    op.drop_column("owner", "sealed_address_key")
    op.drop_table("erased_address")


def _index_who_waits(columns: list[str], condition: str) -> None:
    op.drop_index("ix_volunteer_not_invited", "volunteer")
    op.create_index(
        "ix_volunteer_not_invited",
        "volunteer",
        columns,
        sqlite_where=sa.text(condition),
        postgresql_where=sa.text(condition),
    )
