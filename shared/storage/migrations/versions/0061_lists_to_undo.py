"""What a list changed is kept for a few days, sealed, so that it can be undone.

Lists that were brought earlier stay as they are.
"""

from alembic import op

from shared.storage.migrations.tables import tables

revision = "0061"
down_revision = "0060"

_TABLES = {
    "event": "id integer key",
    "volunteer": "id integer key",
    "list_import": """
        id integer key, event_id integer -> event.id, at time, reading text, added integer,
        updated integer
    """,
    "list_change": """
        id integer key, import_id integer -> list_import.id cascade,
        volunteer_id integer -> volunteer.id cascade, left_as text, sealed_before text?,
        certificate_id integer?
    """,
}


def upgrade() -> None:
    tables(_TABLES, names={}).create_all(op.get_bind())
    op.create_index("ix_list_import_event_id", "list_import", ["event_id"])
    op.create_index("ix_list_import_age", "list_import", ["at"])
    op.create_index("ix_list_change_import_id", "list_change", ["import_id"])
    op.create_index("ix_list_change_volunteer_id", "list_change", ["volunteer_id"])
