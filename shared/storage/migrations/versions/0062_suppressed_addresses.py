"""Addresses that get no more mail from an account, in whatever event.

Who ended reminders, or whose mail came back, is taken into the new table by the worker, which has
the key of its hashes; until then nothing leaves to people of the events concerned.
"""

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)
_MAY_BE_ASKED = (
    "erased_at IS NULL AND address_forgotten_at IS NULL AND suppressed_at IS NULL "
    "AND reminders_ended_at IS NULL"
)
_TO_INVITE = f"status = 0 AND asked_at IS NULL AND {_MAY_BE_ASKED}"
_COLUMNS = [
    *("event_id", "status", "asked_at", "erased_at", "address_forgotten_at", "suppressed_at"),
    "reminders_ended_at",
]
_INDEXES = [
    ("ix_volunteer_not_invited", _COLUMNS, _TO_INVITE),
    ("ix_volunteer_to_ask", [*_COLUMNS, "listed_name"], f"{_TO_INVITE} AND listed_name = ''"),
    (
        "ix_volunteer_reminders_ended",
        ["event_id", "id", "reminders_ended_at"],
        "reminders_ended_at IS NOT NULL",
    ),
    (
        "ix_volunteer_suppressed",
        ["event_id", "suppressed", "suppressed_at"],
        "suppressed_at IS NOT NULL",
    ),
]


def upgrade() -> None:
    op.create_table(
        "suppressed_address",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("address_hash", sa.String(64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("since", _TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["sending_account.id"],
            name="fk_suppressed_address_account_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "account_id", "address_hash", "reason", name="pk_suppressed_address"
        ),
    )
    op.add_column("volunteer", sa.Column("suppressed_at", _TIME, nullable=True))
    op.add_column("volunteer", sa.Column("suppressed", sa.Text(), nullable=True))
    op.add_column(
        "event",
        sa.Column("suppressions_due", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("mail", sa.Column("despite", sa.Text(), nullable=False, server_default=""))
    op.execute(
        """
        UPDATE volunteer SET suppressed = 'dead', suppressed_at = coalesce(
            (SELECT max(returned_at) FROM mail WHERE mail.volunteer_id = volunteer.id), created_at
        ) WHERE problem = 'came_back'
        """
    )
    true = "true" if op.get_bind().dialect.name == "postgresql" else "1"
    op.execute(
        f"""
        UPDATE event SET suppressions_due = {true} WHERE account_id IN (
            SELECT marked.account_id FROM event AS marked JOIN volunteer ON event_id = marked.id
            WHERE suppressed_at IS NOT NULL OR reminders_ended_at IS NOT NULL
        )
        """  # noqa: S608 (no values)
    )
    op.drop_index("ix_volunteer_opted_out", "volunteer")
    for name, columns, condition in _INDEXES:
        where = sa.text(condition)
        if name != "ix_volunteer_suppressed":
            op.drop_index(name, "volunteer")
        op.create_index(name, "volunteer", columns, sqlite_where=where, postgresql_where=where)
