"""A design remembers which of the program's own designs its template is, and in what colours, so
that the certificate can be shown among them and be changed to another in the same colours.

Of designs that were made before, nobody knows.
"""

import sqlalchemy as sa
from alembic import op

revision = "0065"
down_revision = "0064"


def upgrade() -> None:
    op.add_column("design", sa.Column("gallery", sa.JSON(none_as_null=True), nullable=True))
