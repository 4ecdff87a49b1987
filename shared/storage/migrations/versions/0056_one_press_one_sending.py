"""An event counts its sendings and knows whom it wrote to first, so that one press sends once.

Where the others wait behind their first few now, nobody knows any more who those were.
"""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"


def upgrade() -> None:
    op.add_column("event", sa.Column("sendings", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("event", sa.Column("first_few", sa.JSON(), nullable=False, server_default="[]"))
