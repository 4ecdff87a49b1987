"""What was refused to somebody: an ended or foreign key, a role too low. It stands in the log, too.

Whoever is refused may try again without end, so the log takes the same refusal once a minute, and
no more than so many of one kind.
"""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.events import audit, key_text
from shared.events.actor import Actor
from shared.events.roles import Permission
from shared.storage.database import Database
from shared.storage.models import AccessKey, Action, AuditEntry, now
from shared.storage.sealing.tokens import token_hash

WITHIN = timedelta(minutes=1)
# Of one kind, in one event, within a minute.
MOST = 60


def note_key(database: Database, key: str, network: str) -> None:
    """Write down that `key` opened nothing: it was revoked, has expired, or is of another
    installation. What is no whole key is somebody's slip or guess, and not written down."""
    if not key_text.is_whole(key):
        return
    with database.reading() as session:
        of_key = select(AccessKey).where(AccessKey.key_hash == token_hash(key))
        found = session.scalar(of_key)
    who = Actor(found.id, found.role, found.name, network) if found else None
    event_id = found.event_id if found else None
    note(database, Action.KEY_REFUSED, event_id, who, network=network)


def note_role(database: Database, who: Actor, event_id: int | None, *needed: Permission) -> None:
    """Write down that somebody's role did not allow what it takes these permissions to do."""
    note(database, Action.ROLE_REFUSED, event_id, who, *needed, network=who.network)


def note(
    database: Database,
    action: Action,
    event_id: int | None,
    who: Actor | None,
    *fields: str,
    network: str,
) -> None:
    """Write down a refusal, unless it stands there since less than a minute.

    `who` is None where nobody knows; then their `network` is all that is said of them.
    """
    with database.reading() as session:
        if _is_known(session, action, event_id, who, network):
            return
    with database.writing(by=who) as session:
        audit.record(session, action, event_id, network=network, fields=fields)


def _is_known(
    session: Session, action: Action, event_id: int | None, who: Actor | None, network: str
) -> bool:
    lately = (
        select(AuditEntry.by_key_id, AuditEntry.network)
        .where(
            AuditEntry.event_id == event_id,
            AuditEntry.action == action,
            AuditEntry.at > now() - WITHIN,
        )
        .limit(MOST)
    )
    found = [tuple(row) for row in session.execute(lately)]
    return len(found) == MOST or (who.key_id if who else None, network) in found
