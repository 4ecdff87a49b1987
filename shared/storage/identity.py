"""Which database this is, and how many attempts it knows of: a restored copy differs in one."""

import json
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

# A dump that is restored gets other oids, another cluster another system identifier, and a standby
# that takes over another timeline.
_POSTGRESQL = text(
    "SELECT system_identifier::text, timeline_id,"
    " (SELECT oid::bigint FROM pg_database WHERE datname = current_database()),"
    " 'mail'::regclass::oid::bigint"
    " FROM pg_control_system(), pg_control_checkpoint()"
)
_LAST_IN_POSTGRESQL = text(
    "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM attempt_id_seq"
)
_LAST_IN_SQLITE = text("SELECT seq FROM sqlite_sequence WHERE name = 'attempt'")


@dataclass(frozen=True)
class Identity:
    """`database` names this very database; `attempts` is the last id of an attempt that was ever
    given, which only grows."""

    database: str
    attempts: int

    def is_older_or_another(self, mark: "Identity") -> bool:
        """Whether this is not the database that `mark` was made of, or an earlier state of it."""
        return self.database != mark.database or self.attempts < mark.attempts


def identity_of(session: Session) -> Identity:
    """Read from the database itself, and from its file where it is one."""
    if session.get_bind().dialect.name == "postgresql":
        parts = list(session.execute(_POSTGRESQL).one())
        last = session.scalar(_LAST_IN_POSTGRESQL)
    else:
        # A file that is put in its place has another inode.
        (path,) = session.scalars(text("SELECT file FROM pragma_database_list WHERE name = 'main'"))
        parts = [Path(path).stat().st_ino] if path else []
        last = session.scalar(_LAST_IN_SQLITE)
    return Identity(json.dumps(parts), last or 0)
