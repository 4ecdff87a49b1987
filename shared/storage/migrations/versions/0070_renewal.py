"""What leaked keys signed is signed anew by a worker, which tells the holders.

Keys that leaked before are looked through, too.
"""

import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0069"
compatible = True


def upgrade() -> None:
    op.add_column(
        "issuer_key",
        sa.Column("is_to_renew", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.execute("UPDATE issuer_key SET is_to_renew = leaked_at IS NOT NULL")
