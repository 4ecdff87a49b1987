"""A text of a mail is stored while it is written, and used by a press."""

import sqlalchemy as sa
from alembic import op

revision = "0090"
down_revision = "0089"
compatible = True


def upgrade() -> None:
    for table in ("event", "event_group"):
        drafts = sa.Column("wording_drafts", sa.JSON(), server_default="{}", nullable=False)
        op.add_column(table, drafts)
