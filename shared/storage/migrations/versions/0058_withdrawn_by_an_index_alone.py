"""Withdrawn certificates are counted from their index alone.

As rows grew, SQLite began to prefer the index of all certificates of the event, however many there
are: an index in which everything stands that the count asks for is always cheaper.
"""

from alembic import op

revision = "0058"
down_revision = "0057"


def upgrade() -> None:
    op.drop_index("ix_certificate_withdrawn", "certificate")
    op.execute(
        "CREATE INDEX ix_certificate_withdrawn ON certificate "
        "(event_id, volunteer_id, replaced_at, withdrawn_at, withdrawal_reason) "
        "WHERE withdrawn_at IS NOT NULL"
    )
