"""Mails in the rehearsal mailbox are sealed, since they hold personal links."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Sealed at the first start, after this: the keys are not known here.
    op.add_column(
        "rehearsal_mail",
        sa.Column("is_sealed", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    # Asked for at every start: behind large contents, the flag alone is slow to read.
    op.create_index(
        "ix_rehearsal_mail_clear",
        "rehearsal_mail",
        ["id"],
        sqlite_where=sa.text("is_sealed = 0"),
        postgresql_where=sa.text("NOT is_sealed"),
    )


def downgrade() -> None:
    op.drop_index("ix_rehearsal_mail_clear", "rehearsal_mail")
    op.drop_column("rehearsal_mail", "is_sealed")
