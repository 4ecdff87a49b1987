"""An event knows the columns of its whole list, not only those of whoever was added last."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "event", sa.Column("list_columns", sa.JSON(), nullable=False, server_default="[]")
    )
    for event_id, titles in _titles_by_event().items():
        op.get_bind().execute(
            sa.text("UPDATE event SET list_columns = :titles WHERE id = :id"),
            {"titles": json.dumps(list(titles)), "id": event_id},
        )


def _titles_by_event() -> dict[int, dict[str, None]]:
    """In the order in which they came. Equal sets of titles are looked at once."""
    found: dict[int, dict[str, None]] = {}
    seen: set[tuple[int, tuple[str, ...]]] = set()
    rows = op.get_bind().execute(
        sa.text(
            "SELECT event_id, CAST(columns AS TEXT) FROM volunteer "
            "WHERE CAST(columns AS TEXT) <> '{}' ORDER BY id"
        ),
        execution_options={"yield_per": 1000},
    )
    for event_id, columns in rows:
        titles = tuple(json.loads(columns))
        if (event_id, titles) not in seen:
            seen.add((event_id, titles))
            found.setdefault(event_id, {}).update(dict.fromkeys(titles))
    return found


def downgrade() -> None:
    op.drop_column("event", "list_columns")
