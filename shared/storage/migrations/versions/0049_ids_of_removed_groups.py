"""No id of a group that was removed is given to another one.

Certificates, mails and samples go on naming the group that they were made for. SQLite gives the
highest id again, unless the table says otherwise; PostgreSQL never does. Ids that are named
anywhere count as given.
"""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

_NAMED = ("volunteer", "certificate", "mail")


def upgrade() -> None:
    _make_anew(is_counted=True)


def _make_anew(*, is_counted: bool) -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    counted = {"sqlite_autoincrement": is_counted}
    with op.batch_alter_table("event_group", recreate="always", table_kwargs=counted):
        pass
    if is_counted:
        _count_those_that_are_gone()


def _count_those_that_are_gone() -> None:
    connection = op.get_bind()
    places = [("event_group", "id"), *((table, "group_id") for table in _NAMED)]
    highest = [
        connection.scalar(sa.select(sa.func.max(sa.column(name))).select_from(sa.table(table))) or 0
        for table, name in places
    ]
    forget = sa.text("DELETE FROM sqlite_sequence WHERE name = 'event_group'")
    connection.execute(forget)
    note = sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES ('event_group', :last)")
    connection.execute(note, {"last": max(highest)})
