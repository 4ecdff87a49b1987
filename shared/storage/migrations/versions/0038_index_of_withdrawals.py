"""Certificates that count are counted without a look at their rows, and withdrawn ones are found.

SQLite reads the rows unless an index holds all that its own condition is about.
"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

_STANDING = sa.text("replaced_at IS NULL AND withdrawn_at IS NULL")
_WITHDRAWN = sa.text("withdrawn_at IS NOT NULL")
_BEFORE = ("event_id", "design_id", "volunteer_id")


def upgrade() -> None:
    op.drop_index("ix_certificate_standing", "certificate")
    _create("ix_certificate_standing", (*_BEFORE, "replaced_at", "withdrawn_at"), _STANDING)
    _create("ix_certificate_withdrawn", ("event_id", "volunteer_id"), _WITHDRAWN)


def _create(name: str, columns: tuple[str, ...], where: sa.TextClause) -> None:
    op.create_index(name, "certificate", list(columns), sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    op.drop_index("ix_certificate_withdrawn", "certificate")
    op.drop_index("ix_certificate_standing", "certificate")
    _create("ix_certificate_standing", _BEFORE, _STANDING)
