"""An event may keep addresses for so many days; then they are hashes. Off for what there is.

Organizers are told of changes of account and keys, which an index finds among many entries of the
log.
"""

import sqlalchemy as sa
from alembic import op

from shared.storage.columns import UtcDateTime

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

_NOTICED = (
    "action IN ('account_changed', 'account_forgotten', 'key_created', 'key_revoked', "
    "'token_renewed', 'invitation_taken', 'identity_bound', 'retention_changed', "
    "'owner_token_changed', 'sealing_keys_rotated')"
)


def upgrade() -> None:
    op.add_column("event", sa.Column("retention_days", sa.Integer()))
    op.add_column("event", sa.Column("retention_at", UtcDateTime()))
    op.add_column("volunteer", sa.Column("address_forgotten_at", UtcDateTime()))
    _index(
        "ix_volunteer_kept",
        "volunteer",
        ["event_id", "created_at", "id"],
        "erased_at IS NULL AND address_forgotten_at IS NULL",
    )
    _index(
        "ix_volunteer_forgotten",
        "volunteer",
        ["event_id", "email_key"],
        "address_forgotten_at IS NOT NULL",
    )
    _index("ix_audit_entry_noticed", "audit_entry", ["event_id", "at", "id"], _NOTICED)


def downgrade() -> None:
    op.drop_index("ix_audit_entry_noticed", "audit_entry")
    op.drop_index("ix_volunteer_forgotten", "volunteer")
    op.drop_index("ix_volunteer_kept", "volunteer")
    op.drop_column("volunteer", "address_forgotten_at")
    op.drop_column("event", "retention_at")
    op.drop_column("event", "retention_days")


def _index(name: str, table: str, columns: list[str], condition: str) -> None:
    which = sa.text(condition)
    op.create_index(name, table, columns, sqlite_where=which, postgresql_where=which)
