"""The tables of 2026-11-26, and how an installation of version 0.1.0 comes to have them.

A new installation gets them as they stand here; later migrations go on from there.
"""

import json
import sqlite3
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import CreateColumn

revision = "0047"
down_revision = "0005"
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
    _given("frontend_url_by_owner", sa.Boolean, server_default=sa.false()),
    _given("list_columns", sa.JSON, server_default="[]"),
    sa.Column("live_at", _TIME),
    _given("contact_address", sa.Text, server_default=""),
    _given("is_forgetting_rehearsal", sa.Boolean, server_default=sa.false()),
    sa.Column("account_id", sa.Integer, sa.ForeignKey("sending_account.id")),
    _given("from_address", sa.Text, server_default=""),
    sa.Column("archived_at", _TIME),
    sa.Column("deleted_at", _TIME),
    _given("list_mappings", sa.JSON, server_default="{}"),
    _given("responsible_organization", sa.Text, server_default=""),
    _given("privacy_contact", sa.Text, server_default=""),
    _given("privacy_texts", sa.JSON, server_default="{}"),
    _given("naming", sa.Text, server_default="ask"),
    sa.Column("names_until", sa.Date),
    sa.Column("issue_at", _TIME),
    sa.Column("retention_days", sa.Integer),
    sa.Column("retention_at", _TIME),
    _given("groups_version", sa.Integer, server_default="0"),
    sa.Column("grouped_until", sa.Integer),
    sa.UniqueConstraint("organizer_token_hash"),
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
    "worker",
    _STATE,
    sa.Column("id", sa.String(64), primary_key=True),
    _given("host", sa.Text),
    _given("process_id", sa.Integer),
    _given("started_at", _TIME),
    _given("seen_at", _TIME),
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
    sa.Column("typesetting", sa.JSON),
    sa.Column("vector_sha256", sa.String(64), sa.ForeignKey("vector_page.sha256")),
    sa.UniqueConstraint("event_id", "version"),
)
sa.Table(
    "owner",
    _STATE,
    _id(),
    _given("admin_token_hash", sa.Text),
    _given("default_event_id", sa.Integer, sa.ForeignKey("event.id")),
    sa.Column("sealed_address_key", sa.Text),
)
sa.Table(
    "rehearsal_mail",
    _STATE,
    _id(),
    sa.Column("event_id", sa.Integer, sa.ForeignKey("event.id")),
    _given("received_at", _TIME),
    _given("recipient", sa.Text),
    _given("subject", sa.Text),
    _given("content", sa.LargeBinary),
    _given("is_sealed", sa.Boolean, server_default=sa.false()),
)
sa.Table(
    "volunteer",
    _STATE,
    _id(),
    _given("event_id", sa.Integer, sa.ForeignKey("event.id")),
    sa.Column("token", sa.Text),
    _given("given_name", sa.Text),
    _given("email", sa.Text),
    _given("email_key", sa.Text),
    _given("number", sa.Text),
    _given("status", sa.SmallInteger),
    _given("columns", sa.JSON),
    sa.Column("problem", sa.String(32)),
    _given("problem_text", sa.Text),
    _given("created_at", _TIME),
    sa.Column("submitted_at", _TIME),
    _given("listed_name", sa.Text, server_default=""),
    sa.Column("reopened_at", _TIME),
    sa.Column("reminders_ended_at", _TIME),
    sa.Column("erased_at", _TIME),
    sa.Column("address_forgotten_at", _TIME),
    sa.Column("secrets", sa.JSON),
    sa.Column("group_id", sa.Integer),
    sa.UniqueConstraint("event_id", "email_key"),
    sa.UniqueConstraint("event_id", "number", name="uq_volunteer_number"),
    sa.UniqueConstraint("token"),
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
    sa.Column("typesetting", sa.JSON),
    _given("is_correction", sa.Boolean, server_default=sa.false()),
    _given("by_organizer", sa.Boolean, server_default=sa.false()),
    sa.Column("withdrawn_at", _TIME),
    _given("withdrawal_reason", sa.Text, server_default=""),
    _given("undone_withdrawals", sa.JSON, server_default="[]"),
    sa.Column("secrets", sa.JSON),
    _given("public_columns", sa.JSON, server_default="[]"),
    sa.Column("group_id", sa.Integer),
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
    sa.Column("returned_at", _TIME),
    sa.Column("group_id", sa.Integer),
    sa.UniqueConstraint("volunteer_id", "kind", "version"),
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
sa.Table(
    "search_backlog",
    _STATE,
    _given("last_id", sa.Integer),
)
sa.Table(
    "sending_account",
    _STATE,
    _id(),
    _given("username", sa.Text),
    sa.Column("sealed_password", sa.Text),
    _given("password_shown", sa.Boolean),
    sa.Column("proof", sa.Text),
    _given("signed_in", sa.Boolean),
    _given("host", sa.Text),
    _given("port", sa.Integer),
    _given("host_by_owner", sa.Boolean),
    _given("security", sa.String(32)),
    _given("skip_auth", sa.Boolean),
    _given("min_second", sa.Double),
    _given("max_second", sa.Double),
    sa.Column("per_minute", sa.Integer),
    sa.Column("per_hour", sa.Integer),
    sa.Column("per_day", sa.Integer),
    sa.Column("connections", sa.Integer),
    sa.Column("next_at", _TIME),
    sa.Column("paused_until", _TIME),
    _given("needs_fixing", sa.Boolean),
    _given("pauses_in_a_row", sa.Integer),
    sa.Column("trouble_code", sa.Integer),
    _given("trouble_text", sa.Text),
    sa.Column("bad_counted_from", _TIME),
    _given("transport", sa.Text, server_default="smtp"),
    _given("by_token", sa.Boolean, server_default=sa.false()),
)
sa.Table(
    "access_key",
    _STATE,
    _id(),
    _given("event_id", sa.Integer, sa.ForeignKey("event.id")),
    _given("name", sa.Text),
    _given("role", sa.Text),
    _given("key_hash", sa.Text),
    _given("hint", sa.Text),
    _given("created_at", _TIME),
    sa.Column("created_by", sa.Integer, sa.ForeignKey("access_key.id")),
    sa.Column("last_used_at", _TIME),
    sa.Column("expires_at", _TIME),
    sa.Column("revoked_at", _TIME),
    sa.Column("issuer", sa.Text),
    sa.Column("subject", sa.Text),
    sa.UniqueConstraint("key_hash"),
)
sa.Table(
    "audit_entry",
    _STATE,
    _id(),
    _given("at", _TIME),
    sa.Column("event_id", sa.Integer),
    _given("action", sa.Text),
    sa.Column("by_key_id", sa.Integer),
    sa.Column("by_role", sa.Text),
    _given("by_name", sa.Text),
    _given("network", sa.Text),
    sa.Column("volunteer_id", sa.Integer),
    sa.Column("key_id", sa.Integer),
    sa.Column("count", sa.Integer),
    _given("fields", sa.JSON),
)
sa.Table(
    "erased_address",
    _STATE,
    sa.Column("event_id", sa.Integer, sa.ForeignKey("event.id"), primary_key=True),
    sa.Column("address_hash", sa.String(64), primary_key=True),
    _given("erased_at", _TIME),
)
sa.Table(
    "colleague_invitation",
    _STATE,
    _id(),
    _given("event_id", sa.Integer, sa.ForeignKey("event.id")),
    _given("name", sa.Text),
    _given("role", sa.Text),
    _given("nonce", sa.Text),
    _given("token_hash", sa.Text),
    sa.Column("mail_id", sa.Integer, sa.ForeignKey("mail.id")),
    _given("created_at", _TIME),
    sa.Column("created_by", sa.Integer, sa.ForeignKey("access_key.id")),
    _given("expires_at", _TIME),
    sa.Column("access_expires_at", _TIME),
    sa.Column("revoked_at", _TIME),
    sa.Column("taken_at", _TIME),
    sa.Column("taken_by", sa.Integer, sa.ForeignKey("access_key.id")),
    sa.UniqueConstraint("token_hash"),
)
sa.Table(
    "bounce_mailbox",
    _STATE,
    _id(),
    _given("account_id", sa.Integer, sa.ForeignKey("sending_account.id", ondelete="CASCADE")),
    _given("host", sa.Text),
    _given("port", sa.Integer),
    _given("security", sa.String(32)),
    _given("username", sa.Text),
    sa.Column("sealed_password", sa.Text),
    _given("host_by_owner", sa.Boolean),
    _given("folder", sa.Text),
    _given("move_to", sa.Text),
    sa.Column("uid_validity", sa.BigInteger),
    _given("last_uid", sa.BigInteger),
    _given("next_look_at", _TIME),
    sa.Column("looked_at", _TIME),
    _given("trouble", sa.Text),
    _given("way", sa.Text, server_default="imap"),
    sa.Column("read_until", _TIME),
    sa.UniqueConstraint("account_id"),
)
sa.Table(
    "bounce_report",
    _STATE,
    _id(),
    _given("mail_id", sa.Integer, sa.ForeignKey("mail.id", ondelete="CASCADE")),
    _given("key", sa.String(64)),
    _given("verdict", sa.String(32)),
    _given("address", sa.Text),
    _given("answer", sa.Text),
    _given("found_at", _TIME),
    sa.UniqueConstraint("key"),
)
sa.Table(
    "console_session",
    _STATE,
    _id(),
    _given("token_hash", sa.Text),
    sa.Column("secret_hash", sa.Text),
    sa.Column("issuer", sa.Text),
    sa.Column("subject", sa.Text),
    _given("name", sa.Text),
    _given("created_at", _TIME),
    _given("seen_at", _TIME),
    _given("expires_at", _TIME),
    sa.Column("confirmed_at", _TIME),
    _given("browser", sa.Text),
    _given("network", sa.Text),
    sa.UniqueConstraint("token_hash"),
)
sa.Table(
    "fit_progress",
    _STATE,
    sa.Column("event_id", sa.Integer, sa.ForeignKey("event.id"), primary_key=True),
    _given("design_id", sa.Integer),
    _given("volunteer_id", sa.Integer),
    _given("is_whole", sa.Boolean, server_default=sa.false()),
    _given("groups_version", sa.Integer, server_default="0"),
)
sa.Table(
    "crowded_name",
    _STATE,
    sa.Column("volunteer_id", sa.Integer, primary_key=True, autoincrement=False),
    _given("event_id", sa.Integer, sa.ForeignKey("event.id")),
    _given("crowding", sa.Double),
)
sa.Table(
    "vector_page",
    _STATE,
    sa.Column("sha256", sa.String(64), primary_key=True),
    _given("content", sa.LargeBinary),
    _given("media_type", sa.Text),
)
sa.Table(
    "mail_sign_in",
    _STATE,
    _id(),
    _given("account_id", sa.Integer, sa.ForeignKey("sending_account.id", ondelete="CASCADE")),
    _given("provider", sa.Text),
    _given("scope", sa.Text),
    _given("authorize_url", sa.Text),
    _given("token_url", sa.Text),
    _given("client_id", sa.Text),
    sa.Column("sealed_client_secret", sa.Text),
    _given("urls_by_owner", sa.Boolean),
    sa.Column("sealed_refresh_token", sa.Text),
    _given("address", sa.Text),
    sa.Column("signed_in_at", _TIME),
    _given("trouble", sa.Text),
    sa.Column("renewing_until", _TIME),
    _given("version", sa.Integer),
    sa.UniqueConstraint("account_id"),
)
sa.Table(
    "mail_access_token",
    _STATE,
    _id(),
    _given("sign_in_id", sa.Integer, sa.ForeignKey("mail_sign_in.id", ondelete="CASCADE")),
    _given("scope", sa.Text),
    _given("sealed_token", sa.Text),
    _given("expires_at", _TIME),
    sa.UniqueConstraint("sign_in_id", "scope"),
)
sa.Table(
    "list_column",
    _STATE,
    _id(),
    _given("event_id", sa.Integer, sa.ForeignKey("event.id")),
    _given("title", sa.Text),
    _given("kind", sa.Text),
    _given("unit", sa.Text),
    _given("is_public", sa.Boolean, server_default=sa.false()),
    _given("is_in_full", sa.Boolean, server_default=sa.false()),
    _given("backlog", sa.Integer),
    _given("total", sa.Text),
    _given("read_count", sa.Integer),
    _given("unread_count", sa.Integer),
    sa.UniqueConstraint("event_id", "title"),
)
sa.Table(
    "unread_value",
    _STATE,
    sa.Column(
        "column_id",
        sa.Integer,
        sa.ForeignKey("list_column.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    sa.Column(
        "volunteer_id",
        sa.Integer,
        sa.ForeignKey("volunteer.id", ondelete="CASCADE"),
        primary_key=True,
    ),
)
sa.Table(
    "event_group",
    _STATE,
    _id(),
    _given("event_id", sa.Integer, sa.ForeignKey("event.id")),
    _given("column_title", sa.Text),
    _given("value", sa.Text),
    _given("name", sa.Text),
    sa.Column("design_id", sa.Integer, sa.ForeignKey("design.id")),
    _given("wording", sa.JSON),
    sa.UniqueConstraint("event_id", "column_title", "value"),
)

# The same words for both databases.
_INDEXES = (
    "INDEX ix_access_key_event_id ON access_key (event_id)",
    "UNIQUE INDEX ix_access_key_identity ON access_key (issuer, subject, event_id) WHERE issuer IS NOT NULL AND revoked_at IS NULL",
    "INDEX ix_attempt_account_at ON attempt (account, at)",
    "INDEX ix_attempt_mail_id ON attempt (mail_id)",
    "INDEX ix_audit_entry_action ON audit_entry (event_id, action, at, id)",
    "INDEX ix_audit_entry_age ON audit_entry (at)",
    "INDEX ix_audit_entry_at ON audit_entry (event_id, at, id)",
    "INDEX ix_audit_entry_by ON audit_entry (event_id, by_key_id, by_role, at, id)",
    "INDEX ix_audit_entry_by_action ON audit_entry (event_id, by_key_id, by_role, action, at, id)",
    "INDEX ix_audit_entry_network ON audit_entry (event_id, network, at, id)",
    "INDEX ix_audit_entry_noticed ON audit_entry (event_id, at, id) WHERE action IN ('account_changed', 'account_forgotten', 'key_created', 'key_revoked', 'token_renewed', 'invitation_taken', 'identity_bound', 'retention_changed', 'owner_token_changed', 'sealing_keys_rotated')",
    "INDEX ix_audit_entry_volunteer ON audit_entry (event_id, volunteer_id, at, id) WHERE volunteer_id IS NOT NULL",
    "INDEX ix_bounce_report_mail_id ON bounce_report (mail_id)",
    "INDEX ix_certificate_design_id ON certificate (design_id)",
    "INDEX ix_certificate_event_id ON certificate (event_id)",
    "INDEX ix_certificate_not_set ON certificate (id) WHERE typesetting IS NULL",
    "INDEX ix_certificate_secrets ON certificate (id) WHERE secrets IS NOT NULL",
    "INDEX ix_certificate_standing ON certificate (event_id, design_id, volunteer_id, replaced_at, withdrawn_at) WHERE replaced_at IS NULL AND withdrawn_at IS NULL",
    "INDEX ix_certificate_withdrawn ON certificate (event_id, volunteer_id) WHERE withdrawn_at IS NOT NULL",
    "INDEX ix_colleague_invitation_event_id ON colleague_invitation (event_id)",
    "INDEX ix_colleague_invitation_mail_id ON colleague_invitation (mail_id)",
    "INDEX ix_console_session_expires_at ON console_session (expires_at)",
    "INDEX ix_console_session_identity ON console_session (issuer, subject)",
    "INDEX ix_console_session_secret_hash ON console_session (secret_hash)",
    "INDEX ix_crowded_name_event ON crowded_name (event_id, crowding)",
    "INDEX ix_event_account_id ON event (account_id)",
    "INDEX ix_event_group_design_id ON event_group (design_id)",
    "INDEX ix_event_issue_at ON event (issue_at)",
    "INDEX ix_list_column_backlog ON list_column (id) WHERE backlog > 0",
    "INDEX ix_mail_certificate ON mail (certificate_id) WHERE certificate_id IS NOT NULL",
    "INDEX ix_mail_event_kind_state ON mail (event_id, kind, state)",
    "INDEX ix_mail_message_id ON mail (message_id)",
    "INDEX ix_mail_next ON mail (event_id, urgent, due_at, id, kind, state, verdict) WHERE state IN ('queued', 'sending')",
    "INDEX ix_mail_not_arrived ON mail (event_id, id) WHERE state IN ('failed', 'unsure')",
    "INDEX ix_mail_requested ON mail (event_id, created_at) WHERE kind = 'link_request'",
    "INDEX ix_mail_returned ON mail (event_id, kind, state, returned_at) WHERE returned_at IS NOT NULL AND state = 'failed'",
    "INDEX ix_mail_test ON mail (event_id, due_at, id) WHERE volunteer_id IS NULL AND state IN ('queued', 'sending')",
    "INDEX ix_rehearsal_mail_event_id ON rehearsal_mail (event_id)",
    "INDEX ix_rehearsal_mail_recipient ON rehearsal_mail (event_id, recipient)",
    "UNIQUE INDEX ix_sending_account_proven ON sending_account (proof) WHERE signed_in",
    "INDEX ix_unread_value_volunteer_id ON unread_value (volunteer_id)",
    "INDEX ix_volunteer_forgotten ON volunteer (event_id, email_key) WHERE address_forgotten_at IS NOT NULL",
    "INDEX ix_volunteer_group ON volunteer (event_id, group_id, id, status) WHERE group_id IS NOT NULL",
    "INDEX ix_volunteer_held ON volunteer (event_id, status, problem) WHERE status < 2 AND problem IN ('name_does_not_fit', 'no_glyph')",
    "INDEX ix_volunteer_kept ON volunteer (event_id, created_at, id) WHERE erased_at IS NULL AND address_forgotten_at IS NULL",
    "INDEX ix_volunteer_list ON volunteer (event_id, id, status)",
    "INDEX ix_volunteer_name_length ON volunteer (event_id, length(coalesce(nullif(given_name, ''), listed_name)))",
    "INDEX ix_volunteer_not_invited ON volunteer (event_id, status, token, erased_at) WHERE status = 0 AND token IS NULL AND erased_at IS NULL",
    "INDEX ix_volunteer_opted_out ON volunteer (email_key, event_id) WHERE reminders_ended_at IS NOT NULL",
    "INDEX ix_volunteer_problem ON volunteer (event_id, id, problem) WHERE problem IS NOT NULL",
    "INDEX ix_volunteer_reminders_ended ON volunteer (event_id, id) WHERE reminders_ended_at IS NOT NULL",
    "INDEX ix_volunteer_secrets ON volunteer (id) WHERE secrets IS NOT NULL",
    "INDEX ix_volunteer_status ON volunteer (event_id, status, id)",
    "INDEX ix_volunteer_to_ask ON volunteer (event_id, status, token, erased_at, listed_name) WHERE status = 0 AND token IS NULL AND erased_at IS NULL AND listed_name = ''",
    "INDEX ix_volunteer_to_issue ON volunteer (event_id, status, problem, reopened_at, listed_name) WHERE status < 2 AND listed_name <> '' AND problem IS NULL AND reopened_at IS NULL",
)
# Asked for at every start: behind large contents, the flag alone is slow to read.
_CLEAR_MAILS = {
    "sqlite": "INDEX ix_rehearsal_mail_clear ON rehearsal_mail (id) WHERE is_sealed = 0",
    "postgresql": "INDEX ix_rehearsal_mail_clear ON rehearsal_mail (id) WHERE NOT is_sealed",
}


def upgrade() -> None:
    database = op.get_bind()
    dialect = database.dialect.name
    is_new = not sa.inspect(database).has_table("event")
    if not is_new:
        _rename()
    _STATE.create_all(database)
    if not is_new:
        _add_columns(database)
        _bring_over(database)
    elif dialect == "postgresql":
        # Event and design point at each other; SQLite adds no foreign key to a table that exists.
        op.create_foreign_key("fk_event_design_id", "event", "design", ["design_id"], ["id"])
    for index in (*_INDEXES, _CLEAR_MAILS[dialect]):
        op.execute(sa.text(f"CREATE {index}".replace(" INDEX ", " INDEX IF NOT EXISTS ", 1)))
    for statement in _SEARCH[dialect]:
        op.execute(statement)
    if dialect == "sqlite" and sqlite3.sqlite_version_info >= (3, 42):
        # Who is removed leaves nothing behind in the file.
        op.execute(
            "INSERT INTO volunteer_search (volunteer_search, rank) VALUES ('secure-delete', 1)"
        )


def _rename() -> None:
    """What 0.1.0 called otherwise, or indexed by other columns."""
    # Alembic would copy the whole table on SQLite.
    op.execute("ALTER TABLE volunteer RENAME COLUMN name TO given_name")
    for index in ("ix_volunteer_event_status", "ix_mail_open", "ix_mail_next"):
        op.execute(f"DROP INDEX {index}")


def _add_columns(database: sa.Connection) -> None:
    """Each with its default, and its foreign key in the words that both databases take."""
    inspector = sa.inspect(database)
    for table in _STATE.sorted_tables:
        there = {column["name"] for column in inspector.get_columns(table.name)}
        for column in table.columns:
            if column.name in there:
                continue
            words = str(CreateColumn(column).compile(dialect=database.dialect))
            for key in column.foreign_keys:
                to = key.column
                words += f" CONSTRAINT fk_{table.name}_{column.name}"
                words += f" REFERENCES {to.table.name} ({to.name})"
            op.execute(sa.text(f"ALTER TABLE {table.name} ADD COLUMN {words}"))


def _bring_over(database: sa.Connection) -> None:
    for statement in _FROM_0_1_0:
        op.execute(statement)
    if database.dialect.name == "postgresql":
        # The ids were given here, which the sequence does not know of.
        op.execute(
            "SELECT setval(pg_get_serial_sequence('sending_account', 'id'), "
            "(SELECT coalesce(max(id), 0) + 1 FROM sending_account), false)"
        )
    for event_id, titles in _titles_by_event(database).items():
        database.execute(
            sa.text("UPDATE event SET list_columns = :titles WHERE id = :id"),
            {"titles": json.dumps(list(titles)), "id": event_id},
        )


_FROM_0_1_0 = (
    # Who has submitted has overwritten what the list said; that is gone.
    """UPDATE volunteer SET listed_name = given_name, given_name = ''
    WHERE submitted_at IS NULL AND given_name <> ''""",
    # What was entered before goes on working, wherever it lies.
    "UPDATE event SET frontend_url_by_owner = true",
    # An account alone made an event live; since when it had one, nobody wrote down.
    "UPDATE event SET live_at = created_at WHERE id IN (SELECT event_id FROM mail_account)",
    # Paused is what a mail server asks for.
    "UPDATE event SET sending = 'stopped' WHERE sending = 'paused'",
    # An account becomes a row of its own. Whether several are the same one needs the keys, which
    # the program has at its start, as it has the proof.
    """INSERT INTO sending_account (
        id, username, sealed_password, password_shown, signed_in, host, port, host_by_owner,
        security, skip_auth, min_second, max_second, per_minute, per_hour, per_day, connections,
        next_at, paused_until, needs_fixing, pauses_in_a_row, trouble_code, trouble_text,
        bad_counted_from
    ) SELECT
        row_number() OVER (ORDER BY event_id), username, sealed_password,
        sealed_password IS NOT NULL,
        sealed_password IS NOT NULL AND NOT skip_auth AND EXISTS (
            SELECT 1 FROM attempt JOIN mail ON mail.id = attempt.mail_id
            WHERE attempt.account = lower(username || '@' || host || ':' || port)
            AND attempt.verdict = 'sent' AND mail.event_id = mail_account.event_id
        ),
        host, port, true, security, skip_auth, min_second, max_second, per_minute, per_hour,
        per_day, connections, next_at, paused_until, needs_fixing, pauses_in_a_row, trouble_code,
        trouble_text, bad_counted_from
    FROM mail_account ORDER BY event_id""",
    """UPDATE event SET
        account_id = (
            SELECT count(*) FROM mail_account AS one WHERE one.event_id <= event.id
        ),
        from_address = (SELECT from_address FROM mail_account WHERE event_id = event.id)
    WHERE id IN (SELECT event_id FROM mail_account)""",
    "DROP TABLE mail_account",
    # Up to this id, people of before are indexed later, while everything runs.
    """INSERT INTO search_backlog (last_id)
    SELECT max(id) FROM volunteer HAVING max(id) IS NOT NULL""",
)


def _titles_by_event(database: sa.Connection) -> dict[int, dict[str, None]]:
    """In the order in which they came. Equal sets of titles are looked at once."""
    found: dict[int, dict[str, None]] = {}
    seen: set[tuple[int, tuple[str, ...]]] = set()
    rows = database.execute(
        sa.text(
            "SELECT event_id, CAST(columns AS TEXT) FROM volunteer "
            "WHERE CAST(columns AS TEXT) <> '{}' ORDER BY id"
        ),
        execution_options={"yield_per": 1000},
    )
    for event_id, columns in rows:
        titles = tuple(json.loads(columns))
        if (event_id, titles) not in seen:
            seen.add((event_id, titles))
            found.setdefault(event_id, {}).update(dict.fromkeys(titles))
    return found


# An index of parts of words, so that a search of a long list reads no other rows. SQLite's triggers
# are made at each start (`search_triggers.follow_changes`). 2 000 places are more than address,
# names and number have together.
_SEARCH = {
    "sqlite": (
        "CREATE VIRTUAL TABLE volunteer_search USING "
        "fts5(grams, content = '', detail = 'none', columnsize = 0, tokenize = 'ascii')",
        "CREATE TABLE search_place (place INTEGER NOT NULL PRIMARY KEY)",
        """INSERT INTO search_place
        WITH RECURSIVE places(place) AS (
            SELECT 1 UNION ALL SELECT place + 1 FROM places WHERE place < 2000
        ) SELECT place FROM places""",
    ),
    "postgresql": (
        """CREATE TABLE volunteer_search (
            volunteer_id integer PRIMARY KEY REFERENCES volunteer ON DELETE CASCADE,
            grams tsvector NOT NULL
        )""",
        # New entries wait in a list of this many KB, and go into the index together: a third of the
        # cost.
        """CREATE INDEX ix_volunteer_search ON volunteer_search
        USING gin (grams) WITH (fastupdate = on, gin_pending_list_limit = 1024)""",
        # In a loop: half of the cost of generate_series.
        """
CREATE FUNCTION volunteer_grams(event integer, VARIADIC columns text[]) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    words text := lower(array_to_string(columns, E'\\n'));
    before text := event || ':';
    grams text[] := '{}';
BEGIN
    FOR place IN 1 .. length(words) LOOP
        grams := grams || (before || substr(words, place, 3));
    END LOOP;
    RETURN array_to_tsvector(grams);
END
$$
""",
        """
CREATE FUNCTION follow_volunteer_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO volunteer_search (volunteer_id, grams) VALUES (
        new.id,
        volunteer_grams(
            new.event_id, new.email_key, new.listed_name, new.given_name, new.number
        )
    )
    ON CONFLICT (volunteer_id) DO UPDATE SET grams = excluded.grams;
    RETURN NULL;
END
$$
""",
        """CREATE TRIGGER volunteer_search_added AFTER INSERT ON volunteer
        FOR EACH ROW EXECUTE FUNCTION follow_volunteer_search()""",
        """CREATE TRIGGER volunteer_search_changed
        AFTER UPDATE OF event_id, email_key, listed_name, given_name, number ON volunteer
        FOR EACH ROW EXECUTE FUNCTION follow_volunteer_search()""",
    ),
}
