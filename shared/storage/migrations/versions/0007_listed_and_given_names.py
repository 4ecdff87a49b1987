"""The name on the list and the one that a person gives are two columns.

Beginning for real forgets what was given in the rehearsal, and must not forget the list.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The same words on both databases; alembic would copy the whole table on SQLite.
    op.execute("ALTER TABLE volunteer RENAME COLUMN name TO given_name")
    op.add_column(
        "volunteer", sa.Column("listed_name", sa.Text(), nullable=False, server_default="")
    )
    # Who has submitted has overwritten what the list said; that is gone.
    op.execute(
        "UPDATE volunteer SET listed_name = given_name, given_name = '' "
        "WHERE submitted_at IS NULL AND given_name <> ''"
    )


def downgrade() -> None:
    op.execute("UPDATE volunteer SET given_name = listed_name WHERE given_name = ''")
    op.drop_column("volunteer", "listed_name")
    op.execute("ALTER TABLE volunteer RENAME COLUMN given_name TO name")
