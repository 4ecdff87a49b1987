"""An account may be signed in to at its provider in place of a password.

What is kept of that stands beside the account, one row each: providers replace refresh tokens at
each use, and whoever does that must not wait for who counts the account's mails. Access tokens are
rows of their own, since one sign-in opens several services. Accounts there are keep their password.
"""

import sqlalchemy as sa
from alembic import op

from shared.storage.columns import UtcDateTime

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "sending_account",
        sa.Column("by_token", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    _create_sign_ins()
    op.create_table(
        "mail_access_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sign_in_id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("sealed_token", sa.Text(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sign_in_id"],
            ["mail_sign_in.id"],
            name="fk_mail_access_token_sign_in_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_mail_access_token"),
        sa.UniqueConstraint("sign_in_id", "scope", name="uq_mail_access_token_sign_in_id"),
    )


def _create_sign_ins() -> None:
    op.create_table(
        "mail_sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("authorize_url", sa.Text(), nullable=False),
        sa.Column("token_url", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("sealed_client_secret", sa.Text()),
        sa.Column("urls_by_owner", sa.Boolean(), nullable=False),
        sa.Column("sealed_refresh_token", sa.Text()),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("signed_in_at", UtcDateTime()),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.Column("renewing_until", UtcDateTime()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["sending_account.id"],
            name="fk_mail_sign_in_account_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_mail_sign_in"),
        sa.UniqueConstraint("account_id", name="uq_mail_sign_in_account_id"),
    )


def downgrade() -> None:
    op.drop_table("mail_access_token")
    op.drop_table("mail_sign_in")
    op.drop_column("sending_account", "by_token")
