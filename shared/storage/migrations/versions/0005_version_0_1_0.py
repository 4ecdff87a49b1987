"""Version 0.1.0: where its installations stand. New ones get their tables with 0047.

A backup that was made of one is filled into the tables as they were, and goes on from there.
"""

from typing import Any

import sqlalchemy as sa
from alembic import context, op

revision = "0005"
down_revision = None
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)
_STATE = sa.MetaData(
    naming_convention={
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True)


def _given(name: str, *kind: Any, **options: Any) -> sa.Column[Any]:
    return sa.Column(name, *kind, nullable=False, **options)


sa.Table(
    "event",
    _STATE,
    _id(),
    _given("name", sa.Text),
    _given("language", sa.Text),
    _given("time_zone", sa.Text),
    _given("organization", sa.Text),
    _given("website", sa.Text),
    _given("frontend_url", sa.Text),
    _given("organizer_token_hash", sa.Text),
    sa.Column("certificate_date", sa.Date),
    _given("number_pattern", sa.Text),
    _given("next_number", sa.Integer),
    sa.Column("design_id", sa.Integer),
    _given("wording", sa.JSON),
    _given("sending", sa.String(32)),
    _given("ask_when_unsure", sa.Boolean),
    _given("corrections_allowed", sa.Boolean),
    _given("early_positions", sa.JSON),
    _given("early_account", sa.JSON),
    _given("created_at", _TIME),
    _given("mailed_picture_limit", sa.Integer, server_default="1000000"),
    sa.UniqueConstraint("organizer_token_hash"),
)
sa.Table(
    "mail_account",
    _STATE,
    sa.Column("event_id", sa.Integer, sa.ForeignKey("event.id"), primary_key=True),
    _given("username", sa.Text),
    _given("from_address", sa.Text),
    sa.Column("sealed_password", sa.Text),
    _given("host", sa.Text),
    _given("port", sa.Integer),
    _given("security", sa.String(32)),
    _given("skip_auth", sa.Boolean),
    _given("min_second", sa.Double),
    _given("max_second", sa.Double),
    sa.Column("per_minute", sa.Integer),
    sa.Column("per_hour", sa.Integer),
    sa.Column("per_day", sa.Integer),
    sa.Column("next_at", _TIME),
    sa.Column("paused_until", _TIME),
    _given("needs_fixing", sa.Boolean),
    _given("pauses_in_a_row", sa.Integer),
    sa.Column("trouble_code", sa.Integer),
    _given("trouble_text", sa.Text),
    sa.Column("bad_counted_from", _TIME),
    sa.Column("connections", sa.Integer),
)
sa.Table(
    "picture",
    _STATE,
    sa.Column("sha256", sa.String(64), primary_key=True),
    _given("content", sa.LargeBinary),
    _given("media_type", sa.Text),
    _given("width", sa.Integer),
    _given("height", sa.Integer),
    sa.Column("dpi", sa.Double),
)
sa.Table(
    "design",
    _STATE,
    _id(),
    _given("event_id", sa.Integer, sa.ForeignKey("event.id")),
    _given("version", sa.Integer),
    _given("template_sha256", sa.String(64), sa.ForeignKey("picture.sha256")),
    _given("layout", sa.JSON),
    _given("created_at", _TIME),
    _given("jpeg_quality", sa.Integer, server_default="92"),
    sa.UniqueConstraint("event_id", "version"),
)
sa.Table(
    "owner",
    _STATE,
    _id(),
    _given("admin_token_hash", sa.Text),
    _given("default_event_id", sa.Integer, sa.ForeignKey("event.id")),
)
sa.Table(
    "volunteer",
    _STATE,
    _id(),
    _given("event_id", sa.Integer, sa.ForeignKey("event.id")),
    sa.Column("token", sa.Text),
    _given("name", sa.Text),
    _given("email", sa.Text),
    _given("email_key", sa.Text),
    _given("number", sa.Text),
    _given("status", sa.SmallInteger),
    _given("columns", sa.JSON),
    sa.Column("problem", sa.String(32)),
    _given("problem_text", sa.Text),
    _given("created_at", _TIME),
    sa.Column("submitted_at", _TIME),
    sa.UniqueConstraint("event_id", "email_key"),
    sa.UniqueConstraint("event_id", "number", name="uq_volunteer_number"),
    sa.UniqueConstraint("token"),
    sa.Index("ix_volunteer_event_status", "event_id", "status"),
)
sa.Table(
    "certificate",
    _STATE,
    _id(),
    _given("public_id", sa.Text),
    _given("event_id", sa.Integer, sa.ForeignKey("event.id")),
    _given("volunteer_id", sa.Integer, sa.ForeignKey("volunteer.id")),
    _given("design_id", sa.Integer, sa.ForeignKey("design.id")),
    _given("revision", sa.Integer),
    _given("name", sa.Text),
    _given("number", sa.Text),
    _given("date", sa.Date),
    _given("columns", sa.JSON),
    _given("language", sa.Text),
    _given("created_at", _TIME),
    sa.Column("replaced_at", _TIME),
    sa.UniqueConstraint("public_id"),
    sa.UniqueConstraint("volunteer_id", "revision"),
)
sa.Table(
    "mail",
    _STATE,
    _id(),
    _given("event_id", sa.Integer, sa.ForeignKey("event.id")),
    sa.Column("volunteer_id", sa.Integer, sa.ForeignKey("volunteer.id")),
    sa.Column("certificate_id", sa.Integer, sa.ForeignKey("certificate.id")),
    _given("kind", sa.String(32)),
    _given("version", sa.Integer),
    _given("state", sa.String(32)),
    _given("urgent", sa.Boolean),
    _given("due_at", _TIME),
    _given("tries", sa.Integer),
    _given("address", sa.Text),
    _given("message_id", sa.Text),
    _given("verdict", sa.Text),
    sa.Column("code", sa.Integer),
    _given("answer", sa.Text),
    _given("maybe_duplicate", sa.Boolean),
    _given("wording_of", sa.Text),
    _given("created_at", _TIME),
    sa.Column("sent_at", _TIME),
    sa.UniqueConstraint("volunteer_id", "kind", "version"),
    # By name alone, for 0047, which makes them anew with a condition.
    sa.Index("ix_mail_next", "event_id", "urgent", "due_at", "id"),
    sa.Index("ix_mail_open", "event_id", "due_at"),
)
sa.Table(
    "attempt",
    _STATE,
    _id(),
    _given("mail_id", sa.Integer, sa.ForeignKey("mail.id")),
    _given("account", sa.Text),
    _given("try_number", sa.Integer),
    _given("at", _TIME),
    sa.Column("ended_at", _TIME),
    sa.Column("drawing_ms", sa.Double),
    _given("phase", sa.Text),
    sa.Column("code", sa.Integer),
    _given("answer", sa.Text),
    _given("verdict", sa.Text),
    _given("address", sa.Text, server_default=""),
)
sa.Table(
    "font_file",
    _STATE,
    sa.Column("sha256", sa.String(64), primary_key=True),
    _given("content", sa.LargeBinary),
    _given("family", sa.Text),
    _given("created_at", _TIME),
)
sa.Table(
    "event_font",
    _STATE,
    sa.Column("event_id", sa.Integer, sa.ForeignKey("event.id"), primary_key=True),
    sa.Column("sha256", sa.String(64), sa.ForeignKey("font_file.sha256"), primary_key=True),
)


def upgrade() -> None:
    if context.get_revision_argument() != revision:
        return
    _STATE.create_all(op.get_bind())
    if op.get_bind().dialect.name == "postgresql":
        # Event and design point at each other; SQLite adds no foreign key to a table that exists.
        op.create_foreign_key("fk_event_design_id", "event", "design", ["design_id"], ["id"])
