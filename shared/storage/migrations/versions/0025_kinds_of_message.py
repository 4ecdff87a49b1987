"""Links that people asked for are messages of a kind of their own, no longer marked invitations.

The organizer's own mails are found by having no volunteer, whatever their kinds are.
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_OPEN = "state IN ('queued', 'sending')"


def upgrade() -> None:
    op.execute("UPDATE mail SET kind = 'link_request' WHERE is_requested")
    _index_anew("ix_mail_requested", "event_id", "created_at", where="kind = 'link_request'")
    _index_anew(
        "ix_mail_test", "event_id", "due_at", "id", where=f"volunteer_id IS NULL AND {_OPEN}"
    )
    op.drop_column("mail", "is_requested")


def downgrade() -> None:
    op.add_column(
        "mail", sa.Column("is_requested", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.execute(
        "UPDATE mail SET is_requested = true, kind = 'invitation' WHERE kind = 'link_request'"
    )
    _index_anew("ix_mail_requested", "event_id", "created_at", where="is_requested")
    _index_anew("ix_mail_test", "event_id", "due_at", "id", where=f"kind = 'test' AND {_OPEN}")


def _index_anew(name: str, *columns: str, where: str) -> None:
    op.drop_index(name, "mail")
    condition = sa.text(where)
    op.create_index(name, "mail", list(columns), sqlite_where=condition, postgresql_where=condition)
