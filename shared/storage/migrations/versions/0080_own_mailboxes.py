"""The own mailbox of an account is tried for returned mail, unless a person wants none read."""

import sqlalchemy as sa
from alembic import op

revision = "0080"
down_revision = "0079"
compatible = True


def upgrade() -> None:
    for name in ("mailbox_due", "mailbox_declined"):
        op.add_column(
            "sending_account",
            sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False),
        )
