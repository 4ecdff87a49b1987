"""No id of a group that was removed is given to another one.

Certificates, mails and samples go on naming the group that they were made for. SQLite gives the
highest id again, unless the table says otherwise; PostgreSQL never does. Ids that are named
anywhere count as given.
"""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        return
    counted = {"sqlite_autoincrement": True}
    with op.batch_alter_table("event_group", recreate="always", table_kwargs=counted):
        pass
    named = (("volunteer", "group_id"), ("certificate", "group_id"), ("mail", "group_id"))
    highest = [
        connection.scalar(sa.select(sa.func.max(sa.column(name))).select_from(sa.table(table))) or 0
        for table, name in (("event_group", "id"), *named)
    ]
    connection.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = 'event_group'"))
    note = sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES ('event_group', :last)")
    connection.execute(note, {"last": max(highest)})
