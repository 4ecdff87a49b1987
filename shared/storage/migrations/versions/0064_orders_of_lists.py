"""Lists are sorted by name, and show who gets no mail, by an index each."""

from alembic import op

revision = "0064"
down_revision = "0063"


def upgrade() -> None:
    op.execute(
        "CREATE INDEX ix_volunteer_no_mail ON volunteer "
        "(event_id, id, suppressed_at, reminders_ended_at) "
        "WHERE suppressed_at IS NOT NULL OR reminders_ended_at IS NOT NULL"
    )
    op.execute(
        "CREATE INDEX ix_volunteer_name ON volunteer "
        "(event_id, lower(coalesce(nullif(given_name, ''), listed_name)), id)"
    )
