"""What certificates say, apart from how they write it: their numbers and dates, and whose word the
name is. Nothing is made up for those from before.
"""

import sqlalchemy as sa
from alembic import op

revision = "0077"
down_revision = "0076"
compatible = True


def upgrade() -> None:
    op.add_column("certificate", sa.Column("values", sa.JSON(), nullable=True))
    op.add_column("certificate", sa.Column("name_from", sa.Text(), nullable=True))
