"""Lists are sorted by name, and show who gets no mail, by an index each."""

import sqlalchemy as sa
from alembic import op

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None

_NO_MAIL = sa.text("suppressed_at IS NOT NULL OR reminders_ended_at IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "ix_volunteer_no_mail",
        "volunteer",
        ["event_id", "id", "suppressed_at", "reminders_ended_at"],
        sqlite_where=_NO_MAIL,
        postgresql_where=_NO_MAIL,
    )
    name = sa.text("lower(coalesce(nullif(given_name, ''), listed_name))")
    op.create_index("ix_volunteer_name", "volunteer", ["event_id", name, "id"])
