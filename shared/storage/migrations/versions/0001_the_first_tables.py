"""The first tables: events, people, designs, mails, and what the worker tried."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("organization", sa.Text(), nullable=False),
        sa.Column("website", sa.Text(), nullable=False),
        sa.Column("frontend_url", sa.Text(), nullable=False),
        sa.Column("organizer_token_hash", sa.Text(), nullable=False),
        sa.Column("certificate_date", sa.Date(), nullable=True),
        sa.Column("number_pattern", sa.Text(), nullable=False),
        sa.Column("next_number", sa.Integer(), nullable=False),
        sa.Column("design_id", sa.Integer(), nullable=True),
        sa.Column("wording", sa.JSON(), nullable=False),
        sa.Column("sending", sa.String(32), nullable=False),
        sa.Column("ask_when_unsure", sa.Boolean(), nullable=False),
        sa.Column("corrections_allowed", sa.Boolean(), nullable=False),
        sa.Column("early_positions", sa.JSON(), nullable=False),
        sa.Column("early_account", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("organizer_token_hash", name=op.f("uq_event_organizer_token_hash")),
    )
    op.create_table(
        "picture",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("dpi", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_picture")),
    )
    op.create_table(
        "worker",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("process_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worker")),
    )
    op.create_table(
        "design",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("template_sha256", sa.String(length=64), nullable=False),
        sa.Column("layout", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_design_event_id")),
        sa.ForeignKeyConstraint(
            ["template_sha256"], ["picture.sha256"], name=op.f("fk_design_template_sha256")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_design")),
        sa.UniqueConstraint("event_id", "version", name=op.f("uq_design_event_id")),
    )
    op.create_table(
        "owner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("admin_token_hash", sa.Text(), nullable=False),
        sa.Column("default_event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["default_event_id"], ["event.id"], name=op.f("fk_owner_default_event_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_owner")),
    )
    op.create_table(
        "mail_account",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("from_address", sa.Text(), nullable=False),
        sa.Column("sealed_password", sa.Text(), nullable=True),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("port", sa.Integer(), nullable=False),
        sa.Column("security", sa.String(32), nullable=False),
        sa.Column("skip_auth", sa.Boolean(), nullable=False),
        sa.Column("min_second", sa.Double(), nullable=False),
        sa.Column("max_second", sa.Double(), nullable=False),
        sa.Column("per_minute", sa.Integer(), nullable=True),
        sa.Column("per_hour", sa.Integer(), nullable=True),
        sa.Column("per_day", sa.Integer(), nullable=True),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("needs_fixing", sa.Boolean(), nullable=False),
        sa.Column("pauses_in_a_row", sa.Integer(), nullable=False),
        sa.Column("trouble_code", sa.Integer(), nullable=True),
        sa.Column("trouble_text", sa.Text(), nullable=False),
        sa.Column("bad_counted_from", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_mail_account_event_id")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_mail_account")),
    )
    op.create_table(
        "rehearsal_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_rehearsal_mail_event_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rehearsal_mail")),
    )
    op.create_index(
        op.f("ix_rehearsal_mail_event_id"), "rehearsal_mail", ["event_id"], unique=False
    )

    op.create_table(
        "volunteer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("token", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("email_key", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("status", sa.SmallInteger(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("problem", sa.String(32), nullable=True),
        sa.Column("problem_text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_volunteer_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volunteer")),
        sa.UniqueConstraint("event_id", "email_key", name=op.f("uq_volunteer_event_id")),
        sa.UniqueConstraint("event_id", "number", name="uq_volunteer_number"),
        sa.UniqueConstraint("token", name=op.f("uq_volunteer_token")),
    )
    op.create_index("ix_volunteer_event_status", "volunteer", ["event_id", "status"], unique=False)

    op.create_table(
        "certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("design_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["design_id"], ["design.id"], name=op.f("fk_certificate_design_id")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_certificate_event_id")),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteer.id"], name=op.f("fk_certificate_volunteer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("public_id", name=op.f("uq_certificate_public_id")),
        sa.UniqueConstraint("volunteer_id", "revision", name=op.f("uq_certificate_volunteer_id")),
    )
    op.create_index(op.f("ix_certificate_event_id"), "certificate", ["event_id"], unique=False)

    op.create_table(
        "mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=True),
        sa.Column("certificate_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("code", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("maybe_duplicate", sa.Boolean(), nullable=False),
        sa.Column("wording_of", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f("fk_mail_certificate_id")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_mail_event_id")),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteer.id"], name=op.f("fk_mail_volunteer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
        sa.UniqueConstraint("volunteer_id", "kind", "version", name=op.f("uq_mail_volunteer_id")),
    )
    op.create_index("ix_mail_event_kind_state", "mail", ["event_id", "kind", "state"], unique=False)
    op.create_index(op.f("ix_mail_message_id"), "mail", ["message_id"], unique=False)
    op.create_index(
        "ix_mail_open",
        "mail",
        ["event_id", "due_at"],
        unique=False,
        sqlite_where=sa.text("state IN ('queued', 'sending')"),
        postgresql_where=sa.text("state IN ('queued', 'sending')"),
    )

    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mail_id", sa.Integer(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("try_number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("drawing_ms", sa.Double(), nullable=True),
        sa.Column("phase", sa.Text(), nullable=False),
        sa.Column("code", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["mail_id"], ["mail.id"], name=op.f("fk_attempt_mail_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )
    op.create_index("ix_attempt_account_at", "attempt", ["account", "at"], unique=False)
    op.create_index(op.f("ix_attempt_mail_id"), "attempt", ["mail_id"], unique=False)

    # Event and design point at each other; SQLite cannot add a foreign key to a table that exists.
    if op.get_bind().dialect.name != "sqlite":
        op.create_foreign_key("fk_event_design_id", "event", "design", ["design_id"], ["id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_attempt_mail_id"), table_name="attempt")
    op.drop_index("ix_attempt_account_at", table_name="attempt")

    op.drop_table("attempt")
    op.drop_index(
        "ix_mail_open",
        table_name="mail",
        sqlite_where=sa.text("state IN ('queued', 'sending')"),
        postgresql_where=sa.text("state IN ('queued', 'sending')"),
    )
    op.drop_index(op.f("ix_mail_message_id"), table_name="mail")
    op.drop_index("ix_mail_event_kind_state", table_name="mail")

    op.drop_table("mail")
    op.drop_index(op.f("ix_certificate_event_id"), table_name="certificate")

    op.drop_table("certificate")
    op.drop_index("ix_volunteer_event_status", table_name="volunteer")

    op.drop_table("volunteer")
    op.drop_index(op.f("ix_rehearsal_mail_event_id"), table_name="rehearsal_mail")

    op.drop_table("rehearsal_mail")
    op.drop_table("mail_account")
    op.drop_table("owner")
    op.drop_table("design")
    op.drop_table("worker")
    op.drop_table("picture")
    op.drop_table("event")
