"""When somebody was invited is said by their own row, and no longer by whether they have a link.

So a link can be copied before the invitation, and nobody gets one that nobody will ever learn.
Those invited so far are known by their invitations, also those taken back. What counts people to
invite, or to get a certificate with the name on the list, knows forgotten addresses.
"""

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"

_KNOWN = "erased_at IS NULL AND address_forgotten_at IS NULL"
_TO_INVITE = f"status = 0 AND asked_at IS NULL AND {_KNOWN}"
_ASKED = "event_id, status, asked_at, erased_at, address_forgotten_at"
_INDEXES = {
    "not_invited": f"({_ASKED}) WHERE {_TO_INVITE}",
    "to_ask": f"({_ASKED}, listed_name) WHERE {_TO_INVITE} AND listed_name = ''",
    "to_issue": "(event_id, status, problem, reopened_at, erased_at, address_forgotten_at, listed_name)"
    " WHERE status < 2 AND listed_name <> '' AND problem IS NULL AND reopened_at IS NULL"
    f" AND {_KNOWN}",
}


def upgrade() -> None:
    op.add_column("volunteer", sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        """
        UPDATE volunteer SET asked_at = (
            SELECT min(mail.created_at) FROM mail
            WHERE mail.volunteer_id = volunteer.id AND mail.kind = 'invitation'
        ) WHERE token IS NOT NULL
        """
    )
    for name, words in _INDEXES.items():
        op.drop_index(f"ix_volunteer_{name}", "volunteer")
        op.execute(f"CREATE INDEX ix_volunteer_{name} ON volunteer {words}")
