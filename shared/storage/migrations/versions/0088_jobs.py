"""Acts that take long are rows, which workers carry out in turns."""

import sqlalchemy as sa
from alembic import op

from shared.storage.migrations.tables import tables

revision = "0088"
down_revision = "0087"
compatible = True

_JOB = """
    id integer key, event_id integer -> event.id, acts json, needed text, secret_hash text?,
    issuer text?, subject text?, name text, network text, confirmed integer, done integer,
    step integer, place integer?, tallies json, created_at time, confirmed_at time,
    claimed_by text?, lease_until time, tries integer = 0, is_stopped boolean = false,
    ended_at time?, refusal json?, seen_at time?
"""


def upgrade() -> None:
    tables({"event": "id integer key", "job": _JOB}).create_all(op.get_bind())
    op.create_index("ix_job_event_id", "job", ["event_id"])
    is_going_on = sa.text("ended_at IS NULL")
    op.create_index(
        "ix_job_going_on", "job", ["event_id"], unique=True,
        sqlite_where=is_going_on, postgresql_where=is_going_on,
    )  # fmt: skip
