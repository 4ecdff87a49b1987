"""Which mail server and page the owner entered: only the owner may name private addresses."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_COLUMNS = {"mail_account": "host_by_owner", "event": "frontend_url_by_owner"}


def upgrade() -> None:
    for table, column in _COLUMNS.items():
        op.add_column(
            table, sa.Column(column, sa.Boolean(), nullable=False, server_default=sa.false())
        )
        # What was entered before goes on working, wherever it lies.
        op.execute(sa.update(sa.table(table, sa.column(column))).values({column: sa.true()}))


def downgrade() -> None:
    for table, column in _COLUMNS.items():
        op.drop_column(table, column)
