"""Certificates that wait, and that nobody can have seen, can be taken back.

A mail says that it brings such a certificate. Those that wait now are found by what the log knows
of links that were copied and of files that were downloaded. A table or an archive may have
contained everybody's, so it counts for all people of its event.
"""

import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0062"

_AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("certificate", sa.Column("taken_back_at", _AT, nullable=True))
    op.add_column("volunteer", sa.Column("passed_on_at", _AT, nullable=True))
    op.add_column("mail", sa.Column("unseen_since", _AT, nullable=True))
    # Only where a certificate may wait, or will: others have had a mail, or entered a name.
    op.execute(
        """
        UPDATE volunteer SET passed_on_at = (
            SELECT max(audit_entry.at) FROM audit_entry
            WHERE audit_entry.event_id = volunteer.event_id
            AND audit_entry.action IN ('link_copied', 'exported')
            AND (audit_entry.volunteer_id = volunteer.id OR audit_entry.volunteer_id IS NULL)
        )
        WHERE status IN (0, 2, 3) AND submitted_at IS NULL AND erased_at IS NULL
        AND token IS NOT NULL
        """
    )
    op.execute(
        """
        UPDATE mail SET unseen_since = created_at
        WHERE kind = 'certificate' AND state IN ('queued', 'sending')
        AND sent_at IS NULL AND NOT maybe_duplicate
        AND EXISTS (
            SELECT 1 FROM certificate WHERE certificate.id = mail.certificate_id
            AND certificate.by_organizer AND certificate.replaced_at IS NULL
            AND certificate.withdrawn_at IS NULL
        )
        AND EXISTS (
            SELECT 1 FROM volunteer WHERE volunteer.id = mail.volunteer_id
            AND volunteer.submitted_at IS NULL AND volunteer.passed_on_at IS NULL
            AND volunteer.erased_at IS NULL
        )
        AND NOT EXISTS (
            SELECT 1 FROM mail AS other WHERE other.volunteer_id = mail.volunteer_id
            AND other.id <> mail.id
            AND (other.sent_at IS NOT NULL OR other.maybe_duplicate
                 OR other.state IN ('sending', 'unsure')
                 OR (other.state = 'queued' AND other.kind <> 'invitation'))
        )
        """
    )
    op.execute(
        "CREATE INDEX ix_mail_unseen ON mail (event_id, id, state, tries, unseen_since) "
        "WHERE unseen_since IS NOT NULL AND state IN ('queued', 'sending')"
    )
