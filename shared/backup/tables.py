"""Which tables a backup has, and which are made anew from the others.

A new table goes into one of the two: a test looks.
"""

STORED = (
    "access_key",
    "achievement",
    "attempt",
    "audit_entry",
    "bounce_mailbox",
    "bounce_report",
    "certificate",
    "colleague_invitation",
    "credential",
    "design",
    "erased_address",
    "event",
    "event_font",
    "event_group",
    "font_file",
    "issuer",
    "issuer_key",
    "issuer_logo",
    "list_change",
    "list_column",
    "list_import",
    "mail",
    "mail_sign_in",
    "owner",
    "picture",
    "sending_account",
    "status_list",
    "suppressed_address",
    "unread_value",
    "vector_page",
    "volunteer",
)


def stored_tables(schema: str | None) -> tuple[str, ...]:
    """The tables of an installation of this schema that a backup has, as far as they are there."""
    # Version 0.1.0 kept there what later ones have as `sending_account`.
    return (*STORED, "mail_account") if schema == "0005" else STORED


# And why nothing is lost without them.
DERIVED = {
    "alembic_version": "the schema is in the manifest",
    "console_draft": "kept for an hour",
    "console_session": "everybody signs in once more",
    "crowded_name": "found again when somebody looks at the names of the list",
    "fit_progress": "how far that was found",
    "mail_access_token": "requested again for the sign-in, which is stored",
    "rehearsal_mail": "a rehearsal: it reached nobody",
    "schema_floor": "written by migrations",
    "search_backlog": "says that everybody is to be indexed",
    "search_place": "numbers that a migration writes",
    "volunteer_search": "made of the people, while everything runs",
    "worker": "heartbeats",
}
