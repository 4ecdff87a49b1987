"""An issuer's slug and the hashes of its logos are parts of paths: the database refuses others."""

import sqlalchemy as sa
from alembic import op

revision = "0074"
down_revision = "0073"
compatible = True


def _made_of(column: str, letters: str, length: str) -> str:
    """Both databases strip letters alike: nothing is left."""
    return f"ltrim({column}, '{letters}') = '' AND length({column}) {length}"


_SHA256 = "0123456789abcdef", "= 64"
_SLUG = _made_of("slug", "abcdefghijklmnopqrstuvwxyz0123456789-", "BETWEEN 1 AND 40")
_CHECKS = (
    ("issuer", "slug", _SLUG),
    ("issuer", "logo", f"logo = '' OR ({_made_of('logo', *_SHA256)})"),
    ("issuer_logo", "sha256", _made_of("sha256", *_SHA256)),
)
# The bracket that ends it is in what is added.
_TO_TABLE = sa.text(
    "UPDATE sqlite_master SET sql = substr(trim(sql), 1, length(trim(sql)) - 1) || :added"
    " WHERE type = 'table' AND name = :table"
)


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        for table, column, condition in _CHECKS:
            op.create_check_constraint(f"ck_{table}_{column}", table, condition)
        return
    for table, _, condition in _CHECKS:
        odd = sa.text(f"SELECT 1 FROM {table} WHERE NOT ({condition})")  # noqa: S608
        if connection.scalar(odd):
            raise ValueError(f"a row of {table} is none of ours")
    # Others refer to the table, so it cannot be made anew here. SQLite documents this way
    # (lang_altertable, 7): its text is changed, and read again under another number.
    number = connection.scalar(sa.text("PRAGMA schema_version"))
    op.execute("PRAGMA writable_schema = ON")
    for table, column, condition in _CHECKS:
        added = f", CONSTRAINT ck_{table}_{column} CHECK ({condition}))"
        connection.execute(_TO_TABLE, {"added": added, "table": table})
    op.execute(f"PRAGMA schema_version = {number + 1}")
    op.execute("PRAGMA writable_schema = OFF")
