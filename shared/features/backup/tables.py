"""The tables that a backup has, those that are made of the others, and their rows in a form that
both databases can write and take.

A new table goes into one of the two: a test looks. A row is what SQLite stores: numbers and texts
as they are; truth as 0 or 1; times in UTC as `2026-11-29 04:30:00.000000`, days as `2026-11-29`;
JSON as the text that it is stored as. Bytes are in base64. Each is a JSON array on a line of its
own, in the order of the manifest's columns.
"""

import hashlib
import json
import re
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import Connection, inspect

STORED = (
    "access_key",
    "achievement",
    "attempt",
    "audit_entry",
    "bounce_mailbox",
    "bounce_report",
    "bounce_webhook",
    "certificate",
    "colleague_invitation",
    "credential",
    "design",
    "erased_address",
    "event",
    "event_font",
    "event_group",
    "event_issuer",
    "font_file",
    "issued_id",
    "issuer",
    "issuer_key",
    "issuer_logo",
    "job",
    "list_change",
    "list_column",
    "list_import",
    "list_line",
    "mail",
    "mail_sign_in",
    "owner",
    "picture",
    "sending_account",
    "speed_change",
    "standing_sum",
    "status_list",
    "suppressed_address",
    "unread_value",
    "unsigned_certificate",
    "vector_page",
    "volunteer",
)


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


# The first that a column's type is one of.
_KINDS = (
    ("boolean", sa.Boolean),
    ("time", sa.DateTime),
    ("date", sa.Date),
    ("json", sa.JSON),
    ("bytes", sa.LargeBinary),
    ("real", sa.Float),
    ("integer", sa.Integer),
    ("text", sa.String),
)
# What PostgreSQL is asked for, to answer as SQLite does.
_IN_POSTGRESQL = {
    "boolean": "{}::integer",
    "time": "to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')",
    "date": "{}::text",
    "json": "{}::text",
}
# Rows of at most 1 KB. One with a picture may be as large as a hundred thousand of them.
_ROWS, _ROWS_WITH_BYTES = 1_000, 1
_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class StoredColumn(NamedTuple):
    name: str
    kind: str


def columns_of(connection: Connection, table: str) -> list[StoredColumn]:
    """Return the columns in the order of their names, which is the same in both databases."""
    found = inspect(connection).get_columns(table)
    # Whoever adds a type says there what it looks like in a file.
    return sorted(
        StoredColumn(
            column["name"], next(kind for kind, of in _KINDS if isinstance(column["type"], of))
        )
        for column in found
    )


def lines(
    connection: Connection, table: str, columns: Sequence[StoredColumn]
) -> Iterator[list[str]]:
    """Yield all rows of the table as lines, some at a time, in the order of its primary key."""
    is_sqlite, quote = connection.dialect.name == "sqlite", _quoted(connection)
    asked = [
        quote(name) if is_sqlite else _IN_POSTGRESQL.get(kind, "{}").format(quote(name))
        for name, kind in columns
    ]
    key = inspect(connection).get_pk_constraint(table)["constrained_columns"]
    order = ", ".join(map(quote, key))
    binary = [place for place, column in enumerate(columns) if column.kind == "bytes"]
    some = _ROWS_WITH_BYTES if binary else _ROWS
    # With a name, PostgreSQL's cursor is the server's, which sends only what is fetched.
    cursor: Any = connection.connection.cursor(*([] if is_sqlite else ["rows_of_backup"]))
    try:
        cursor.execute(f"SELECT {', '.join(asked)} FROM {quote(table)} ORDER BY {order}")  # noqa: S608
        while rows := cursor.fetchmany(some):
            if binary:
                rows = [_with(row, binary, lambda one: b64encode(one).decode()) for row in rows]
            yield list(map(_encoded, rows))
    finally:
        cursor.close()


def _quoted(connection: Connection) -> Any:
    return connection.dialect.identifier_preparer.quote


def _with(row: Sequence[Any], places: Sequence[int], change: Any) -> list[Any]:
    changed = list(row)
    for place in places:
        if changed[place] is not None:
            changed[place] = change(changed[place])
    return changed


# What addresses and names of files are made of, by the columns that have it.
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
_PUBLIC_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_FORMS = {
    **dict.fromkeys(("public_id", "page_id"), _PUBLIC_ID),
    **dict.fromkeys(("sha256", "template_sha256", "vector_sha256"), _SHA256),
}
_OF_ISSUERS = {"slug": _SLUG, "logo": re.compile(rf"(?:{_SHA256.pattern})?")}


def rows_of(
    table: str, columns: Sequence[StoredColumn], read: Iterator[bytes]
) -> Iterator[list[Any]]:
    """Yield the rows in these lines. Raises ValueError for a line that is no such row, and for an
    id, slug or hash that this program would never have given."""
    names = [column.name for column in columns]
    binary = [place for place, column in enumerate(columns) if column.kind == "bytes"]
    known = _FORMS | (_OF_ISSUERS if table == "issuer" else {})
    forms = [(place, known[name]) for place, name in enumerate(names) if name in known]
    # Kept under the hash of what it is.
    is_hashed = {"sha256", "content"} <= set(names)
    sha256, content = map(names.index, ("sha256", "content")) if is_hashed else (0, 0)
    for line in read:
        row = json.loads(line)
        if not isinstance(row, list) or len(row) != len(columns):
            raise ValueError("no row")
        row = _with(row, binary, b64decode) if binary else row
        if not all(row[place] is None or form.fullmatch(row[place]) for place, form in forms):
            raise ValueError("an odd id")
        if is_hashed and hashlib.sha256(row[content]).hexdigest() != row[sha256]:
            raise ValueError("another content")
        yield row


def store(
    connection: Connection, table: str, columns: Sequence[StoredColumn], read: Iterator[bytes]
) -> Iterator[int]:
    """Insert the rows of these lines; yield how many were, now and then.

    Raises what `rows_of` raises, and the driver's errors for a row that the table does not take.
    """
    rows = rows_of(table, columns, read)
    some = _ROWS_WITH_BYTES if any(column.kind == "bytes" for column in columns) else _ROWS
    quote = _quoted(connection)
    names = ", ".join(quote(column.name) for column in columns)
    cursor: Any = connection.connection.cursor()
    try:
        if connection.dialect.name == "sqlite":
            values = ", ".join("?" * len(columns))
            insert = f"INSERT INTO {quote(table)} ({names}) VALUES ({values})"  # noqa: S608
            while part := list(islice(rows, some)):
                cursor.executemany(insert, part)
                yield len(part)
        else:
            # Times come without a zone.
            cursor.execute("SET LOCAL TimeZone = 'UTC'")
            with cursor.copy(f"COPY {quote(table)} ({names}) FROM STDIN") as copy:
                for count, row in enumerate(rows, 1):
                    copy.write_row(row)
                    if count % _ROWS == 0:
                        yield _ROWS
    finally:
        cursor.close()
