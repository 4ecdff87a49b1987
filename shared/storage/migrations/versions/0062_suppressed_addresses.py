"""Addresses that get no more mail from an account, in whatever event.

Who ended reminders, or whose mail came back, is taken into the new table by the worker, which has
the key of its hashes; until then nothing leaves to people of the events concerned.
"""

import sqlalchemy as sa
from alembic import op

from shared.storage.migrations.tables import tables

revision = "0062"
down_revision = "0061"

_TIME = sa.DateTime(timezone=True)
_MAY_BE_ASKED = (
    "erased_at IS NULL AND address_forgotten_at IS NULL AND suppressed_at IS NULL "
    "AND reminders_ended_at IS NULL"
)
_TO_INVITE = f"status = 0 AND asked_at IS NULL AND {_MAY_BE_ASKED}"
_ASKED = (
    "event_id, status, asked_at, erased_at, address_forgotten_at, suppressed_at, reminders_ended_at"
)
_INDEXES = {
    "not_invited": f"({_ASKED}) WHERE {_TO_INVITE}",
    "to_ask": f"({_ASKED}, listed_name) WHERE {_TO_INVITE} AND listed_name = ''",
    "reminders_ended": "(event_id, id, reminders_ended_at) WHERE reminders_ended_at IS NOT NULL",
    "suppressed": "(event_id, suppressed, suppressed_at) WHERE suppressed_at IS NOT NULL",
}
_TABLES = {
    "sending_account": "id integer key",
    "suppressed_address": """
        account_id integer -> sending_account.id cascade key, address_hash string64 key,
        reason text key, since time
    """,
}


def upgrade() -> None:
    tables(_TABLES).create_all(op.get_bind())
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
    for name, words in _INDEXES.items():
        if name != "suppressed":
            op.drop_index(f"ix_volunteer_{name}", "volunteer")
        op.execute(f"CREATE INDEX ix_volunteer_{name} ON volunteer {words}")
