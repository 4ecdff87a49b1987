"""The tables of 2026-11-26, and how an installation of version 0.1.0 comes to have them.

Later migrations go on from there.
"""

import json
import sqlite3
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import CreateColumn

from shared.storage.migrations.tables import tables

revision = "0047"
down_revision = "0005"

# What tables of 0.1.0 get, beside their key.
_ADDED = {
    "event": """
        id integer key, frontend_url_by_owner boolean = false, list_columns json = [],
        live_at time?, contact_address text = '', is_forgetting_rehearsal boolean = false,
        account_id integer? -> sending_account.id, from_address text = '', archived_at time?,
        deleted_at time?, list_mappings json = {}, responsible_organization text = '',
        privacy_contact text = '', privacy_texts json = {}, naming text = ask, names_until date?,
        issue_at time?, retention_days integer?, retention_at time?, groups_version integer = 0,
        grouped_until integer?
    """,
    "design": "id integer key, typesetting json?, vector_sha256 string64? -> vector_page.sha256",
    "owner": "id integer key, sealed_address_key text?",
    "volunteer": """
        id integer key, listed_name text = '', reopened_at time?, reminders_ended_at time?,
        erased_at time?, address_forgotten_at time?, secrets json?, group_id integer?
    """,
    "certificate": """
        id integer key, typesetting json?, is_correction boolean = false,
        by_organizer boolean = false, withdrawn_at time?, withdrawal_reason text = '',
        undone_withdrawals json = [], secrets json?, public_columns json = [], group_id integer?
    """,
    "mail": "id integer key, returned_at time?, group_id integer?",
}
_NEW = {
    "worker": "id string64 key, host text, process_id integer, started_at time, seen_at time",
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
    "access_key": """
        id integer key, event_id integer -> event.id, name text, role text, key_hash text,
        hint text, created_at time, created_by integer? -> access_key.id, last_used_at time?,
        expires_at time?, revoked_at time?, issuer text?, subject text?, unique key_hash
    """,
    "audit_entry": """
        id integer key, at time, event_id integer?, action text, by_key_id integer?, by_role text?,
        by_name text, network text, volunteer_id integer?, key_id integer?, count integer?,
        fields json
    """,
    "erased_address": """
        event_id integer -> event.id key, address_hash string64 key, erased_at time
    """,
    "colleague_invitation": """
        id integer key, event_id integer -> event.id, name text, role text, nonce text,
        token_hash text, mail_id integer? -> mail.id, created_at time,
        created_by integer? -> access_key.id, expires_at time, access_expires_at time?,
        revoked_at time?, taken_at time?, taken_by integer? -> access_key.id, unique token_hash
    """,
    "bounce_mailbox": """
        id integer key, account_id integer -> sending_account.id cascade, host text, port integer,
        security string32, username text, sealed_password text?, host_by_owner boolean, folder text,
        move_to text, uid_validity bigint?, last_uid bigint, next_look_at time, looked_at time?,
        trouble text, way text = imap, read_until time?, unique account_id
    """,
    "bounce_report": """
        id integer key, mail_id integer -> mail.id cascade, key string64, verdict string32,
        address text, answer text, found_at time, unique key
    """,
    "console_session": """
        id integer key, token_hash text, secret_hash text?, issuer text?, subject text?, name text,
        created_at time, seen_at time, expires_at time, confirmed_at time?, browser text,
        network text, unique token_hash
    """,
    "fit_progress": """
        event_id integer -> event.id key, design_id integer, volunteer_id integer,
        is_whole boolean = false, groups_version integer = 0
    """,
    "crowded_name": "volunteer_id integer key, event_id integer -> event.id, crowding double",
    "vector_page": "sha256 string64 key, content bytes, media_type text",
    "mail_sign_in": """
        id integer key, account_id integer -> sending_account.id cascade, provider text, scope text,
        authorize_url text, token_url text, client_id text, sealed_client_secret text?,
        urls_by_owner boolean, sealed_refresh_token text?, address text, signed_in_at time?,
        trouble text, renewing_until time?, version integer, unique account_id
    """,
    "mail_access_token": """
        id integer key, sign_in_id integer -> mail_sign_in.id cascade, scope text,
        sealed_token text, expires_at time, unique sign_in_id scope
    """,
    "list_column": """
        id integer key, event_id integer -> event.id, title text, kind text, unit text,
        is_public boolean = false, is_in_full boolean = false, backlog integer, total text,
        read_count integer, unread_count integer, unique event_id title
    """,
    "unread_value": """
        column_id integer -> list_column.id cascade key,
        volunteer_id integer -> volunteer.id cascade key
    """,
    "event_group": """
        id integer key, event_id integer -> event.id, column_title text, value text, name text,
        design_id integer? -> design.id, wording json, unique event_id column_title value
    """,
}

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
    # Alembic would copy the whole table on SQLite.
    op.execute("ALTER TABLE volunteer RENAME COLUMN name TO given_name")
    for index in ("ix_volunteer_event_status", "ix_mail_open", "ix_mail_next"):
        op.execute(f"DROP INDEX IF EXISTS {index}")
    state = tables(_ADDED | _NEW)
    state.create_all(database)
    inspector = sa.inspect(database)
    for table in state.sorted_tables:
        there = {column["name"] for column in inspector.get_columns(table.name)}
        for column in table.columns:
            if column.name not in there:
                _add(column)
    _bring_over(database)
    for index in (*_INDEXES, _CLEAR_MAILS[dialect]):
        op.execute(sa.text(f"CREATE {index}".replace(" INDEX ", " INDEX IF NOT EXISTS ", 1)))
    for statement in _SEARCH[dialect]:
        op.execute(statement)
    if dialect == "sqlite" and sqlite3.sqlite_version_info >= (3, 42):
        # Who is removed leaves nothing behind in the file.
        op.execute(
            "INSERT INTO volunteer_search (volunteer_search, rank) VALUES ('secure-delete', 1)"
        )


def _add(column: sa.Column[Any]) -> None:
    """With its default, and its foreign key in the words that both databases take."""
    table = column.table.name
    words = str(CreateColumn(column).compile(dialect=op.get_bind().dialect))
    for key in column.foreign_keys:
        words += f" CONSTRAINT fk_{table}_{column.name}"
        words += f" REFERENCES {key.column.table.name} ({key.column.name})"
    op.execute(sa.text(f"ALTER TABLE {table} ADD COLUMN {words}"))


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
