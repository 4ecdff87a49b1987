"""Groups of an event's people, by what stands in a column of its list.

Each may have a design and texts of its own. No event has groups yet, so that everybody stays as
they are: in none. The group stands with each person, so that an index finds its people, and with
each certificate, so that later changes of the list say nothing else of what was issued.
"""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

_WITH_GROUP = ("volunteer", "certificate", "mail")


def upgrade() -> None:
    op.create_table(
        "event_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("column_title", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("design_id", sa.Integer()),
        sa.Column("wording", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_event_group_event_id"),
        sa.ForeignKeyConstraint(["design_id"], ["design.id"], name="fk_event_group_design_id"),
        sa.PrimaryKeyConstraint("id", name="pk_event_group"),
        sa.UniqueConstraint("event_id", "column_title", "value", name="uq_event_group_event_id"),
    )
    op.create_index("ix_event_group_design_id", "event_group", ["design_id"])
    op.add_column(
        "event", sa.Column("groups_version", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column("event", sa.Column("grouped_until", sa.Integer()))
    op.add_column(
        "fit_progress",
        sa.Column("groups_version", sa.Integer(), nullable=False, server_default="0"),
    )
    for table in _WITH_GROUP:
        op.add_column(table, sa.Column("group_id", sa.Integer()))
    in_a_group = sa.text("group_id IS NOT NULL")
    op.create_index(
        "ix_volunteer_group",
        "volunteer",
        ["event_id", "group_id", "id", "status"],
        sqlite_where=in_a_group,
        postgresql_where=in_a_group,
    )


def downgrade() -> None:
    op.drop_index("ix_volunteer_group", "volunteer")
    for table in _WITH_GROUP:
        op.drop_column(table, "group_id")
    op.drop_column("fit_progress", "groups_version")
    op.drop_column("event", "grouped_until")
    op.drop_column("event", "groups_version")
    op.drop_table("event_group")
