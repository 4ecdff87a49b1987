"""Lines of a long list wait as rows until a job stores them."""

from alembic import op

from shared.storage.migrations.tables import tables

revision = "0094"
down_revision = "0093"
compatible = True

_LINE = """
    id integer key, list_id integer -> list_import.id cascade, address_hash text,
    listed_hash text?, number text, sealed text?
"""


def upgrade() -> None:
    tables({"list_import": "id integer key", "list_line": _LINE}).create_all(op.get_bind())
    op.create_index("ix_list_line_number", "list_line", ["list_id", "number"])
    op.create_index("ix_list_line_address_hash", "list_line", ["address_hash"])
    op.create_index("ix_list_line_listed_hash", "list_line", ["listed_hash"])
