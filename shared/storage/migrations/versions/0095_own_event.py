"""The event that stands for the installation itself, with the account by which it mails."""

import sqlalchemy as sa
from alembic import op

revision = "0095"
down_revision = "0094"
compatible = True


def upgrade() -> None:
    op.add_column(
        "event", sa.Column("is_own", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
