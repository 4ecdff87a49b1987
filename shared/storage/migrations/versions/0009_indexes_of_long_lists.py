"""Indexes that hold all that is counted, so that a longer list makes no count slower."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_OPEN = "state IN ('queued', 'sending')"
_Index = tuple[str, str, tuple[str, ...], str]
# Name, table, columns, and which rows (empty: all).
_NEW = (
    ("ix_volunteer_status", "volunteer", ("event_id", "status", "id"), ""),
    ("ix_volunteer_list", "volunteer", ("event_id", "id", "status"), ""),
    ("ix_volunteer_problem", "volunteer", ("event_id", "id", "problem"), "problem IS NOT NULL"),
    (
        "ix_mail_next",
        "mail",
        ("event_id", "urgent", "due_at", "id", "kind", "state", "verdict"),
        _OPEN,
    ),
    ("ix_mail_test", "mail", ("event_id", "due_at", "id"), f"kind = 'test' AND {_OPEN}"),
    ("ix_mail_not_arrived", "mail", ("event_id", "id"), "state IN ('failed', 'unsure')"),
)
_OLD = (
    ("ix_volunteer_event_status", "volunteer", ("event_id", "status"), ""),
    ("ix_mail_open", "mail", ("event_id", "due_at"), _OPEN),
    ("ix_mail_next", "mail", ("event_id", "urgent", "due_at", "id"), _OPEN),
)


def upgrade() -> None:
    _replace(_OLD, _NEW)


def downgrade() -> None:
    _replace(_NEW, _OLD)


def _replace(old: tuple[_Index, ...], new: tuple[_Index, ...]) -> None:
    for name, table, _, _ in old:
        op.drop_index(name, table)
    for name, table, columns, which in new:
        where = sa.text(which) if which else None
        op.create_index(name, table, list(columns), sqlite_where=where, postgresql_where=where)
