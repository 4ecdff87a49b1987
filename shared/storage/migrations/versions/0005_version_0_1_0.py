"""Version 0.1.0: where its installations stand. New ones get their tables with 0047."""

revision = "0005"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
