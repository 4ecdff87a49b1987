"""An organizer stops a sending; paused is what a mail server asks for."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_EVENT = sa.table("event", sa.column("sending", sa.String))


def upgrade() -> None:
    _call("paused", "stopped")


def downgrade() -> None:
    _call("stopped", "paused")


def _call(before: str, after: str) -> None:
    op.execute(_EVENT.update().where(_EVENT.c.sending == before).values(sending=after))
