"""One speed for each mail account, whose changes are rows that say why.

A stop stays a stop. What the version before knew becomes the first rows: a batch between two looks
that had grown, and a pause.
"""

import sqlalchemy as sa
from alembic import op

from shared.storage.migrations.tables import tables

revision = "0085"
down_revision = "0084"
compatible = True

_CHANGES = """
    id integer key, account_id integer -> sending_account.id cascade, at time, old double,
    new double, cause string32, evidence json
"""
_COLUMNS = {
    "sending_account": (
        sa.Column("tokens", sa.Double()),
        sa.Column("filled_at", sa.DateTime(timezone=True)),
        sa.Column("vouched", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("learned_period", sa.String(32)),
        sa.Column("learned_limit", sa.Integer()),
        sa.Column("learned_at", sa.DateTime(timezone=True)),
        sa.Column("limits_in_doubt", sa.Boolean(), nullable=False, server_default=sa.false()),
    ),
    "bounce_mailbox": (
        sa.Column("failed_looks", sa.Integer(), nullable=False, server_default="0"),
    ),
}
# Mails a minute: at the beginning, after a batch of so many, and while one mail tries.
_CARRIED = """
    INSERT INTO speed_change (account_id, at, old, new, cause, evidence)
    SELECT account_id, CURRENT_TIMESTAMP, 200 / 15.0, batch / 4.0, 'carried', '{}'
    FROM bounce_mailbox WHERE batch > 200 ORDER BY account_id
"""
_PAUSED = """
    INSERT INTO speed_change (account_id, at, old, new, cause, evidence)
    SELECT id, CURRENT_TIMESTAMP, 200 / 15.0,
           CASE pauses_in_a_row WHEN 1 THEN 1 WHEN 2 THEN 1 / 5.0 WHEN 3 THEN 1 / 15.0
           ELSE 1 / 60.0 END, 'refused', '{}'
    FROM sending_account WHERE pauses_in_a_row > 0 ORDER BY id
"""
_IN_DOUBT = """
    UPDATE sending_account SET limits_in_doubt = true
    WHERE per_minute IS NOT NULL OR per_hour IS NOT NULL OR per_day IS NOT NULL
"""
_FAILED = "UPDATE bounce_mailbox SET failed_looks = 1 WHERE trouble <> ''"


def upgrade() -> None:
    there = {"sending_account": "id integer key", "speed_change": _CHANGES}
    tables(there).create_all(op.get_bind())
    op.create_index("ix_speed_change_account", "speed_change", ["account_id", "id"])
    for table, columns in _COLUMNS.items():
        for column in columns:
            op.add_column(table, column)
    for statement in (_CARRIED, _PAUSED, _IN_DOUBT, _FAILED):
        op.execute(statement)
