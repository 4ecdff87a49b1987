"""Of an id that was issued it stays known that it was, after its event or person is gone.

What an event thanked for stays, too, with its picture, so it names the event by its number alone.
"""

import re

import sqlalchemy as sa
from alembic import op

from shared.storage.migrations.tables import tables

revision = "0075"
down_revision = "0074"
compatible = True

_REFERENCE = re.compile(
    r',\s*CONSTRAINT "?fk_achievement_event_id"? FOREIGN KEY ?\("?event_id"?\)'
    r' REFERENCES "?event"? ?\("?id"?\)'
)
_ISSUED_ID = """
    public_id text key, state text, day date, event_deleted date?,
    status_list_id integer? -> status_list.id, index integer?
"""


def upgrade() -> None:
    tables({"status_list": "id integer key", "issued_id": _ISSUED_ID}).create_all(op.get_bind())
    _drop_reference_to_event()
    op.add_column("achievement", sa.Column("picture", sa.LargeBinary(), nullable=True))
    op.add_column(
        "event",
        sa.Column(
            "certificates_withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False
        ),
    )
    op.add_column("owner", sa.Column("unknown_times", sa.JSON(), nullable=True))


def _drop_reference_to_event() -> None:
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        op.drop_constraint("fk_achievement_event_id", "achievement", type_="foreignkey")
        return
    # The table cannot be made anew while credentials refer to it. This is what SQLite's manual
    # gives for leaving out constraints (ALTER TABLE, 7): rows stay as they are.
    written = connection.exec_driver_sql(
        "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'achievement'"
    ).scalar_one()
    without, found = _REFERENCE.subn("", written)
    if found != 1:
        raise ValueError(written)
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    change = "UPDATE sqlite_master SET sql = ? WHERE type = 'table' AND name = 'achievement'"
    connection.exec_driver_sql(change, (without,))
    connection.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema = OFF")
