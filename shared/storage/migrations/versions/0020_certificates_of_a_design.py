"""An index on a certificate's design, so that designs that nobody needs are found at once."""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_certificate_design_id", "certificate", ["design_id"])


def downgrade() -> None:
    op.drop_index("ix_certificate_design_id", "certificate")
