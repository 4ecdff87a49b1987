"""Certificates are signed as credentials, which others verify.

Who signs, with which keys; the lists by which credentials are revoked; what they thank for; and
the credentials. Certificates from before get theirs when somebody asks for it first.
"""

import sqlalchemy as sa
from alembic import op

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None

_AT = sa.DateTime(timezone=True)
_TO_SIGN = sa.text("credential_due IS true")
_TO_SIGN_SQLITE = sa.text("credential_due IS 1")


def upgrade() -> None:
    op.create_table(
        "issuer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("page", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", _AT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_issuer"),
        sa.UniqueConstraint("slug", name="uq_issuer_slug"),
    )
    op.create_table(
        "issuer_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issuer_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("public_key", sa.Text(), nullable=False),
        sa.Column("sealed_private_key", sa.Text(), nullable=True),
        sa.Column("created_at", _AT, nullable=False),
        sa.Column("retired_at", _AT, nullable=True),
        sa.Column("leaked_at", _AT, nullable=True),
        sa.ForeignKeyConstraint(["issuer_id"], ["issuer.id"], name="fk_issuer_key_issuer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_issuer_key"),
        sa.UniqueConstraint("issuer_id", "name", name="uq_issuer_key_issuer_id"),
    )
    op.create_table(
        "status_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("issuer_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("did", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("bits", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["issuer_id"], ["issuer.id"], name="fk_status_list_issuer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_status_list"),
        sa.UniqueConstraint("public_id", name="uq_status_list_public_id"),
    )
    op.create_index("ix_status_list_event_id", "status_list", ["event_id"])
    op.create_table(
        "achievement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_achievement_event_id"),
        sa.PrimaryKeyConstraint("id", name="pk_achievement"),
        sa.UniqueConstraint("public_id", name="uq_achievement_public_id"),
        sa.UniqueConstraint("event_id", "digest", name="uq_achievement_event_id"),
    )
    op.create_table(
        "credential",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("status_list_id", sa.Integer(), nullable=False),
        sa.Column("index", sa.Integer(), nullable=False),
        sa.Column("achievement_id", sa.Integer(), nullable=True),
        sa.Column("issuer_key_id", sa.Integer(), nullable=True),
        sa.Column("document", sa.LargeBinary(), nullable=True),
        sa.Column("did", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("titles", sa.JSON(), nullable=False),
        sa.Column("signed_at", _AT, nullable=True),
        sa.Column("revoked_at", _AT, nullable=True),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name="fk_credential_certificate_id"
        ),
        sa.ForeignKeyConstraint(
            ["status_list_id"], ["status_list.id"], name="fk_credential_status_list_id"
        ),
        sa.ForeignKeyConstraint(
            ["achievement_id"], ["achievement.id"], name="fk_credential_achievement_id"
        ),
        sa.ForeignKeyConstraint(
            ["issuer_key_id"], ["issuer_key.id"], name="fk_credential_issuer_key_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_credential"),
        sa.UniqueConstraint("certificate_id", "edition", name="uq_credential_certificate_id"),
        sa.UniqueConstraint("status_list_id", "index", name="uq_credential_status_list_id"),
    )
    for column in ("status_list_id", "achievement_id", "issuer_key_id"):
        op.create_index(f"ix_credential_{column}", "credential", [column])
    op.add_column("owner", sa.Column("sealed_place_key", sa.Text(), nullable=True))
    op.add_column(
        "certificate",
        sa.Column("credential_due", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.create_index(
        "ix_certificate_to_sign",
        "certificate",
        ["id"],
        sqlite_where=_TO_SIGN_SQLITE,
        postgresql_where=_TO_SIGN,
    )
    # In words that both databases take: SQLite adds no foreign key to a column that is there.
    op.execute(
        "ALTER TABLE event ADD COLUMN issuer_id INTEGER "
        "CONSTRAINT fk_event_issuer_id REFERENCES issuer (id)"
    )
    op.create_index("ix_event_issuer_id", "event", ["issuer_id"])
