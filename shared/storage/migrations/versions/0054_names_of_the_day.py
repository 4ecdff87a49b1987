"""Certificates keep the event's name and organization of the day on which they were issued, and
designs remember those of the day on which they were made.

For certificates that were issued before, it is the day of this migration. What was designed before
says nothing: there, the gallery's own sentences are recognized.
"""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"


def upgrade() -> None:
    for column in ("event_name", "organization"):
        kept = sa.Column(column, sa.Text(), nullable=False, server_default="")
        op.add_column("certificate", kept)
    op.execute(
        "UPDATE certificate SET event_name = event.name, organization = event.organization "
        "FROM event WHERE event.id = certificate.event_id"
    )
    op.add_column("design", sa.Column("called", sa.JSON(), nullable=True))
