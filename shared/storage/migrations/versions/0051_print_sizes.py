"""A design knows how large its PDF certificates are, since a template may say so.

What was designed before says nothing, and stays as large as it is: the size follows from the
template's shape.
"""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"


def upgrade() -> None:
    op.add_column("design", sa.Column("print_dpi", sa.Double(), nullable=True))
