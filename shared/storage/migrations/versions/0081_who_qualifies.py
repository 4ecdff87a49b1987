"""Who gets a certificate: the event's rule, who does not qualify by it, and who does by hand."""

import sqlalchemy as sa
from alembic import op

revision = "0081"
down_revision = "0080"
compatible = True

_KNOWN = "erased_at IS NULL AND address_forgotten_at IS NULL"
_ASKED = f"{_KNOWN} AND suppressed_at IS NULL AND reminders_ended_at IS NULL"
_NEW = f"status = 0 AND asked_at IS NULL AND {_ASKED} AND unqualified_at IS NULL"
_BY_LIST = "status < 2 AND listed_name <> '' AND problem IS NULL AND reopened_at IS NULL"
_OF_LISTED = ["event_id", "status", "problem", "reopened_at"]
_OF_KNOWN = ["erased_at", "address_forgotten_at"]
_OF_ASKED = [*_OF_KNOWN, "suppressed_at", "reminders_ended_at", "unqualified_at"]
# Columns and condition of each index on people that depends on it.
_INDEXES = {
    "ix_volunteer_not_invited": (["event_id", "status", "asked_at", *_OF_ASKED], _NEW),
    "ix_volunteer_to_ask": (
        ["event_id", "status", "asked_at", *_OF_ASKED, "listed_name"],
        f"{_NEW} AND listed_name = ''",
    ),
    "ix_volunteer_to_issue": (
        [*_OF_LISTED, *_OF_KNOWN, "unqualified_at", "listed_name"],
        f"{_BY_LIST} AND {_KNOWN} AND unqualified_at IS NULL",
    ),
    "ix_volunteer_unqualified": (
        ["event_id", "id", "status", "unqualified_at"],
        "unqualified_at IS NOT NULL",
    ),
}


def upgrade() -> None:
    time = sa.DateTime(timezone=True)
    op.add_column("event", sa.Column("qualifying", sa.JSON(), nullable=True))
    op.add_column("volunteer", sa.Column("unqualified_at", time, nullable=True))
    op.add_column("volunteer", sa.Column("qualified_by_hand_at", time, nullable=True))
    for name, (columns, condition) in _INDEXES.items():
        which = sa.text(condition)
        op.execute(f"DROP INDEX IF EXISTS {name}")
        op.create_index(name, "volunteer", columns, sqlite_where=which, postgresql_where=which)
