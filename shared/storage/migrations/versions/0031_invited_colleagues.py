"""Colleagues are invited by links that work once; of a link's token only a hash is kept."""

import sqlalchemy as sa
from alembic import op

from shared.storage.columns import UtcDateTime

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

TABLE = "colleague_invitation"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("mail_id", sa.Integer()),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Integer()),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("access_expires_at", UtcDateTime()),
        sa.Column("revoked_at", UtcDateTime()),
        sa.Column("taken_at", UtcDateTime()),
        sa.Column("taken_by", sa.Integer()),
        *_foreign_keys(),
        sa.PrimaryKeyConstraint("id", name=f"pk_{TABLE}"),
        sa.UniqueConstraint("token_hash", name=f"uq_{TABLE}_token_hash"),
    )
    for column in ("event_id", "mail_id"):
        op.create_index(f"ix_{TABLE}_{column}", TABLE, [column])


def _foreign_keys() -> list[sa.ForeignKeyConstraint]:
    columns = {
        "event_id": "event",
        "mail_id": "mail",
        "created_by": "access_key",
        "taken_by": "access_key",
    }
    return [
        sa.ForeignKeyConstraint([column], [f"{table}.id"], name=f"fk_{TABLE}_{column}")
        for column, table in columns.items()
    ]


def downgrade() -> None:
    op.drop_table(TABLE)
