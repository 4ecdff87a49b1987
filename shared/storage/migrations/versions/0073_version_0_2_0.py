"""The tables of version 0.2.0, the first that later versions start from.

Its databases and backups stand at this revision, whatever had led to it.
"""

import sqlite3

from alembic import op

from shared.storage.migrations.tables import tables

revision = "0073"
down_revision = None

_TABLES = {
    "access_key": """
        id integer key, event_id integer -> event.id, name text, role text, key_hash text,
        hint text, created_at time, created_by integer? -> access_key.id, last_used_at time?,
        expires_at time?, revoked_at time?, issuer text?, subject text?, unique key_hash
    """,
    "achievement": """
        id integer key, public_id text, event_id integer -> event.id, digest text, address text,
        document json, unique event_id digest, unique public_id
    """,
    "attempt": """
        id integer key, mail_id integer -> mail.id, account text, try_number integer, at time,
        ended_at time?, drawing_ms double?, phase text, code integer?, answer text, verdict text,
        address text = ''
    """,
    "audit_entry": """
        id integer key, at time, event_id integer?, action text, by_key_id integer?, by_role text?,
        by_name text, network text, volunteer_id integer?, key_id integer?, count integer?,
        fields json
    """,
    "bounce_mailbox": """
        id integer key, account_id integer -> sending_account.id cascade, host text, port integer,
        security string32, username text, sealed_password text?, host_by_owner boolean, folder text,
        move_to text, uid_validity bigint?, last_uid bigint, next_look_at time, looked_at time?,
        trouble text, way text = imap, read_until time?, batch integer = 200,
        may_leave integer? = 200, used_up_at time?, unique account_id
    """,
    "bounce_report": """
        id integer key, mail_id integer -> mail.id cascade, key string64, verdict string32,
        address text, answer text, found_at time, code integer = 550, is_open boolean = false,
        unique key
    """,
    "certificate": """
        id integer key, public_id text, event_id integer -> event.id,
        volunteer_id integer -> volunteer.id, design_id integer -> design.id, revision integer,
        name text, number text, date date, columns json, language text, created_at time,
        replaced_at time?, typesetting json?, is_correction boolean = false,
        by_organizer boolean = false, withdrawn_at time?, withdrawal_reason text = '',
        undone_withdrawals json = [], secrets json?, public_columns json = [], group_id integer?,
        event_name text = '', organization text = '', taken_back_at time?,
        credential_due boolean = false, on_wall_at time?, unique public_id,
        unique volunteer_id revision
    """,
    "colleague_invitation": """
        id integer key, event_id integer -> event.id, name text, role text, nonce text,
        token_hash text, mail_id integer? -> mail.id, created_at time,
        created_by integer? -> access_key.id, expires_at time, access_expires_at time?,
        revoked_at time?, taken_at time?, taken_by integer? -> access_key.id, unique token_hash
    """,
    "console_session": """
        id integer key, token_hash text, secret_hash text?, issuer text?, subject text?, name text,
        created_at time, seen_at time, expires_at time, confirmed_at time?, browser text,
        network text, unique token_hash
    """,
    "credential": """
        id integer key, certificate_id integer -> certificate.id, edition integer,
        status_list_id integer -> status_list.id, index integer,
        achievement_id integer? -> achievement.id, issuer_key_id integer? -> issuer_key.id,
        document bytes?, did text, address text?, titles json, signed_at time?, revoked_at time?,
        unique certificate_id edition, unique status_list_id index
    """,
    "crowded_name": "volunteer_id integer key, event_id integer -> event.id, crowding double",
    "design": """
        id integer key, event_id integer -> event.id, version integer,
        template_sha256 string64 -> picture.sha256, layout json, created_at time,
        jpeg_quality integer = 92, typesetting json?, vector_sha256 string64? -> vector_page.sha256,
        print_dpi double?, called json?, gallery json?, replaced_version integer?,
        unique event_id version
    """,
    "erased_address": "event_id integer -> event.id key, address_hash string64 key, erased_at time",
    "event": """
        id integer key, name text, language text, time_zone text, organization text, website text,
        frontend_url text, organizer_token_hash text, certificate_date date?, number_pattern text,
        next_number integer, design_id integer?, wording json, sending string32,
        ask_when_unsure boolean, corrections_allowed boolean, early_positions json,
        early_account json, created_at time, mailed_picture_limit integer = 1000000,
        frontend_url_by_owner boolean = false, list_columns json = [], live_at time?,
        contact_address text = '', is_forgetting_rehearsal boolean = false,
        account_id integer? -> sending_account.id, from_address text = '', archived_at time?,
        deleted_at time?, list_mappings json = {}, responsible_organization text = '',
        privacy_contact text = '', privacy_texts json = {}, naming text = ask, names_until date?,
        issue_at time?, retention_days integer?, retention_at time?, groups_version integer = 0,
        grouped_until integer?, hold_ended_at time?, sendings integer = 0, first_few json = [],
        suppressions_due boolean = false, issuer_id integer? -> issuer.id, page_id text?,
        page_published_at time?, page_is_listed boolean = false, page_thanks text = '',
        starts_on date?, ends_on date?, unique organizer_token_hash
    """,
    "event_font": "event_id integer -> event.id key, sha256 string64 -> font_file.sha256 key",
    "event_group": """
        id integer key, event_id integer -> event.id, column_title text, value text, name text,
        design_id integer? -> design.id, wording json, unique event_id column_title value
    """,
    "fit_progress": """
        event_id integer -> event.id key, design_id integer, volunteer_id integer,
        is_whole boolean = false, groups_version integer = 0
    """,
    "font_file": "sha256 string64 key, content bytes, family text, created_at time",
    "issuer": """
        id integer key, slug text, name text = '', page text = '', created_at time, logo text = '',
        unique slug
    """,
    "issuer_key": """
        id integer key, issuer_id integer -> issuer.id, name text, public_key text,
        sealed_private_key text?, created_at time, retired_at time?, leaked_at time?,
        is_to_renew boolean = false, unique issuer_id name
    """,
    "issuer_logo": "issuer_id integer -> issuer.id key, sha256 text key, content bytes",
    "list_column": """
        id integer key, event_id integer -> event.id, title text, kind text, unit text,
        is_public boolean = false, is_in_full boolean = false, backlog integer, total text,
        read_count integer, unread_count integer, unique event_id title
    """,
    "mail": """
        id integer key, event_id integer -> event.id, volunteer_id integer? -> volunteer.id,
        certificate_id integer? -> certificate.id, kind string32, version integer, state string32,
        urgent boolean, due_at time, tries integer, address text, message_id text, verdict text,
        code integer?, answer text, maybe_duplicate boolean, wording_of text, created_at time,
        sent_at time?, returned_at time?, group_id integer?, waits_since time?, despite text = '',
        unseen_since time?, unique volunteer_id kind version
    """,
    "mail_access_token": """
        id integer key, sign_in_id integer -> mail_sign_in.id cascade, scope text,
        sealed_token text, expires_at time, unique sign_in_id scope
    """,
    "mail_sign_in": """
        id integer key, account_id integer -> sending_account.id cascade, provider text, scope text,
        authorize_url text, token_url text, client_id text, sealed_client_secret text?,
        urls_by_owner boolean, sealed_refresh_token text?, address text, signed_in_at time?,
        trouble text, renewing_until time?, version integer, unique account_id
    """,
    "owner": """
        id integer key, admin_token_hash text, default_event_id integer -> event.id,
        sealed_address_key text?, sealed_message_key text?, held_at time?, sealed_place_key text?,
        told_of json?
    """,
    "picture": """
        sha256 string64 key, content bytes, media_type text, width integer, height integer,
        dpi double?
    """,
    "rehearsal_mail": """
        id integer key, event_id integer? -> event.id, received_at time, recipient text,
        subject text, content bytes, is_sealed boolean = false
    """,
    "search_backlog": "last_id integer",
    "sending_account": """
        id integer key, username text, sealed_password text?, password_shown boolean, proof text?,
        signed_in boolean, host text, port integer, host_by_owner boolean, security string32,
        skip_auth boolean, min_second double, max_second double, per_minute integer?,
        per_hour integer?, per_day integer?, connections integer?, next_at time?,
        paused_until time?, needs_fixing boolean, pauses_in_a_row integer, trouble_code integer?,
        trouble_text text, bad_counted_from time?, transport text = smtp, by_token boolean = false
    """,
    "status_list": """
        id integer key, public_id text, issuer_id integer -> issuer.id, event_id integer, did text,
        address text, used integer, bits bytes?, version integer, unique public_id
    """,
    "suppressed_address": """
        account_id integer -> sending_account.id cascade key, address_hash string64 key,
        reason text key, since time
    """,
    "unread_value": """
        column_id integer -> list_column.id cascade key,
        volunteer_id integer -> volunteer.id cascade key
    """,
    "vector_page": "sha256 string64 key, content bytes, media_type text",
    "volunteer": """
        id integer key, event_id integer -> event.id, token text?, given_name text, email text,
        email_key text, number text, status smallint, columns json, problem string32?,
        problem_text text, created_at time, submitted_at time?, listed_name text = '',
        reopened_at time?, reminders_ended_at time?, erased_at time?, address_forgotten_at time?,
        secrets json?, group_id integer?, asked_at time?, suppressed_at time?, suppressed text?,
        passed_on_at time?, unique event_id email_key,
        unique event_id number as uq_volunteer_number, unique token
    """,
    "worker": "id string64 key, host text, process_id integer, started_at time, seen_at time",
}
# Whose constraints the database names.
_UNNAMED = {
    "console_draft": "place text key, sealed text, expires_at time",
    "list_change": """
        id integer key, import_id integer -> list_import.id cascade,
        volunteer_id integer -> volunteer.id cascade, left_as text, sealed_before text?,
        certificate_id integer?
    """,
    "list_import": """
        id integer key, event_id integer -> event.id, at time, reading text, added integer,
        updated integer
    """,
    "schema_floor": "revision text key",
}
# SQLite would give the highest id of these again, if its row was removed.
_COUNTED = ("attempt", "event_group")

# Columns with an index of their own.
_SINGLE = """
    access_key.event_id attempt.mail_id bounce_report.mail_id certificate.design_id
    certificate.event_id colleague_invitation.event_id colleague_invitation.mail_id
    console_draft.expires_at console_session.expires_at console_session.secret_hash
    credential.achievement_id credential.issuer_key_id credential.status_list_id
    event.account_id event_group.design_id event.issue_at event.issuer_id list_change.import_id
    list_change.volunteer_id list_import.event_id mail.message_id rehearsal_mail.event_id
    status_list.event_id unread_value.volunteer_id
"""
# The same words for both databases.
_INDEXES = (
    "UNIQUE ix_access_key_identity ON access_key (issuer, subject, event_id) WHERE issuer IS NOT NULL AND revoked_at IS NULL",
    "ix_attempt_account_at ON attempt (account, at)",
    "ix_audit_entry_action ON audit_entry (event_id, action, at, id)",
    "ix_audit_entry_age ON audit_entry (at)",
    "ix_audit_entry_at ON audit_entry (event_id, at, id)",
    "ix_audit_entry_by ON audit_entry (event_id, by_key_id, by_role, at, id)",
    "ix_audit_entry_by_action ON audit_entry (event_id, by_key_id, by_role, action, at, id)",
    "ix_audit_entry_network ON audit_entry (event_id, network, at, id)",
    "ix_audit_entry_noticed ON audit_entry (event_id, at, id) WHERE action IN ('account_changed', 'account_forgotten', 'key_created', 'key_revoked', 'token_renewed', 'invitation_taken', 'identity_bound', 'retention_changed', 'owner_token_changed', 'sealing_keys_rotated')",
    "ix_audit_entry_volunteer ON audit_entry (event_id, volunteer_id, at, id) WHERE volunteer_id IS NOT NULL",
    "ix_certificate_not_set ON certificate (id) WHERE typesetting IS NULL",
    "ix_certificate_secrets ON certificate (id) WHERE secrets IS NOT NULL",
    "ix_certificate_standing ON certificate (event_id, design_id, volunteer_id, replaced_at, withdrawn_at) WHERE replaced_at IS NULL AND withdrawn_at IS NULL",
    "ix_certificate_wall ON certificate (event_id, id, on_wall_at, replaced_at, withdrawn_at) WHERE on_wall_at IS NOT NULL AND replaced_at IS NULL AND withdrawn_at IS NULL",
    "ix_certificate_withdrawn ON certificate (event_id, volunteer_id, replaced_at, withdrawn_at, withdrawal_reason) WHERE withdrawn_at IS NOT NULL",
    "ix_console_session_identity ON console_session (issuer, subject)",
    "ix_crowded_name_event ON crowded_name (event_id, crowding)",
    "UNIQUE ix_event_page_id ON event (page_id)",
    "ix_list_column_backlog ON list_column (id) WHERE backlog > 0",
    "ix_list_import_age ON list_import (at)",
    "ix_mail_certificate ON mail (certificate_id) WHERE certificate_id IS NOT NULL",
    "ix_mail_event_kind_state ON mail (event_id, kind, state)",
    "ix_mail_next ON mail (event_id, urgent, due_at, id, kind, state, verdict) WHERE state IN ('queued', 'sending')",
    "ix_mail_not_arrived ON mail (event_id, id) WHERE state IN ('failed', 'unsure')",
    "ix_mail_requested ON mail (event_id, created_at) WHERE kind = 'link_request'",
    "ix_mail_returned ON mail (event_id, kind, state, returned_at) WHERE returned_at IS NOT NULL AND state = 'failed'",
    "ix_mail_sent ON mail (event_id, kind, sent_at) WHERE sent_at IS NOT NULL",
    "ix_mail_test ON mail (event_id, due_at, id) WHERE volunteer_id IS NULL AND state IN ('queued', 'sending')",
    "ix_mail_tried_again ON mail (event_id, waits_since) WHERE waits_since IS NOT NULL AND state IN ('queued', 'sending')",
    "ix_mail_unseen ON mail (event_id, id, state, tries, unseen_since) WHERE unseen_since IS NOT NULL AND state IN ('queued', 'sending')",
    "ix_rehearsal_mail_recipient ON rehearsal_mail (event_id, recipient)",
    "UNIQUE ix_sending_account_proven ON sending_account (proof) WHERE signed_in",
    "ix_volunteer_asked ON volunteer (event_id, asked_at) WHERE asked_at IS NOT NULL",
    "ix_volunteer_forgotten ON volunteer (event_id, email_key) WHERE address_forgotten_at IS NOT NULL",
    "ix_volunteer_group ON volunteer (event_id, group_id, id, status) WHERE group_id IS NOT NULL",
    "ix_volunteer_group_status ON volunteer (event_id, group_id, status) WHERE group_id IS NOT NULL",
    "ix_volunteer_held ON volunteer (event_id, status, problem) WHERE status < 2 AND problem IN ('name_does_not_fit', 'no_glyph')",
    "ix_volunteer_kept ON volunteer (event_id, created_at, id) WHERE erased_at IS NULL AND address_forgotten_at IS NULL",
    "ix_volunteer_list ON volunteer (event_id, id, status)",
    "ix_volunteer_name ON volunteer (event_id, lower(coalesce(nullif(given_name, ''), listed_name)), id)",
    "ix_volunteer_name_length ON volunteer (event_id, length(coalesce(nullif(given_name, ''), listed_name)))",
    "ix_volunteer_no_mail ON volunteer (event_id, id, suppressed_at, reminders_ended_at) WHERE suppressed_at IS NOT NULL OR reminders_ended_at IS NOT NULL",
    "ix_volunteer_not_invited ON volunteer (event_id, status, asked_at, erased_at, address_forgotten_at, suppressed_at, reminders_ended_at) WHERE status = 0 AND asked_at IS NULL AND erased_at IS NULL AND address_forgotten_at IS NULL AND suppressed_at IS NULL AND reminders_ended_at IS NULL",
    "ix_volunteer_problem ON volunteer (event_id, id, problem) WHERE problem IS NOT NULL",
    "ix_volunteer_reminders_ended ON volunteer (event_id, id, reminders_ended_at) WHERE reminders_ended_at IS NOT NULL",
    "ix_volunteer_secrets ON volunteer (id) WHERE secrets IS NOT NULL",
    "ix_volunteer_status ON volunteer (event_id, status, id)",
    "ix_volunteer_submitted ON volunteer (event_id, submitted_at) WHERE submitted_at IS NOT NULL",
    "ix_volunteer_suppressed ON volunteer (event_id, suppressed, suppressed_at) WHERE suppressed_at IS NOT NULL",
    "ix_volunteer_to_ask ON volunteer (event_id, status, asked_at, erased_at, address_forgotten_at, suppressed_at, reminders_ended_at, listed_name) WHERE status = 0 AND asked_at IS NULL AND erased_at IS NULL AND address_forgotten_at IS NULL AND suppressed_at IS NULL AND reminders_ended_at IS NULL AND listed_name = ''",
    "ix_volunteer_to_issue ON volunteer (event_id, status, problem, reopened_at, erased_at, address_forgotten_at, listed_name) WHERE status < 2 AND listed_name <> '' AND problem IS NULL AND reopened_at IS NULL AND erased_at IS NULL AND address_forgotten_at IS NULL",
)
# Each database has its own way of asking for a flag.
_FLAGGED = {
    "sqlite": (
        "ix_bounce_report_open ON bounce_report (mail_id) WHERE is_open = 1",
        "ix_certificate_to_sign ON certificate (id) WHERE credential_due IS 1",
        "ix_rehearsal_mail_clear ON rehearsal_mail (id) WHERE is_sealed = 0",
    ),
    "postgresql": (
        "ix_bounce_report_open ON bounce_report (mail_id) WHERE is_open",
        "ix_certificate_to_sign ON certificate (id) WHERE credential_due IS true",
        "ix_rehearsal_mail_clear ON rehearsal_mail (id) WHERE NOT is_sealed",
        # Without the id, entries of a status are equal, which PostgreSQL stores as one with many
        # rows: a million are counted in half the time. SQLite stores each anyway.
        "ix_volunteer_counts ON volunteer (event_id, status)",
    ),
}

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


def upgrade() -> None:
    database = op.get_bind()
    dialect = database.dialect.name
    named = tables(_TABLES)
    for name in _COUNTED:
        named.tables[name].dialect_options["sqlite"]["autoincrement"] = True
    named.create_all(database)
    # Their references are to tables that are there by now.
    there = {name: "id integer key" for name in ("event", "volunteer")}
    tables(there | _UNNAMED, names={}).create_all(database)
    op.execute("INSERT INTO schema_floor (revision) VALUES ('0073')")
    if dialect == "postgresql":
        # Event and design point at each other; SQLite adds no foreign key to a table that exists.
        op.create_foreign_key("fk_event_design_id", "event", "design", ["design_id"], ["id"])
    for column in _SINGLE.split():
        table, name = column.split(".")
        op.create_index(f"ix_{table}_{name}", table, [name])
    for index in (*_INDEXES, *_FLAGGED[dialect]):
        unique, name = ("UNIQUE ", index[7:]) if index.startswith("UNIQUE ") else ("", index)
        op.execute(f"CREATE {unique}INDEX {name}")
    for statement in _SEARCH[dialect]:
        op.execute(statement)
    if dialect == "sqlite" and sqlite3.sqlite_version_info >= (3, 42):
        # Who is removed leaves nothing behind in the file.
        op.execute(
            "INSERT INTO volunteer_search (volunteer_search, rank) VALUES ('secure-delete', 1)"
        )
