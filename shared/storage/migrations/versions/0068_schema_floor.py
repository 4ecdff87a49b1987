"""The oldest schema that a program must know to work on this database.

Programs that know this migration look there when they find a newer one.
"""

import sqlalchemy as sa
from alembic import op

revision = "0068"
down_revision = "0067"
compatible = True


def upgrade() -> None:
    op.create_table("schema_floor", sa.Column("revision", sa.Text(), primary_key=True))
    op.execute("INSERT INTO schema_floor (revision) VALUES ('0068')")
