"""A design may have its template as a page without pixels, SVG or PDF, that PDF certificates carry.

What was designed before has none, so that its certificates stay the same bytes. A column of the
design and not of the picture: the same pixels may come once with such a page and once without.
"""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "vector_page",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_vector_page"),
    )
    # In one statement, since SQLite adds no constraint to a column that is there.
    op.execute(
        "ALTER TABLE design ADD COLUMN vector_sha256 VARCHAR(64) "
        "CONSTRAINT fk_design_vector_sha256 REFERENCES vector_page (sha256)"
    )


def downgrade() -> None:
    op.drop_column("design", "vector_sha256")
    op.drop_table("vector_page")
