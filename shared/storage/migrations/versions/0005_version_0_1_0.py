"""Version 0.1.0: where its installations stand.

A backup that was made of one is filled into these tables, and goes on from there.
"""

from alembic import op

from shared.storage.migrations.tables import tables

revision = "0005"
down_revision = None

_TABLES = {
    "event": """
        id integer key, name text, language text, time_zone text, organization text, website text,
        frontend_url text, organizer_token_hash text, certificate_date date?, number_pattern text,
        next_number integer, design_id integer?, wording json, sending string32,
        ask_when_unsure boolean, corrections_allowed boolean, early_positions json,
        early_account json, created_at time, mailed_picture_limit integer = 1000000,
        unique organizer_token_hash
    """,
    "mail_account": """
        event_id integer -> event.id key, username text, from_address text, sealed_password text?,
        host text, port integer, security string32, skip_auth boolean, min_second double,
        max_second double, per_minute integer?, per_hour integer?, per_day integer?, next_at time?,
        paused_until time?, needs_fixing boolean, pauses_in_a_row integer, trouble_code integer?,
        trouble_text text, bad_counted_from time?, connections integer?
    """,
    "picture": """
        sha256 string64 key, content bytes, media_type text, width integer, height integer,
        dpi double?
    """,
    "design": """
        id integer key, event_id integer -> event.id, version integer,
        template_sha256 string64 -> picture.sha256, layout json, created_at time,
        jpeg_quality integer = 92, unique event_id version
    """,
    "owner": "id integer key, admin_token_hash text, default_event_id integer -> event.id",
    "volunteer": """
        id integer key, event_id integer -> event.id, token text?, name text, email text,
        email_key text, number text, status smallint, columns json, problem string32?,
        problem_text text, created_at time, submitted_at time?, unique event_id email_key,
        unique event_id number as uq_volunteer_number, unique token
    """,
    "certificate": """
        id integer key, public_id text, event_id integer -> event.id,
        volunteer_id integer -> volunteer.id, design_id integer -> design.id, revision integer,
        name text, number text, date date, columns json, language text, created_at time,
        replaced_at time?, unique public_id, unique volunteer_id revision
    """,
    "mail": """
        id integer key, event_id integer -> event.id, volunteer_id integer? -> volunteer.id,
        certificate_id integer? -> certificate.id, kind string32, version integer, state string32,
        urgent boolean, due_at time, tries integer, address text, message_id text, verdict text,
        code integer?, answer text, maybe_duplicate boolean, wording_of text, created_at time,
        sent_at time?, unique volunteer_id kind version
    """,
    "attempt": """
        id integer key, mail_id integer -> mail.id, account text, try_number integer, at time,
        ended_at time?, drawing_ms double?, phase text, code integer?, answer text, verdict text,
        address text = ''
    """,
    "font_file": "sha256 string64 key, content bytes, family text, created_at time",
    "event_font": "event_id integer -> event.id key, sha256 string64 -> font_file.sha256 key",
}


def upgrade() -> None:
    tables(_TABLES).create_all(op.get_bind())
    if op.get_bind().dialect.name == "postgresql":
        # Event and design point at each other; SQLite adds no foreign key to a table that exists.
        op.create_foreign_key("fk_event_design_id", "event", "design", ["design_id"], ["id"])
