"""The mailboxes that reports of undelivered mail come to, and which mails came back."""

import sqlalchemy as sa
from alembic import op

from shared.storage.columns import UtcDateTime

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

_RETURNED = sa.text("returned_at IS NOT NULL AND state = 'failed'")


def upgrade() -> None:
    op.add_column("mail", sa.Column("returned_at", UtcDateTime()))
    op.create_index(
        "ix_mail_returned",
        "mail",
        ["event_id", "kind", "state", "returned_at"],
        sqlite_where=_RETURNED,
        postgresql_where=_RETURNED,
    )
    _create_mailboxes()
    op.create_table(
        "bounce_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mail_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("verdict", sa.String(32), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("found_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mail_id"], ["mail.id"], name="fk_bounce_report_mail_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_bounce_report"),
        sa.UniqueConstraint("key", name="uq_bounce_report_key"),
    )
    op.create_index("ix_bounce_report_mail_id", "bounce_report", ["mail_id"])


def _create_mailboxes() -> None:
    op.create_table(
        "bounce_mailbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("port", sa.Integer(), nullable=False),
        sa.Column("security", sa.String(32), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("sealed_password", sa.Text()),
        sa.Column("host_by_owner", sa.Boolean(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("move_to", sa.Text(), nullable=False),
        sa.Column("uid_validity", sa.BigInteger()),
        sa.Column("last_uid", sa.BigInteger(), nullable=False),
        sa.Column("next_look_at", UtcDateTime(), nullable=False),
        sa.Column("looked_at", UtcDateTime()),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["sending_account.id"],
            name="fk_bounce_mailbox_account_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_bounce_mailbox"),
        sa.UniqueConstraint("account_id", name="uq_bounce_mailbox_account_id"),
    )


def downgrade() -> None:
    op.drop_table("bounce_report")
    op.drop_table("bounce_mailbox")
    op.drop_index("ix_mail_returned", "mail")
    op.drop_column("mail", "returned_at")
