"""A mail account is a row of its own, which several events may use.

Until now each event had one, and those that proved the same user, server and password were kept
alike. They become one row, by the stricter of what each was told. As whom an event sends stays
with the event.
"""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_BEFORE = "mail_account"
_NOW = "sending_account"
_LIMITS = ("per_minute", "per_hour", "per_day", "connections")
_GREATEST = (
    *("min_second", "max_second", "pauses_in_a_row", "next_at", "paused_until"),
    *("needs_fixing", "password_shown", "host_by_owner", "bad_counted_from"),
)


def _columns() -> list[sa.Column[Any]]:
    """What both tables say of an account."""
    return [
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("sealed_password", sa.Text(), nullable=True),
        sa.Column("password_shown", sa.Boolean(), nullable=False),
        sa.Column("proof", sa.Text(), nullable=True),
        sa.Column("signed_in", sa.Boolean(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("port", sa.Integer(), nullable=False),
        sa.Column("host_by_owner", sa.Boolean(), nullable=False),
        sa.Column("security", sa.String(32), nullable=False),
        sa.Column("skip_auth", sa.Boolean(), nullable=False),
        sa.Column("min_second", sa.Double(), nullable=False),
        sa.Column("max_second", sa.Double(), nullable=False),
        sa.Column("per_minute", sa.Integer(), nullable=True),
        sa.Column("per_hour", sa.Integer(), nullable=True),
        sa.Column("per_day", sa.Integer(), nullable=True),
        sa.Column("connections", sa.Integer(), nullable=True),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("needs_fixing", sa.Boolean(), nullable=False),
        sa.Column("pauses_in_a_row", sa.Integer(), nullable=False),
        sa.Column("trouble_code", sa.Integer(), nullable=True),
        sa.Column("trouble_text", sa.Text(), nullable=False),
        sa.Column("bad_counted_from", sa.DateTime(timezone=True), nullable=True),
    ]


_NAMES = [column.name for column in _columns()]
# Without types, so that moments are moved as the database keeps them.
_BEFORE_ROWS = sa.table(_BEFORE, *map(sa.column, ["event_id", "from_address", *_NAMES]))
_ROWS = sa.table(_NOW, *map(sa.column, ["id", *_NAMES]))
_EVENT = sa.table("event", *map(sa.column, ["id", "account_id", "from_address"]))


def upgrade() -> None:
    op.create_table(
        _NOW,
        sa.Column("id", sa.Integer(), nullable=False),
        *_columns(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sending_account")),
    )
    signed_in = sa.text("signed_in")
    op.create_index(
        "ix_sending_account_proven",
        _NOW,
        ["proof"],
        unique=True,
        sqlite_where=signed_in,
        postgresql_where=signed_in,
    )
    # Not by Alembic, which adds no foreign key to a table that exists in SQLite; both take this.
    op.execute(
        "ALTER TABLE event ADD COLUMN account_id INTEGER "
        "CONSTRAINT fk_event_account_id REFERENCES sending_account (id)"
    )
    op.create_index(op.f("ix_event_account_id"), "event", ["account_id"])
    op.add_column("event", sa.Column("from_address", sa.Text(), nullable=False, server_default=""))
    earlier = op.get_bind().execute(sa.select(_BEFORE_ROWS).order_by("event_id")).mappings().all()
    for id, rows in enumerate(_accounts(earlier), start=1):
        op.execute(sa.insert(_ROWS).values(id=id, **_strictest(rows)))
        for row in rows:
            uses = {"account_id": id, "from_address": row["from_address"]}
            op.execute(sa.update(_EVENT).where(_EVENT.c.id == row["event_id"]).values(uses))
    _count_on_from_the_last()
    op.drop_table(_BEFORE)


def _accounts(rows: Iterable[sa.RowMapping]) -> list[list[sa.RowMapping]]:
    """The rows of each account: alone, or all that proved the same."""
    accounts: dict[object, list[sa.RowMapping]] = {}
    for row in rows:
        is_proven = row["signed_in"] and row["proof"]
        accounts.setdefault(row["proof"] if is_proven else row["event_id"], []).append(row)
    return list(accounts.values())


def _strictest(rows: list[sa.RowMapping]) -> dict[str, Any]:
    first = {name: rows[0][name] for name in _NAMES}
    limits = {name: min(_given(rows, name), default=None) for name in _LIMITS}
    greatest = {name: max(_given(rows, name), default=None) for name in _GREATEST}
    troubled = max(rows, key=lambda row: (row["needs_fixing"], str(row["paused_until"] or "")))
    trouble = {name: troubled[name] for name in ("trouble_code", "trouble_text")}
    return first | limits | greatest | trouble


def _given(rows: list[sa.RowMapping], name: str) -> list[Any]:
    return [row[name] for row in rows if row[name] is not None]


def _count_on_from_the_last() -> None:
    """The ids were given here, which PostgreSQL's sequence does not know of."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "SELECT setval(pg_get_serial_sequence('sending_account', 'id'), "
            "(SELECT coalesce(max(id), 0) + 1 FROM sending_account), false)"
        )


def downgrade() -> None:
    op.create_table(
        _BEFORE,
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("from_address", sa.Text(), nullable=False),
        *_columns(),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_mail_account_event_id")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_mail_account")),
    )
    used = sa.select(_EVENT.c.id, _EVENT.c.from_address, *(_ROWS.c[name] for name in _NAMES))
    used = used.join_from(_EVENT, _ROWS, _EVENT.c.account_id == _ROWS.c.id)
    op.execute(sa.insert(_BEFORE_ROWS).from_select(["event_id", "from_address", *_NAMES], used))
    op.drop_index(op.f("ix_event_account_id"), table_name="event")
    for column in ("account_id", "from_address"):
        op.drop_column("event", column)
    op.drop_table(_NOW)
